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
 * `name`, `email`, `id` (the platform's number, or a number of matriculation) and `group` where they are known.
 *
 * @throws Error which names the line, where a column is unknown or two rows could be taken for one another
 */
export function readRoster(file: string): Roster {
  const rows = readTable(file, ["student"], ["name", "email", "id", "group"]);
  if (rows.length === 0) throw new Error(`${file} lists nobody: student, name, email, id, group.`);
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
 * Whom a submission's student is on the roster: by the name there, the e-mail address or the id, and for files of
 * Moodle and Canvas by their number or their name. None where two could be meant.
 */
export function enrolledAs({ students }: Roster, found: Student): Enrolled | undefined {
  const keys = keysOf(found);
  const by = (own: (one: Enrolled) => (string | undefined)[]): readonly Enrolled[] =>
    students.filter((one) => own(one).some((key) => key && keys.includes(folded(key))));
  const [surely, perhaps] = [
    by(({ student, email, id }) => [student, email, id]),
    by(({ name }) => [name]),
  ];
  if (surely.length > 0) return surely.length === 1 ? surely[0] : undefined;
  return perhaps.length === 1 ? perhaps[0] : undefined;
}

/** All that a submission's student may be called elsewhere, folded. */
export function keysOf({ id, platform }: Student): string[] {
  const number = platform?.number;
  return number === undefined || !id.endsWith(`_${number}`)
    ? [folded(id)]
    : [id, number, id.slice(0, -number.length - 1)].map(folded);
}

/** The same for two ways to write a name: capitals, how an accent is encoded, blanks around it. */
export function folded(key: string): string {
  return key.normalize("NFKC").trim().toLowerCase();
}
