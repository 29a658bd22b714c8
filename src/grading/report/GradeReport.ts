import type { FeedbackLevel, Verdict } from "../../exercises";
import type { Isolation, TypeErrorReport } from "../../sandbox";

/** Names this format; the number behind the slash grows when a reader of the old format would go wrong. */
export const REPORT_SCHEMA = "convbook-grades/1";

/**
 * What a grader found: the one report that all others (CSV, JUnit, HTML, ...) are made from.
 *
 * The same submissions under the same settings give the same report, byte for byte: it holds no times of
 * its own making. When a run took place, and how long, stands in `GradeRun`.
 *
 * It is the instructor's: it holds every message, whatever the feedback level. What a student may see of
 * it is `forStudents(report, at)`.
 *
 * A JSON Schema is in `GradeReport.schema.json`; it is generated from this file, and a test compares the two.
 */
export interface GradeReport {
  schema: "convbook-grades/1";
  /** The version of convbook that graded. */
  convbook: string;
  /**
   * Where the random inputs of all submissions came from: the instructor's secret, drawn once for a class. What
   * students may see of the report does not hold it.
   */
  seed?: number;
  /** What stood between the students' code and the grader. */
  isolation: Isolation;
  settings: GradeSettings;
  /** The lessons that were graded, with what could be earned: the columns of a table of marks. */
  lessons: GradedLesson[];
  /** The class, where the instructor gave a roster: who of them has no submission handed in nothing. */
  roster?: Enrolled[];
  /** In the order of lesson, student and file. */
  submissions: SubmissionReport[];
  /** What the instructor should look at: two notebooks of one student, an override that meets nobody. */
  warnings: string[];
}

/** When a run took place. It is kept apart from the report, which two runs share. */
export interface GradeRun {
  /** ISO 8601. */
  startedAt: string;
  finishedAt: string;
  seconds: number;
  /** Submissions graded in this run; the others were kept from an earlier one. */
  graded: number;
  kept: number;
}

export interface GradeSettings {
  /** How long one call of an answer may take, in milliseconds. */
  timeout: number;
  /** How long all calls of one submission together may take, in milliseconds. */
  totalTimeout: number;
  /** The memory that the process of an answer may take, in MiB. */
  memory: number;
  /** How the submissions lay, which says whose they are: `"a folder a student, in /home/ada/class"`. */
  layout: string;
  /** Which lessons the total adds up, and who says so: `"05-pooling, as --lesson says"`. */
  total: string;
  feedback: Feedback;
  late?: LatePolicy;
  /** Which of several notebooks of a student for one lesson counts; the best, where it is absent. */
  files?: FilePolicy;
  /** The exercises to which an instructor's private tests were added. */
  privateTests: string[];
}

/** What a late submission loses. */
export interface LatePolicy {
  /** ISO 8601: of all lessons that have no date of their own. */
  due?: string;
  /** By lesson, `"05-pooling"`. */
  dues?: Record<string, string>;
  /** In minutes: a submission that is late by no more loses nothing. */
  grace: number;
  /** The percentage of the points earned that each day begun takes away. */
  percentPerDay: number;
  /** No submission keeps less than this percentage of the points it earned. */
  floorPercent: number;
  /** This many days late in all lessons together cost a student nothing. */
  slipDays?: number;
}

/** Which of several notebooks of a student for one lesson counts. */
export type FilePolicy = "best" | "last" | "first";

/** Somebody on the instructor's roster. */
export interface Enrolled {
  /** As in `Student.id`. */
  student: string;
  name?: string;
  email?: string;
  /** A number of matriculation, or what else the university calls them. */
  id?: string;
  /** Moodle's or Canvas's number of them, which stands in the names of their files. */
  number?: string;
  /** What one of a group hands in is the work of all. */
  group?: string;
}

export interface Feedback {
  level: FeedbackLevel;
  /** From this moment on, ISO 8601, the level is another. */
  later?: { from: string; level: FeedbackLevel };
}

export interface GradedLesson {
  /** `"05-pooling"` */
  name: string;
  points: number;
  /** What is a bonus is not among the lesson's points. */
  exercises: GradedExerciseSummary[];
  /** It was found only beside another lesson, or few handed it in: it counts for no total. */
  besides?: true;
  /** What the points of its exercises were multiplied by, where the instructor brought the whole to other points. */
  factor?: number;
}

/** A column of a table of marks. */
export interface GradedExerciseSummary {
  id: string;
  title: string;
  points: number;
  bonus?: boolean;
  /** A question of the instructor's that is answered in words: it has no tests, and its points are given by hand. */
  inWords?: true;
}

