import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Student, Submitted } from "../report";

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

/**
 * Looks for Gradescope's metadata: `submission_metadata.yml` in an export of all submissions,
 * `submission_metadata.json` beside `submission/` while its autograder runs. Files of these names further in are
 * a student's own, who would like to have been earlier.
 *
 * @param place the folder that is graded, or one of several exports; the one above it is looked at first
 */
export function gradescopeRecord(file: string, place: string): GradescopeRecord {
  for (const folder of [path.dirname(place), place]) {
    const exported = path.join(folder, "submission_metadata.yml");
    if (existsSync(exported)) return recordInExport(exported, path.relative(folder, file));
    const running = path.join(folder, "submission_metadata.json");
    if (existsSync(running)) return recordOf(readObject(running, JSON.parse));
  }
  return {};
}

function recordInExport(metadata: string, file: string): GradescopeRecord {
  const { parse } = require("yaml") as typeof import("yaml");
  const submissions = readObject(metadata, parse);
  const entry = submissions[file.split(path.sep)[0]];
  return isObject(entry) ? recordOf(withoutColons(entry)) : {};
}

function recordOf(record: Record<string, unknown>): GradescopeRecord {
  const people = (record.submitters ?? record.users) as unknown;
  const [first] = Array.isArray(people) ? people.filter(isObject).map(withoutColons) : [];
  const { sid, email, name } = (first ?? {}) as Person;
  const id = [sid, email, name].find((known) => typeof known === "string" && known !== "");
  const at = new Date(String(record.created_at));
  const foundIn = "Gradescope's metadata";
  return {
    student: id === undefined ? undefined : { id: String(id), foundIn },
    submitted: Number.isNaN(at.getTime()) ? undefined : { at: at.toISOString(), foundIn },
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
