import { readTable } from "../readTable";
import type { Override, SubmissionReport } from "../report";
import { lessonNamed } from "../submissions/lessonNames";

/** A mark that the instructor sets: of an exercise, or of the whole submission where none is named. */
export interface OverrideRow extends Override {
  /** Where it is written, for messages. */
  where: string;
  student: string;
  lesson?: string;
  exercise?: string;
}

/**
 * Reads a CSV or JSON file with the columns `student`, `points`, `reason`, and `lesson` or `exercise`.
 *
 * @throws Error which names the line when points are no number, or when two rows set the same mark
 */
export function readOverrides(file: string): OverrideRow[] {
  const rows = readTable(file, ["student", "points", "reason"], ["lesson", "exercise"]).map(
    ({ where, values }): OverrideRow => {
      const points = Number(values.points);
      if (!Number.isFinite(points) || points < 0)
        throw new Error(
          `${where}: points must be a number of at least 0, but is "${values.points}".`,
        );
      const { student, reason } = values;
      const exercise = values.exercise || undefined;
      const lesson = values.lesson || exercise?.slice(0, 2);
      const name = lesson && lessonNamed(lesson, `${where}: lesson`);
      return { where, student, points, reason, exercise, lesson: name };
    },
  );
  const seen = new Map<string, OverrideRow>();
  for (const row of rows) {
    const mark = JSON.stringify([row.student, row.lesson, row.exercise]);
    const other = seen.get(mark);
    if (other) throw new Error(`${row.where} sets the same mark as ${other.where}.`);
    seen.set(mark, row);
  }
  return rows;
}

/** The override of an exercise, or of a whole submission when none is named. */
export function overrideFor(
  rows: readonly OverrideRow[],
  student: string,
  lesson: string | undefined,
  exercise?: string,
): Override | undefined {
  const row = rows.find(
    (row) =>
      row.student === student &&
      row.exercise === exercise &&
      (row.lesson === undefined || row.lesson === lesson),
  );
  return row && { points: row.points, reason: row.reason };
}

/** What is wrong with overrides that set no mark: the student or the exercise is not there. */
export function idleOverrides(
  rows: readonly OverrideRow[],
  submissions: readonly SubmissionReport[],
): string[] {
  return rows.flatMap(({ where, student, lesson, exercise, points }) => {
    const own = submissions.filter((submission) => submission.student.id === student);
    const ofLesson = own.filter((submission) => !lesson || submission.lesson === lesson);
    if (own.length === 0) return [`${where} names ${student}, who handed in nothing.`];
    if (ofLesson.length === 0)
      return [`${where} names ${lesson}, which ${student} did not hand in.`];
    const known = ofLesson.some(({ exercises }) => exercises.some(({ id }) => id === exercise));
    const most = ofLesson
      .flatMap((one): { points: number }[] =>
        exercise ? one.exercises.filter(({ id }) => id === exercise) : [one],
      )
      .map((one) => one.points);
    if (most.length > 0 && most.every((possible) => points > possible))
      return [`${where} sets ${points} points for ${student}, of ${most[0]} that there are.`];
    if (exercise && !known)
      return [`${where} names exercise ${exercise}, which was not graded for ${student}.`];
    return [];
  });
}
