import type { Enrolled, Student } from "../report";
import { folded, keysOf } from "../roster/roster";
import { type Gradebook, isOfPoints } from "./readGradebook";

/** Whose a row of a gradebook is. */
export interface MatchedRows {
  /** By row, the student's name in the report. */
  students: Map<string[], string>;
  /** Students of the report without a row, or who could be meant by several. */
  unmatched: string[];
}

/** What is one student's alone, and what two may share. */
const SURE = {
  moodle: ["Email address", "ID number", "Username"],
  canvas: ["SIS User ID", "SIS Login ID", "Integration ID"],
};
/** The platform's own number, which no other number is taken for. */
const NUMBER = { moodle: "Identifier", canvas: "ID" };
const NAMES = { moodle: "Full name", canvas: "Student" };

/** Finds the rows of a report's students, and of those on its roster, by numbers and addresses, or else by names. */
export function rowsOf(
  gradebook: Gradebook,
  {
    submissions,
    roster = [],
  }: { submissions: readonly { student: Student }[]; roster?: readonly Enrolled[] | undefined },
): MatchedRows {
  const numbers = new Map<string, Set<string>>();
  const note = (student: string, number: string | undefined): void => {
    if (number !== undefined) add(numbers, student, folded(number));
  };
  const known = new Map<string, string[]>();
  for (const { student } of submissions) {
    known.set(student.id, [...(known.get(student.id) ?? []), ...keysOf(student)]);
    note(student.id, student.platform?.number);
  }
  for (const { student, name, email, id, number } of roster) {
    const own = [student, name, email, id].filter((key) => key !== undefined).map(folded);
    known.set(student, [...(known.get(student) ?? []), ...own]);
    note(student, number);
  }
  const byNumber = new Map<string, Set<string[]>>();
  const bySure = new Map<string, Set<string[]>>();
  const byName = new Map<string, Set<string[]>>();
  for (const row of gradebook.rows) {
    for (const key of numberIn(gradebook, row)) add(byNumber, key, row);
    for (const key of sureKeys(gradebook, row)) add(bySure, key, row);
    for (const key of namesIn(gradebook, row)) add(byName, key, row);
  }
  const found = new Map<string[], string[]>();
  const unmatched: string[] = [];
  for (const [student, keys] of known) {
    const sure = [
      ...new Set([
        ...rowsWith(byNumber, [...(numbers.get(student) ?? [])]),
        ...rowsWith(bySure, keys),
      ]),
    ];
    const rows = sure.length > 0 ? sure : rowsWith(byName, keys);
    if (rows.length === 1) found.set(rows[0], [...(found.get(rows[0]) ?? []), student]);
    else unmatched.push(student);
  }
  const students = new Map<string[], string>();
  for (const [row, [student, ...others]] of found) {
    if (others.length > 0) for (const one of [student, ...others]) unmatched.push(one);
    else students.set(row, student);
  }
  return { students, unmatched };
}

/** The cell of a row in a column; empty where there is no such column. */
export function cell({ head }: Gradebook, row: readonly string[], column: string): string {
  return row[head.indexOf(column)]?.trim() ?? "";
}

function sureKeys(gradebook: Gradebook, row: readonly string[]): string[] {
  const values = SURE[gradebook.kind].map((column) => cell(gradebook, row, column));
  return values.filter((value) => value !== "").map(folded);
}

function numberIn(gradebook: Gradebook, row: readonly string[]): string[] {
  return [...(/\d{1,12}$/.exec(cell(gradebook, row, NUMBER[gradebook.kind])) ?? [])];
}

/** `Ada Lovelace`, of Canvas's `Lovelace, Ada` too, and of a last and a first name in two columns. */
function namesIn(gradebook: Gradebook, row: readonly string[]): string[] {
  const parts = [cell(gradebook, row, "LastName"), cell(gradebook, row, "FirstName")];
  const name = cell(gradebook, row, NAMES[gradebook.kind]) || parts.filter(Boolean).join(", ");
  if (name === "" || isOfPoints(row)) return [];
  const [last, first] = name.split(",").map((part) => part.trim());
  return first ? [folded(name), folded(`${first} ${last}`)] : [folded(name)];
}

function add<T>(sets: Map<string, Set<T>>, key: string, one: T): void {
  sets.set(key, (sets.get(key) ?? new Set<T>()).add(one));
}

function rowsWith(rows: ReadonlyMap<string, Set<string[]>>, keys: readonly string[]): string[][] {
  return [...new Set(keys.flatMap((key) => [...(rows.get(key) ?? [])]))];
}
