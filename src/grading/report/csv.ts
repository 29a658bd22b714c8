import type * as CsvStringify from "csv-stringify/sync";
import { printable } from "../../notebook";
import { bestOf } from "./bestOf";
import { formatPoints } from "./formatPoints";
import { slipped } from "./slipped";
import { studentsIn } from "./students";
import type { GradedLesson, GradeReport, SubmissionReport } from "./GradeReport";

/**
 * The marks as a table for spreadsheets and learning platforms: a row for each student, a column for each
 * exercise with its points, and for each lesson the late penalty and the mark.
 *
 * It is written after RFC 4180: commas, CRLF, quotes where they are needed. A text that a spreadsheet would
 * take for a formula (`=HYPERLINK(...)` as a folder's name) gets an apostrophe in front, and so is shown, not
 * computed. Where a spreadsheet separates by semicolons, what follows one begins a cell, and gets it too; a line
 * break would begin a row. https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvReport(report: GradeReport): string {
  const { roster = [] } = report;
  const students = studentsIn(report);
  if (roster.length > 0) students.sort();
  const about = (["name", "email", "id", "group"] as const).filter((key) =>
    roster.some((one) => one[key]),
  );
  const header = ["student", ...about, ...report.lessons.flatMap(columnsOf), "total", "remarks"];
  const rows = students.map((student) => {
    const enrolled = roster.find((one) => one.student === student);
    const [first, ...others] = rowOf(student, report);
    return [first, ...about.map((key) => enrolled?.[key] ?? ""), ...others];
  });
  return [header, ...rows].map(csvLine).join("");
}

/** A line of such a table. */
export function csvLine(cells: readonly string[]): string {
  const { stringify } = require("csv-stringify/sync") as typeof CsvStringify;
  return stringify([cells.map(inOneCell)], { record_delimiter: "windows", escape_formulas: true });
}

function inOneCell(text: string): string {
  return printable(text)
    .replace(/[\r\n\u2028\u2029]+/g, " ")
    .replace(/([;\t])(?=[ \u00a0"']*[=+@-])/g, "$1'");
}

function columnsOf({ name, points, exercises, besides }: GradedLesson): string[] {
  const exerciseColumns = exercises.map(
    ({ id, points, bonus }) => `${id} (${bonus ? "bonus" : "of"} ${formatPoints(points)})`,
  );
  const mark = `${name} mark (${besides ? "not in the total, " : ""}of ${formatPoints(points)})`;
  return [...exerciseColumns, `${name} late penalty`, mark];
}

function rowOf(student: string, report: GradeReport): string[] {
  const theirs = report.submissions.filter((submission) => submission.student.id === student);
  const counted = report.lessons.map(({ name }) =>
    bestOf(theirs.filter(({ lesson }) => lesson === name)),
  );
  const enrolled = (report.roster ?? []).some((one) => one.student === student);
  const cells = report.lessons.flatMap((lesson, i) =>
    cellsOf(lesson, counted[i], enrolled && !lesson.besides),
  );
  const total = counted.reduce(
    (sum, submission, i) => sum + (report.lessons[i].besides ? 0 : (submission?.final ?? 0)),
    0,
  );
  const remarks = theirs.flatMap((submission) => remarksOn(submission, counted));
  for (const [i, { name, besides }] of report.lessons.entries())
    if (enrolled && !besides && !counted[i]) remarks.push(`${name} not handed in`);
  return [student, ...cells, formatPoints(total), remarks.join("; ")];
}

/**
 * The cells of one lesson: empty where the grader could not say. Where nothing was handed in, the mark is 0 of those on
 * the roster, and empty of others.
 */
function cellsOf(
  lesson: GradedLesson,
  submission: SubmissionReport | undefined,
  enrolled: boolean,
): string[] {
  const awarded = new Map(submission?.exercises.map(({ id, awarded }) => [id, awarded]));
  const optional = (points: number | undefined): string =>
    points === undefined ? "" : formatPoints(points);
  return [
    ...lesson.exercises.map(({ id }) => optional(awarded.get(id))),
    optional(submission?.late?.penalty),
    submission?.outcome === "not graded"
      ? ""
      : optional(submission?.final ?? (enrolled ? 0 : undefined)),
  ];
}

function remarksOn(
  submission: SubmissionReport,
  counted: readonly (SubmissionReport | undefined)[],
): string[] {
  const { file, message, outcome, late, override, extension, exercises, lesson } = submission;
  if (lesson !== undefined && !counted.includes(submission)) return [`${file} is not counted`];
  const remarks: string[] = [];
  if (outcome !== "graded") remarks.push(`${file} ${outcome}: ${message ?? "no reason known"}`);
  if (late && late.days > 0) remarks.push(`${lesson} late by ${late.days} d${slipped(late)}`);
  if (extension) remarks.push(`${lesson} due ${extension.due}: ${extension.reason}`);
  if (override) remarks.push(`${lesson} set to ${override.points}: ${override.reason}`);
  for (const { id, override } of exercises)
    if (override) remarks.push(`${id} set to ${override.points}: ${override.reason}`);
  return remarks;
}
