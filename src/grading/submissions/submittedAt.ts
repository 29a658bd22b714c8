import path from "node:path";
import { readTable } from "../readTable";
import type { Student, Submitted } from "../report";
import type { FoundSubmission } from "./findSubmissions";
import { lessonNamed } from "./lessonNames";

/** When a submission came: by the instructor's list, else what the platform noted, else the file's time of change. */
export function submittedAt(
  { student, submitted, changed }: Pick<FoundSubmission, "student" | "submitted" | "changed">,
  lesson: string | undefined,
  list: SubmittedList = () => undefined,
): Submitted | undefined {
  return list(student, lesson) ?? submitted ?? changed();
}

/** Looks a student up in a list of times. */
export type SubmittedList = (student: Student, lesson: string | undefined) => Submitted | undefined;

/** Reads a CSV file with the columns `student` and `submitted` (ISO 8601), and `lesson` where it matters. */
export function readSubmittedList(file: string): SubmittedList {
  const rows = readTable(file, ["student", "submitted"], ["lesson"]).map(({ where, values }) => ({
    student: values.student,
    lesson: values.lesson && lessonNamed(values.lesson, `${where}: lesson`),
    at: instant(values.submitted, `${where}: submitted`),
  }));
  const twice = rows.find((row, i) =>
    rows.some((other, j) => j < i && other.student === row.student && other.lesson === row.lesson),
  );
  if (twice) throw new Error(`${file} has two times for ${twice.student}: which one counts?`);
  return (student, lesson) => {
    const row = rows.find(
      (row) => row.student === student.id && (row.lesson === "" || row.lesson === lesson),
    );
    return row && { at: row.at, foundIn: path.basename(file) };
  };
}

/** A point in time as ISO 8601 has it. Without an offset it is meant in this machine's time zone. */
export function instant(text: string, what: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)[T ]\d/.exec(text)?.map(Number) ?? [];
  const at = new Date(text);
  // Date makes 2 March of 30 February.
  const onCalendar = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  if (onCalendar && !Number.isNaN(at.getTime())) return at.toISOString();
  throw new Error(`${what} must be a date and time like 2026-11-20T23:59+01:00, but is "${text}".`);
}
