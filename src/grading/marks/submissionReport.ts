import type { GradableLesson } from "../GradableLesson";
import type { GradedNotebook } from "../gradeNotebook";
import type {
  ExerciseReport,
  FilePolicy,
  LatePolicy,
  Student,
  SubmissionReport,
  Submitted,
} from "../report";
import { type FeedbackSettings, feedbackFor } from "./feedback";
import { dueFor, dueOfLesson, type Extension } from "./extensions";
import { lateness } from "./lateness";
import { byHand, type OverrideRow } from "./overrides";
import { type WorthRow, worthOf } from "./worth";
import { roundPoints } from "../report/formatPoints";

/** What an instructor has decided, which no test can know. */
export interface Decisions {
  feedback: FeedbackSettings;
  late?: LatePolicy | undefined;
  overrides: readonly OverrideRow[];
  extensions?: readonly Extension[] | undefined;
  worth?: readonly WorthRow[] | undefined;
  files?: FilePolicy | undefined;
}

/** Who handed in what, and when. */
export interface HandedIn {
  student: Student;
  file: string;
  sha256: string;
  codeHash?: string;
  texts?: string[];
  submitted?: Submitted;
}

/** What became of a notebook: its grades, or why there are none. */
export type Graded =
  | { outcome: "graded"; lesson: GradableLesson; notebook: GradedNotebook }
  | { outcome: "unreadable" | "not graded"; lesson?: GradableLesson; message: string };

/**
 * The marks of a submission. An override of an exercise stands in place of what its tests gave; then lateness
 * takes its part of the sum; an override of the submission stands in place of all that.
 *
 * @param slipDays how many the student has left
 */
export function submissionReport(
  handedIn: HandedIn,
  graded: Graded,
  decisions: Decisions,
  slipDays = 0,
): SubmissionReport {
  const { student, submitted } = handedIn;
  const lesson = graded.lesson?.name;
  const exercises =
    graded.outcome === "graded" ? exerciseReports(student.id, graded, decisions) : [];
  const sum = (points: (exercise: ExerciseReport) => number): number =>
    roundPoints(exercises.reduce((total, exercise) => total + points(exercise), 0));
  const awarded = sum((exercise) => exercise.awarded);
  const { late: policy, extensions = [], worth = [] } = decisions;
  const general = policy && dueOfLesson(policy, lesson);
  const { due, reason } = general ? dueFor(general, extensions, student.id, lesson) : {};
  const late =
    policy && due && submitted && lateness({ ...policy, due }, submitted.at, awarded, slipDays);
  const { override, comment } = byHand(decisions.overrides, student.id, lesson);
  return {
    student,
    file: handedIn.file,
    sha256: handedIn.sha256,
    ...(handedIn.codeHash !== undefined && { codeHash: handedIn.codeHash }),
    ...(lesson === undefined ? {} : { lesson }),
    ...(submitted && { submitted }),
    ...(due && reason && { extension: { due, reason } }),
    outcome: graded.outcome,
    ...(graded.outcome === "graded" ? {} : { message: graded.message }),
    earned: sum((exercise) => exercise.earned),
    points: graded.lesson ? worthOf(graded.lesson.summary, worth).points : 0,
    ...(late && { late }),
    ...(override && { override }),
    final: override?.points ?? roundPoints(awarded - (late ? late.penalty : 0)),
    ...(comment !== undefined && { comment }),
    ...(handedIn.texts && handedIn.texts.length > 0 && { texts: handedIn.texts }),
    exercises,
  };
}

function exerciseReports(
  student: string,
  { lesson, notebook }: Graded & { outcome: "graded" },
  { feedback, overrides, worth = [] }: Decisions,
): ExerciseReport[] {
  const summary = worthOf(lesson.summary, worth);
  /** Points by hand are of what the exercise is worth before the whole is multiplied. */
  const handed = (id: string): ReturnType<typeof byHand> => {
    const { override, ...rest } = byHand(overrides, student, lesson.name, id);
    if (!override) return rest;
    const points = roundPoints(override.points * (summary.factor ?? 1));
    return { ...rest, override: { ...override, points } };
  };
  const tested = notebook.exercises.map((graded, i) => {
    const { override, comment } = handed(graded.id);
    const { points } = summary.exercises[i];
    const fraction = graded.points > 0 ? points / graded.points : 0;
    const worthPoints = (tested: number): number =>
      fraction === 1 ? tested : roundPoints(tested * fraction);
    const earned = worthPoints(graded.earned);
    const tests = graded.tests.map((result, index) => {
      const test = lesson.exercises[i].tests[index];
      const hidden = lesson.isPrivate(test);
      return {
        ...result,
        points: worthPoints(result.points),
        earned: worthPoints(result.earned),
        private: hidden,
        feedback: feedbackFor(feedback, graded.id, test, hidden),
      };
    });
    return {
      ...graded,
      points: worthPoints(graded.points),
      earned,
      awarded: override?.points ?? earned,
      ...(override && { override }),
      ...(comment !== undefined && { comment }),
      tests,
    };
  });
  const questions = summary.exercises.filter(({ inWords }) => inWords);
  return [
    ...tested,
    ...questions.map(({ id, title, points }) => questionReport({ id, title, points }, handed(id))),
  ];
}

/** A question that is answered in words: all of its points are given by hand. */
function questionReport(
  question: Pick<ExerciseReport, "id" | "title" | "points">,
  { override, comment }: ReturnType<typeof byHand>,
): ExerciseReport {
  return {
    ...question,
    earned: 0,
    awarded: override?.points ?? 0,
    ...(override && { override }),
    ...(comment !== undefined && { comment }),
    verdict: "by hand",
    changedInput: false,
    remarks: override ? [] : ["No points have been given yet."],
    typeErrors: [],
    tests: [],
  };
}
