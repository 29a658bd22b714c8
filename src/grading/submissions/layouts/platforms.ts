import path from "node:path";
import type { OnPlatform, Student, Submitted } from "../../report";
import { plainText } from "../files/plainText";
import { nameBeside } from "./names";
import { firstNames, type Layout, mostly, type LocatedFile } from "./Layout";

/** Moodle: a folder or a file a student, "Ada Lovelace_12345_assignsubmission_file_05-pooling.ipynb". */
const MOODLE =
  /^([^_]{1,200}(?:_[^_]{1,200}){0,5}?_\d{1,12})_assignsubmission_(?:file|onlinetext)(?:_|$)/;
/** Canvas: a file a student, "lovelaceada_LATE_12345_67890_05-pooling.ipynb". */
const CANVAS = /^([^_]{1,200})_(?:LATE_)?(\d{1,12})_\d{1,12}_./;

/** What stands before a student's own name for the file, and finds the student again. */
const PREFIX = {
  moodle: /^[^/]{1,1200}?_\d{1,12}_assignsubmission_file_/,
  canvas: /^[^_/]{1,200}_(?:LATE_)?\d{1,12}_\d{1,12}_/,
};
const FOUND_IN = { moodle: "Moodle's name", canvas: "Canvas's name" };

/** Whether Moodle or Canvas names a file or folder of a student so. */
export function isPlatformNamed(name: string): boolean {
  return MOODLE.test(name) || CANVAS.test(name);
}

/** Moodle and Canvas put the student first into the name of what they hand out; what follows may be the student's. */
export function platformNamed(
  name: "moodle" | "canvas",
  all: readonly LocatedFile[],
): Layout | undefined {
  const pattern = name === "moodle" ? MOODLE : CANVAS;
  if (name === "canvas" && !mostly(all, ({ below }) => below.length === 1)) return undefined;
  if (!mostly(firstNames(all), (first) => pattern.test(first))) return undefined;
  const foundIn = FOUND_IN[name];
  return {
    name,
    whose: ({ below: [first, ...others] }): Student => {
      const found = pattern.exec(first);
      const id = found?.slice(1).join("_");
      if (id !== undefined)
        return { id, foundIn, platform: onPlatform(name, id, first, others.length > 0) };
      return { id: nameBeside(first) ?? first, foundIn: "a name that is not the platform's" };
    },
  };
}

/**
 * What stands behind the student is left out, and what their own name for the file was. A folder of Moodle's may have a
 * last underscore or none, which its names for feedback must have.
 */
function onPlatform(
  name: "moodle" | "canvas",
  id: string,
  first: string,
  isFolder: boolean,
): OnPlatform {
  const number = id.slice(id.lastIndexOf("_") + 1);
  const prefix = PREFIX[name].exec(`${first}_`)?.[0];
  if (prefix === undefined) return { name, number };
  return { name, number, prefix: isFolder && prefix === first ? `${first}/` : prefix };
}

/** nbgrader's folders: submitted/ada/05-pooling/05-pooling.ipynb. */
export function nbgrader(all: readonly LocatedFile[], workingFolder: string): Layout | undefined {
  const known = new Map<string, Collected>();
  for (const located of all) {
    const collected = collectedBelow(located, workingFolder);
    if (collected === undefined) return undefined;
    known.set(located.file, collected);
  }
  return {
    name: "nbgrader",
    whose: ({ file }) => ({ id: known.get(file)!.student, foundIn: "nbgrader's folder" }),
    submitted: ({ file }) => nbgraderTime(known.get(file)!.assignment),
  };
}

const COLLECTED = /^(?:submitted|autograded)$/;

interface Collected {
  student: string;
  /** The folder that nbgrader made; all in it but `timestamp.txt` is the student's. */
  assignment: string;
}

/**
 * The name behind `submitted`, where an assignment and a file follow it. `submitted` stands in what the instructor
 * named, or just below it: further in it would be a student's own.
 */
function collectedBelow({ file, root }: LocatedFile, workingFolder: string): Collected | undefined {
  const names = file.split("/");
  const rootLength = root.split("/").length;
  const inWorkingFolder = file.startsWith(`${workingFolder}/`)
    ? workingFolder.split("/").length
    : 0;
  const candidates = [...names.keys()].filter((i) => COLLECTED.test(names[i]) && i <= rootLength);
  // The first below the working folder, where a shell may have filled in names of students; above, the nearest.
  const at =
    candidates.find((i) => i >= inWorkingFolder && inWorkingFolder > 0) ?? candidates.at(-1);
  if (at === undefined || names.length < at + 4) return undefined;
  return { student: names[at + 1], assignment: names.slice(0, at + 3).join("/") };
}

/** nbgrader notes the time of each submission in a file in the assignment's folder, and goes by it itself. */
function nbgraderTime(assignment: string): Submitted | undefined {
  const text = plainText(path.join(assignment, "timestamp.txt"), LONGEST_TIME)?.trim();
  if (text === undefined) return undefined;
  // "2026-11-20 18:29:04.123456 UTC"; Date wants no more than milliseconds.
  const at = new Date(text.replace(/(\.\d{3})\d+/, "$1"));
  if (Number.isNaN(at.getTime())) return undefined;
  return { at: at.toISOString(), foundIn: "nbgrader's timestamp.txt" };
}

/** In bytes. */
const LONGEST_TIME = 100;
