import type { GradableLesson } from "../GradableLesson";
import type { GradedNotebook } from "../gradeNotebook";
import type { ExerciseReport, LatePolicy, Student, SubmissionReport, Submitted } from "../report";
import { type FeedbackSettings, feedbackFor } from "./feedback";
import { lateness } from "./lateness";
import { overrideFor, type OverrideRow } from "./overrides";
import { roundPoints } from "../report/formatPoints";

/** What an instructor has decided, which no test can know. */
export interface Decisions {
  feedback: FeedbackSettings;
  late?: LatePolicy;
  overrides: readonly OverrideRow[];
}

/** Who handed in what, and when. */
export interface HandedIn {
  student: Student;
  file: string;
  sha256: string;
  submitted?: Submitted;
}

/** What became of a notebook: its grades, or why there are none. */
export type Graded =
  | { outcome: "graded"; lesson: GradableLesson; notebook: GradedNotebook }
  | { outcome: "unreadable" | "not graded"; lesson?: GradableLesson; message: string };

/**
 * The marks of a submission. An override of an exercise stands in place of what its tests gave; then lateness
 * takes its part of the sum; an override of the submission stands in place of all that.
 */
export function submissionReport(
  handedIn: HandedIn,
  graded: Graded,
  decisions: Decisions,
): SubmissionReport {
  const { student, submitted } = handedIn;
  const lesson = graded.lesson?.name;
  const exercises =
    graded.outcome === "graded" ? exerciseReports(student.id, graded, decisions) : [];
  const sum = (points: (exercise: ExerciseReport) => number): number =>
    roundPoints(exercises.reduce((total, exercise) => total + points(exercise), 0));
  const awarded = sum((exercise) => exercise.awarded);
  const late = decisions.late && submitted && lateness(decisions.late, submitted.at, awarded);
  const override = overrideFor(decisions.overrides, student.id, lesson);
  return {
    student,
    file: handedIn.file,
    sha256: handedIn.sha256,
    ...(lesson === undefined ? {} : { lesson }),
    ...(submitted && { submitted }),
    outcome: graded.outcome,
    ...(graded.outcome === "graded" ? {} : { message: graded.message }),
    earned: sum((exercise) => exercise.earned),
    points: graded.lesson?.summary.points ?? 0,
    ...(late && { late }),
    ...(override && { override }),
    final: override?.points ?? roundPoints(awarded - (late?.penalty ?? 0)),
    exercises,
  };
}

function exerciseReports(
  student: string,
  { lesson, notebook }: Graded & { outcome: "graded" },
  { feedback, overrides }: Decisions,
): ExerciseReport[] {
  return notebook.exercises.map((graded, i) => {
    const override = overrideFor(overrides, student, lesson.name, graded.id);
    const tests = graded.tests.map((result, position) => {
      const test = lesson.exercises[i].tests[position];
      const hidden = lesson.isPrivate(test);
      return {
        ...result,
        private: hidden,
        feedback: feedbackFor(feedback, graded.id, test, hidden),
      };
    });
    return {
      ...graded,
      awarded: override?.points ?? graded.earned,
      ...(override && { override }),
      tests,
    };
  });
}
