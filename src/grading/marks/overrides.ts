import { readTable } from "../readTable";
import type { Override, SubmissionReport } from "../report";
import { counted } from "../report/counted";
import { roundPoints } from "../report/formatPoints";
import { lessonNamed } from "../submissions/lessonNames";

/**
 * A mark that the instructor sets, a comment that they write, or both: of an exercise, or of the whole submission
 * where none is named.
 */
export interface OverrideRow extends Partial<Override> {
  /** Where it is written, for messages. */
  where: string;
  student: string;
  lesson?: string;
  exercise?: string;
  comment?: string;
}

/**
 * Reads a CSV or JSON file with the columns `student`, `lesson` or `exercise`, and `points` with their `reason`, a
 * `comment`, or all of them. Rows that say nothing are left out: a list to be filled in may have many.
 *
 * @throws Error which names the line when points are no number or have no reason, or when two rows set the same mark
 */
export function readOverrides(file: string): OverrideRow[] {
  const columns = ["points", "reason", "lesson", "exercise", "comment"] as const;
  const rows = readTable(file, ["student"], columns).flatMap(({ where, values }): OverrideRow[] => {
    const { comment } = values;
    if (values.points === "" && comment === "") {
      if (values.reason === "") return [];
      throw new Error(`${where} has a reason, but neither points nor a comment.`);
    }
    if (values.points !== "" && values.reason === "") throw new Error(`${where} has no reason.`);
    const points = values.points === "" ? undefined : Number(values.points);
    if (points !== undefined && !(Number.isFinite(points) && points >= 0))
      throw new Error(
        `${where}: points must be a number of at least 0, but is "${values.points}".`,
      );
    const { student, reason } = values;
    const exercise = values.exercise || undefined;
    const lesson = values.lesson || exercise?.slice(0, 2);
    const name = lesson && lessonNamed(lesson, `${where}: lesson`);
    const mark = points === undefined ? {} : { points, reason };
    const of = { ...(exercise && { exercise }), ...(name && { lesson: name }) };
    return [{ where, student, ...mark, ...of, ...(comment && { comment }) }];
  });
  const seen = new Map<string, OverrideRow>();
  for (const row of rows) {
    const mark = JSON.stringify([row.student, row.lesson, row.exercise]);
    const other = seen.get(mark);
    if (other) throw new Error(`${row.where} sets the same mark as ${other.where}.`);
    seen.set(mark, row);
  }
  return rows;
}

/** What the instructor decided of an exercise, or of a whole submission when none is named. */
export function byHand(
  rows: readonly OverrideRow[],
  student: string,
  lesson: string | undefined,
  exercise?: string,
): { override?: Override; comment?: string } {
  const theirs = rows.filter(
    (row) =>
      row.student === student &&
      row.exercise === exercise &&
      (row.lesson === undefined || row.lesson === lesson),
  );
  const { points, reason = "" } = theirs.find((row) => row.points !== undefined) ?? {};
  const comment = theirs.find((row) => row.comment !== undefined)?.comment;
  return {
    ...(points !== undefined && { override: { points, reason } }),
    ...(comment !== undefined && { comment }),
  };
}

/** The override of an exercise, or of a whole submission when none is named. */
export function overrideFor(...of: Parameters<typeof byHand>): Override | undefined {
  return byHand(...of).override;
}

/** Answers in words to which no points have been given: a mark without them is not the last word. */
export function unreadAnswers(submissions: readonly SubmissionReport[]): string[] {
  const unread = new Map<string, number>();
  for (const { exercises, notCounted, override } of submissions)
    for (const one of exercises)
      if (one.verdict === "by hand" && !one.override && !notCounted && !override)
        unread.set(one.id, (unread.get(one.id) ?? 0) + 1);
  return [...unread].map(
    ([id, count]) =>
      `${counted(count, "answer")} to ${id} ${count === 1 ? "has" : "have"} no points yet: --review shows them.`,
  );
}

/**
 * What is wrong with overrides that set no mark: the student or the exercise is not there.
 *
 * @param factorOf what the points of a lesson's exercises were multiplied by
 */
export function idleOverrides(
  rows: readonly OverrideRow[],
  submissions: readonly SubmissionReport[],
  factorOf: (lesson: string | undefined) => number = () => 1,
): string[] {
  return rows.flatMap(({ where, student, lesson, exercise, points }) => {
    const own = submissions.filter((submission) => submission.student.id === student);
    const ofLesson = own.filter((submission) => !lesson || submission.lesson === lesson);
    if (own.length === 0) return [`${where} names ${student}, who handed in nothing.`];
    if (ofLesson.length === 0)
      return [`${where} names ${lesson}, which ${student} did not hand in.`];
    const known = ofLesson.some(({ exercises }) => exercises.some(({ id }) => id === exercise));
    const most = ofLesson.flatMap((one): number[] =>
      exercise
        ? one.exercises.flatMap(({ id, points }) =>
            id === exercise ? roundPoints(points / factorOf(one.lesson)) : [],
          )
        : [one.points],
    );
    if (points !== undefined && most.length > 0 && most.every((possible) => points > possible))
      return [`${where} sets ${points} points for ${student}, of ${most[0]} that there are.`];
    if (exercise && !known)
      return [`${where} names exercise ${exercise}, which was not graded for ${student}.`];
    return [];
  });
}
