import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Student, Submitted } from "../../report";
import { type Layout, type Placed } from "./Layout";

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

const EXPORT = "submission_metadata.yml";
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
export function gradescope(all: readonly Placed[], named = false): Layout | undefined {
  const places = [...new Set(all.map(({ place }) => place))];
  const records = new Map(places.map((place) => [place, recordsAt(place, named)]));
  if ([...records.values()].some((found) => found === undefined)) return undefined;
  const recordOf = ({ place, below }: Placed): GradescopeRecord => records.get(place)!(below[0]);
  return {
    name: "gradescope",
    whose: (placed) =>
      recordOf(placed).student ?? {
        id: placed.below.length > 1 ? placed.below[0] : path.parse(placed.below[0]).name,
        foundIn: "the folder's name",
      },
    submitted: (placed) => recordOf(placed).submitted,
  };
}

function recordsAt(
  place: string,
  named: boolean,
): ((first: string) => GradescopeRecord) | undefined {
  const above = path.dirname(place);
  const running = path.join(above, RUNNING);
  if (path.basename(place) === "submission" && existsSync(running)) {
    const record = recordOf(readObject(running, JSON.parse));
    return () => record;
  }
  const own = path.join(above, EXPORT); // one submission of an export
  if (SUBMISSION.test(path.basename(place)) && existsSync(own)) {
    const record = recordIn(readExport(own), path.basename(place));
    return () => record;
  }
  const metadata = path.join(place, EXPORT);
  if (!existsSync(metadata) || !(named || isExport(place))) return undefined;
  const submissions = readExport(metadata);
  return (first) => recordIn(submissions, first);
}

/** Whether it holds the folders of several submissions, and of nothing else. */
function isExport(place: string): boolean {
  const folders = readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  return folders.length > 1 && folders.every((name) => SUBMISSION.test(name));
}

function readExport(file: string): Record<string, unknown> {
  const { parse } = require("yaml") as typeof import("yaml");
  return readObject(file, parse);
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
  return {
    student: id === undefined ? undefined : { id: String(id), foundIn: FOUND_IN },
    submitted: Number.isNaN(at.getTime()) ? undefined : { at: at.toISOString(), foundIn: FOUND_IN },
  };
}

function readObject(file: string, parse: (text: string) => unknown): Record<string, unknown> {
  try {
    const data = parse(readFileSync(file, "utf8"));
    return isObject(data) ? data : {};
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
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
