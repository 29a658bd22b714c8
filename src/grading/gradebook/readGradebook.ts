import { readFileSync } from "node:fs";

/** The marks of a course as Moodle or Canvas exports them, to be filled in and taken back. */
export interface Gradebook {
  /** Moodle's grading worksheet is about one assignment; Canvas's gradebook has a column for each. */
  kind: "moodle" | "canvas";
  /** As it was named, for messages. */
  file: string;
  head: readonly string[];
  /** Below the head, Canvas's lines that are no student's among them. */
  rows: string[][];
  /** How it is written, which the filled one keeps. */
  delimiter: string;
  lineEnd: "\r\n" | "\n";
  marked: boolean;
}

/** By these columns the two are known; Canvas writes names in one column or in two. */
const COLUMNS: [kind: Gradebook["kind"], columns: string[]][] = [
  ["moodle", ["Identifier", "Grade"]],
  ["canvas", ["Student", "ID"]],
  ["canvas", ["LastName", "FirstName", "ID"]],
];

/**
 * Reads Moodle's grading worksheet ("Download grading worksheet", in English) or Canvas's gradebook ("Export entire
 * gradebook").
 *
 * @throws Error which names the file, and says what it should be or in which line it is torn
 */
export function readGradebook(file: string): Gradebook {
  const text = readText(file);
  const marked = text.startsWith("\uFEFF");
  const { parse } = require("csv-parse/sync") as typeof import("csv-parse/sync");
  const [first] = text.split("\n", 1);
  const delimiter = first.includes(";") && !first.includes(",") ? ";" : ",";
  let cells: string[][];
  try {
    cells = parse(text, { bom: true, delimiter, skip_empty_lines: true });
  } catch (error) {
    throw new Error(`${file} cannot be read as a table: ${(error as Error).message}`);
  }
  const [head = [], ...rows] = cells;
  const [kind] = COLUMNS.find(([, columns]) => columns.every((name) => head.includes(name))) ?? [];
  if (kind === undefined)
    throw new Error(
      `${file}, line 1: this is neither Moodle's grading worksheet (with the columns Identifier, Full name, Grade, ` +
        `in English) nor Canvas's gradebook (Student, ID). Its columns: ${head.join(", ") || "none"}.`,
    );
  return {
    kind,
    file,
    head,
    rows,
    delimiter,
    lineEnd: first.endsWith("\r") ? "\r\n" : "\n",
    marked,
  };
}

/** Whether a row is Canvas's own, which says what the assignments are worth. */
export function isOfPoints(row: readonly string[]): boolean {
  return row[0]?.trim() === "Points Possible";
}

/** The same as text. */
export function gradebookText({ head, rows, delimiter, lineEnd, marked }: Gradebook): string {
  const { stringify } = require("csv-stringify/sync") as typeof import("csv-stringify/sync");
  const options = { delimiter, record_delimiter: lineEnd };
  return (marked ? "\uFEFF" : "") + stringify([[...head], ...rows], options);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
