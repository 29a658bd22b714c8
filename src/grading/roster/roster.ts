import path from "node:path";
import { readTable } from "../readTable";
import type { Enrolled, Student } from "../report";

/** The class as the instructor knows it. */
export interface Roster {
  /** `"roster.csv"`, for messages. */
  file: string;
  students: readonly Enrolled[];
}

/**
 * Reads a class's list: CSV or JSON with the column `student`, which is how the student is called in all reports, and
 * `name`, `email`, `id` (a number of matriculation), `number` (the platform's) and `group` where they are known.
 *
 * @throws Error which names the line, where a column is unknown or two rows could be taken for one another
 */
export function readRoster(file: string): Roster {
  const rows = readTable(file, ["student"], ["name", "email", "id", "number", "group"]);
  if (rows.length === 0)
    throw new Error(`${file} lists nobody: student, name, email, id, number, group.`);
  const known = new Map<string, string>();
  for (const { where, values } of rows)
    for (const key of new Set(
      [values.student, values.email, values.id].filter(Boolean).map(folded),
    )) {
      const other = known.get(key);
      if (other) throw new Error(`${where} is called "${key}", and so is ${other}: who is meant?`);
      known.set(key, where);
    }
  const students = rows.map(({ values }) => {
    const { student, ...rest } = values;
    const filled = Object.entries(rest).filter(([, value]) => value !== "");
    return { student, ...Object.fromEntries(filled) } as Enrolled;
  });
  return { file: path.basename(file), students };
}

/**
 * Whom a submission's student is on the roster: by the name there, the e-mail address or the id. In files of Moodle and
 * Canvas a student may have chosen the name that is shown, and a number is the platform's alone: there they are found by the
 * column `number`, or by the whole name, and by neither where these say two people. None where two could be meant.
 */
export function enrolledAs({ students }: Roster, found: Student): Enrolled | undefined {
  const { platform } = found;
  if (platform === undefined) {
    const key = folded(found.id);
    const surely = students.filter(({ student, email, id }) => isAmong(key, student, email, id));
    return only(surely.length > 0 ? surely : students.filter(({ name }) => isAmong(key, name)));
  }
  const shown = shownName(found);
  const isCalled = ({ name }: Enrolled): boolean =>
    name !== undefined &&
    (platform.name === "canvas" ? sortedNames(name).has(shown) : folded(name) === shown);
  const byNumber = only(students.filter(({ number }) => isAmong(folded(platform.number), number)));
  const byName = only(students.filter(isCalled));
  if (byNumber) return byName && byName !== byNumber ? undefined : byNumber;
  return byName?.number === undefined ? byName : undefined; // else it has another number
}

function isAmong(key: string, ...own: readonly (string | undefined)[]): boolean {
  return own.some((one) => one !== undefined && folded(one) === key);
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** What stands before the number: Moodle's full name, or Canvas's last and first in one, letters and digits alone. */
function shownName({ id, platform }: Student): string {
  const name = folded(id.slice(0, -platform!.number.length - 1));
  return platform!.name === "canvas" ? squeezed(name) : name;
}

/** `lovelaceada` of "Ada Lovelace", wherever the last name begins. */
function sortedNames(name: string): Set<string> {
  const words = folded(name).split(/[\s,]+/);
  return new Set(words.map((_, i) => squeezed([...words.slice(i), ...words.slice(0, i)].join(""))));
}

function squeezed(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Who is on the roster and would be two of a platform's users in one folder, by name alone: one of them may have taken the
 * other's. (Moodle's numbers are another in each assignment.)
 *
 * @returns by what they are called there
 */
export function claimedTwice(
  roster: Roster,
  all: readonly { student: Student; file: string }[],
): Map<string, Enrolled> {
  const claims = new Map<string, { enrolled: Enrolled; ids: Set<string> }>();
  for (const { student, file } of all) {
    const enrolled = student.platform && enrolledAs(roster, student);
    if (!enrolled || enrolled.number !== undefined) continue;
    const prefix = file.slice(0, Math.max(0, file.indexOf(student.id)));
    const key = JSON.stringify([prefix, enrolled.student]);
    const claim = claims.get(key) ?? { enrolled, ids: new Set() };
    claim.ids.add(student.id);
    claims.set(key, claim);
  }
  const several = [...claims.values()].filter(({ ids }) => ids.size > 1);
  return new Map(several.flatMap(({ enrolled, ids }) => [...ids].map((id) => [id, enrolled])));
}

/** All that a submission's student may be called elsewhere, folded. */
export function keysOf({ id, platform }: Student): string[] {
  const number = platform?.number;
  return number === undefined || !id.endsWith(`_${number}`)
    ? [folded(id)]
    : [id, id.slice(0, -number.length - 1)].map(folded);
}

/** The same for two ways to write a name: capitals, how an accent is encoded, blanks around it. */
export function folded(key: string): string {
  return key.normalize("NFKC").trim().toLowerCase();
}
