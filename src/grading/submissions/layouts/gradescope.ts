import path from "node:path";
import type { Student, Submitted } from "../../report";
import type { Contents } from "../files/FoundFile";
import type { Layout, LocatedFile } from "./Layout";

/** What Gradescope says about a submission besides its files. */
export interface GradescopeRecord {
  student?: Student;
  submitted?: Submitted;
}

interface Person {
  email?: unknown;
  name?: unknown;
  sid?: unknown;
}

export const EXPORT = "submission_metadata.yml";
const RUNNING = "submission_metadata.json";
const FOUND_IN = "Gradescope's metadata";
/** What Gradescope calls a submission's folder. */
const SUBMISSION = /^submission_\d{1,15}$/;

/**
 * Gradescope's metadata, where Gradescope itself puts them: `submission_metadata.yml` beside the folders of an export of
 * several submissions, `submission_metadata.json` beside `submission/` while its autograder runs. A file of such a
 * name in a folder that is one student's is the student's own, who would like to be another, and to have been earlier.
 *
 * @param named whether the instructor says that these are exports
 */
export function gradescope(all: readonly LocatedFile[], named = false): Layout | undefined {
  const roots = new Map(all.map(({ root, contents }) => [root, contents]));
  const records = new Map(
    [...roots].map(([root, contents]) => [root, recordsAt(root, contents, named)]),
  );
  if ([...records.values()].some((found) => found === undefined)) return undefined;
  const recordOf = ({ root, below }: LocatedFile): GradescopeRecord => records.get(root)!(below[0]);
  return {
    name: "gradescope",
    whose: (located) =>
      recordOf(located).student ?? {
        id: located.below.length > 1 ? located.below[0] : path.parse(located.below[0]).name,
        foundIn: "the folder's name",
      },
    submitted: (located) => recordOf(located).submitted,
  };
}

function recordsAt(
  root: string,
  contents: Contents,
  named: boolean,
): ((first: string) => GradescopeRecord) | undefined {
  const { above } = contents;
  const name = path.posix.basename(root);
  const running = name === "submission" ? above?.text(RUNNING) : undefined;
  if (running !== undefined) {
    const record = recordOf(readObject(RUNNING, running, JSON.parse));
    return () => record;
  }
  const own = isSubmission(name) ? above?.text(EXPORT) : undefined; // one submission of an export
  if (own !== undefined) {
    const record = recordIn(readExport(own), name);
    return () => record;
  }
  const metadata = named || isExport(contents) ? contents.text(EXPORT) : undefined;
  if (metadata === undefined) return undefined;
  const submissions = readExport(metadata);
  return (first) => recordIn(submissions, first);
}

/** Whether Gradescope calls a submission's folder so. */
export function isSubmission(name: string): boolean {
  return SUBMISSION.test(name);
}

/** Whether it holds the folders of several submissions, and of nothing else. */
function isExport({ folders }: Contents): boolean {
  const names = folders();
  return names.length > 1 && names.every(isSubmission);
}

function readExport(text: string): Record<string, unknown> {
  const { parse } = require("yaml") as typeof import("yaml");
  return readObject(EXPORT, text, parse);
}

function recordIn(submissions: Record<string, unknown>, folder: string): GradescopeRecord {
  const entry = Object.hasOwn(submissions, folder) ? submissions[folder] : undefined;
  return isObject(entry) ? recordOf(withoutColons(entry)) : {};
}

function recordOf(record: Record<string, unknown>): GradescopeRecord {
  const people = (record.submitters ?? record.users) as unknown;
  const [first] = Array.isArray(people) ? people.filter(isObject).map(withoutColons) : [];
  const { sid, email, name } = (first ?? {}) as Person;
  const id = [sid, email, name].find((known) => typeof known === "string" && known !== "");
  const at = new Date(String(record.created_at));
  const isTime = !Number.isNaN(at.getTime());
  return {
    ...(id !== undefined && { student: { id: String(id), foundIn: FOUND_IN } }),
    ...(isTime && { submitted: { at: at.toISOString(), foundIn: FOUND_IN } }),
  };
}

function readObject(
  file: string,
  text: string,
  parse: (text: string) => unknown,
): Record<string, unknown> {
  try {
    const data = parse(text);
    return isObject(data) ? data : {};
  } catch (error) {
    throw new Error(`Gradescope's ${file} cannot be read: ${(error as Error).message}`);
  }
}

/** The export's keys are Ruby symbols: `:created_at`. */
function withoutColons(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key.replace(/^:/, ""), value]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