export interface SubmissionReport {
  student: Student;
  /** The notebook, from the folder that holds all that were graded, with forward slashes. */
  file: string;
  /** Of the notebook's bytes, in hexadecimal. */
  sha256: string;
  /** Of its code cells alone, in hexadecimal: the same whatever the outputs are. Absent where it cannot be read. */
  codeHash?: string;
  /** `"05-pooling"`; absent where it is not known. */
  lesson?: string;
  /** Present when a due date was set, or when the first or last notebook counts. */
  submitted?: Submitted;
  /** The student had more time. */
  extension?: { due: string; reason: string };
  /**
   * `"graded"`; `"unreadable"` when the file is not a notebook or its lesson is not known, which earns
   * nothing; `"not graded"` when the grader itself failed, so that the marks below mean nothing.
   */
  outcome: "graded" | "unreadable" | "not graded";
  /** Why it was not graded. */
  message?: string;
  /** What the tests gave. */
  earned: number;
  /** What could be earned. */
  points: number;
  /** Present when a due date was set and the submission came after it. */
  late?: Lateness;
  /** The instructor's own mark for the whole submission, in place of what stands above. */
  override?: Override;
  /** The mark: awarded points of all exercises, less the late penalty, or the override. */
  final: number;
  /** Another notebook of the student counts for the lesson. */
  notCounted?: true;
  /** What the instructor wrote to the student. */
  comment?: string;
  /** What the student wrote in text cells, where they are not the lesson's. Absent when nothing. */
  texts?: string[];
  /** All exercises of the lesson, in its order, then the questions answered in words; empty when not graded. */
  exercises: ExerciseReport[];
}

export interface Student {
  id: string;
  /** Where the id was found: `"the folder's name"`. */
  foundIn: string;
  /** Present where the platform named the file. */
  platform?: OnPlatform;
}

/** What Moodle's or Canvas's name for a file says of a student. */
export interface OnPlatform {
  name: "moodle" | "canvas";
  /** The student's, or the submission's, there. */
  number: string;
  /** What stands before the student's own name for the file: feedback that is named so finds its way back. */
  prefix?: string;
}

export interface Submitted {
  /** ISO 8601. */
  at: string;
  /** `"the file's time of change"` */
  foundIn: string;
}

export interface Lateness {
  /** Days begun after the due date. 0 within the grace period. */
  days: number;
  /** What is kept of the points: 0.8 after two days at 10% a day. */
  factor: number;
  /** The points taken away. */
  penalty: number;
  /** This many of the days were slip days, which cost nothing. Absent when none. */
  slipDays?: number;
}

export interface Override {
  points: number;
  reason: string;
}

/**
 * `"withheld"`: to students, of an exercise of which something is kept back and nothing that is shown went wrong.
 * `"by hand"`: of a question that is answered in words, which has no tests.
 */
export type ReportedVerdict = Verdict | "withheld" | "by hand";

export interface ExerciseReport {
  /** `"05.poolForward"` */
  id: string;
  title: string;
  points: number;
  /** What the tests gave. */
  earned: number;
  /** `earned`, or the override. */
  awarded: number;
  override?: Override;
  /** What the instructor wrote to the student. */
  comment?: string;
  /** Passed when every test did; otherwise the verdict of the first test that did not. */
  verdict: ReportedVerdict;
  /** Why all tests share one fate: no cell declares the function, an import was refused. */
  message?: string;
  /** The mistake, by name, where the answer behaves just like a known wrong one. */
  diagnosis?: string;
  /** The answer wrote into what it was given. */
  changedInput: boolean;
  /** What is worth knowing and costs no point: the function is declared in three cells. */
  remarks: string[];
  /** They cost no point by themselves. */
  typeErrors: TypeErrorReport[];
  tests: TestReport[];
  /** The answer with the helpers it calls, as it was run. Absent when not attempted. */
  code?: string;
  /** What the code printed while it was graded, shortened. Absent when nothing. */
  output?: string;
}

export interface TestReport {
  /** The call as a specification; of one exercise all differ. */
  title: string;
  points: number;
  /** All points or none. */
  earned: number;
  verdict: ReportedVerdict;
  /** What went wrong, to the student. Absent when passed. */
  message?: string;
  /** The expected value, as a short text. */
  expected?: string;
  /** What came instead. */
  actual?: string;
  /** Whether it is the instructor's own, which students do not have. */
  private: boolean;
  feedback: Feedback;
}
