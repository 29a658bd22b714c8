import { readFileSync } from "node:fs";
import path from "node:path";
import type { Roster } from "../roster/roster";
import { readSubmittedList, type SubmittedList } from "../submissions/submittedAt";
import { readGradebook } from "./readGradebook";
import { cell, rowsOf } from "./rowsOf";

/** Of Moodle's grading worksheet. */
const COLUMN = "Last modified (submission)";
/** `"Friday, 20 November 2026, 8:15 PM"`, or `"Friday, 20 November 2026, 20:15"` */
const TIME =
  /^[A-Z][a-z]{2,9}, (\d{1,2}) ([A-Z][a-z]{2,9}) (\d{4}), (\d{1,2}):(\d\d)(?: ?([AP])M)?$/i;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * When each student handed in: a list of the instructor's own, or Moodle's grading worksheet, whose zips do not say it.
 * Moodle writes no time zone: it is taken for this machine's.
 *
 * @throws Error which names the line, where a time cannot be read
 */
export function readTimes(file: string, roster?: Roster): SubmittedList {
  if (!isWorksheet(file)) return readSubmittedList(file);
  const gradebook = readGradebook(file);
  const times = new Map(
    gradebook.rows.map((row, i) => [
      row,
      timeIn(cell(gradebook, row, COLUMN), `${file}, line ${i + 2}`),
    ]),
  );
  const foundIn = path.basename(file);
  return (student) => {
    const enrolled = roster?.students.filter((one) => one.student === student.id);
    const { students } = rowsOf(gradebook, { submissions: [{ student }], roster: enrolled });
    const [row] = students.keys();
    const at = row && times.get(row);
    return at === undefined ? undefined : { at, foundIn };
  };
}

function isWorksheet(file: string): boolean {
  try {
    const [head] = readFileSync(file, "utf8").split("\n", 1);
    return head.includes("Identifier") && head.includes(COLUMN);
  } catch {
    return false; // whoever reads it as a list says why it cannot be read
  }
}

/** As ISO 8601; undefined where nothing was handed in. */
function timeIn(text: string, where: string): string | undefined {
  if (text === "" || text === "-") return undefined;
  const [, day, name = "", year, hour, minute, half] = TIME.exec(text) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === "P" ? 12 : 0) : Number(hour);
  const at = new Date(Number(year), month, Number(day), hours, Number(minute));
  if (month === -1 || at.getDate() !== Number(day) || at.getHours() !== hours)
    throw new Error(
      `${where}: "${COLUMN}" must be a time as Moodle writes it in English, "Friday, 20 November 2026, 8:15 PM", but is "${text}".`,
    );
  return at.toISOString();
}
