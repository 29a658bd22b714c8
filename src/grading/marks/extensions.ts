import { readTable } from "../readTable";
import type { LatePolicy } from "../report";
import { lessonNamed } from "../submissions/lessonNames";
import { instant } from "../submissions/submittedAt";

/** More time for a student. */
export interface Extension {
  /** Where it is written, for messages. */
  where: string;
  student: string;
  /** All lessons, where none is named. */
  lesson?: string;
  /** Until when, ISO 8601, or a number of days more. */
  until?: string;
  days?: number;
  reason: string;
}

const DAY = 24 * 60 * 60_000;

/**
 * Reads a CSV or JSON file with the columns `student`, `reason`, either `until` or `days`, and `lesson`.
 *
 * @throws Error which names the line
 */
export function readExtensions(file: string): Extension[] {
  const rows = readTable(file, ["student", "reason"], ["lesson", "until", "days"]).map(
    ({ where, values: { student, reason, lesson, until, days } }): Extension => {
      if ((until === "") === (days === ""))
        throw new Error(`${where} needs either until, a date and time, or days, a number.`);
      const count = Number(days);
      if (days !== "" && !(count > 0 && count < 1000))
        throw new Error(`${where}: days must be a number above 0, but is "${days}".`);
      return {
        where,
        student,
        reason,
        ...(lesson && { lesson: lessonNamed(lesson, `${where}: lesson`) }),
        ...(until ? { until: instant(until, `${where}: until`) } : { days: count }),
      };
    },
  );
  for (const [i, row] of rows.entries()) {
    const other = rows
      .slice(0, i)
      .find((one) => one.student === row.student && one.lesson === row.lesson);
    if (other) throw new Error(`${row.where} extends the same as ${other.where}.`);
  }
  return rows;
}

/** When a student's work is due, and why then; the row of the lesson goes before that of all lessons. */
export function dueFor(
  due: string,
  extensions: readonly Extension[],
  student: string,
  lesson: string | undefined,
): { due: string; reason?: string } {
  const theirs = extensions.filter((one) => one.student === student);
  const row =
    theirs.find((one) => one.lesson !== undefined && one.lesson === lesson) ??
    theirs.find((one) => one.lesson === undefined);
  if (!row) return { due };
  const later = row.until ?? new Date(Date.parse(due) + row.days! * DAY).toISOString();
  return { due: later, reason: row.reason };
}

/** The due date of a lesson, where it has one of its own or there is one for all. */
export function dueOfLesson(
  { due, dues }: LatePolicy,
  lesson: string | undefined,
): string | undefined {
  return (lesson === undefined ? undefined : dues?.[lesson]) ?? due;
}
