import { existsSync, lstatSync, readFileSync } from "node:fs";
import path from "node:path";
import { readTable } from "../readTable";
import type { Submitted } from "../report";
import type { FoundSubmission } from "./findSubmissions";
import { gradescopeRecord } from "./gradescope";
import { lessonNamed } from "./lessonOf";
import { NBGRADER } from "./studentOf";

/** When a submission came: by the instructor's list, else what the platform noted, else the file's time of change. */
export function submittedAt(
  { path: file, place, student }: FoundSubmission,
  lesson: string | undefined,
  list: SubmittedList = () => undefined,
): Submitted | undefined {
  return (
    list(student.id, lesson) ??
    gradescopeRecord(file, place).submitted ??
    nbgraderTime(file, place) ??
    timeOfChange(file)
  );
}

/** Looks a student up in a list of times. */
export type SubmittedList = (student: string, lesson: string | undefined) => Submitted | undefined;

/** Reads a CSV file with the columns `student` and `submitted` (ISO 8601), and `lesson` where it matters. */
export function readSubmittedList(file: string): SubmittedList {
  const rows = readTable(file, ["student", "submitted"], ["lesson"]).map(({ where, values }) => ({
    student: values.student,
    lesson: values.lesson && lessonNamed(values.lesson, `${where}: lesson`),
    at: instant(values.submitted, `${where}: submitted`),
  }));
  return (student, lesson) => {
    const row = rows.find(
      (row) => row.student === student && (row.lesson === "" || row.lesson === lesson),
    );
    return row && { at: row.at, foundIn: path.basename(file) };
  };
}

/** Unknown of a file that cannot be read. */
function timeOfChange(file: string): Submitted | undefined {
  const at = lstatSync(file, { throwIfNoEntry: false })?.mtime.toISOString();
  return at === undefined ? undefined : { at, foundIn: "the file's time of change" };
}

/** nbgrader notes the time of each submission in a file beside it; elsewhere such a file is a student's own. */
function nbgraderTime(file: string, place: string): Submitted | undefined {
  const within = path.relative(place, file).split(path.sep);
  if (within.length > (/^(submitted|autograded)$/.test(within[0]) ? 4 : 3)) return undefined;
  if (!NBGRADER.test(file.split(path.sep).join("/"))) return undefined;
  const noted = path.join(path.dirname(file), "timestamp.txt");
  if (!existsSync(noted)) return undefined;
  // "2026-11-20 18:29:04.123456 UTC"; Date wants no more than milliseconds.
  const text = readFileSync(noted, "utf8").trim();
  const at = new Date(text.replace(/(\.\d{3})\d+/, "$1"));
  if (Number.isNaN(at.getTime())) return undefined;
  return { at: at.toISOString(), foundIn: "nbgrader's timestamp.txt" };
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
