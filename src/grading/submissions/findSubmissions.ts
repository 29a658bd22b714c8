import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { inProject } from "../../project";
import type { Student } from "../report";
import { gradescopeRecord } from "./gradescope";
import { lessonOf } from "./lessonOf";
import { nameBeside, studentOf } from "./studentOf";

/** A notebook that somebody handed in. */
export interface FoundSubmission {
  /** Absolute. */
  path: string;
  /** From the folder that holds all that were found, with forward slashes. */
  file: string;
  student: Student;
  /** The folder that was named, and that it was found in: what lies further in, students may have put there. */
  place: string;
}

const NOTEBOOK = /\.ipynb$/i;
/** Folders in which nobody's submission is: copies that Jupyter and macOS leave behind. */
const LEFT_OUT = /^(\..*|__MACOSX|node_modules)$/;

/**
 * Finds notebooks by files, folders (all below) and patterns, and whose they are.
 *
 * @throws Error when one of them finds nothing
 */
export async function findSubmissions(places: readonly string[]): Promise<FoundSubmission[]> {
  const found = new Map((await Promise.all(places.map(notebooksAt))).flat());
  const files = [...found.keys()].sort();
  const root = commonFolder([...found.values()]);
  const isCrowded = crowdedFolders(files);
  return files.map((file) => ({
    path: file,
    file: path.relative(root, file),
    place: found.get(file)!,
    student: whose(file, found.get(file)!, root, isCrowded),
  }));
}

function whose(
  file: string,
  place: string,
  root: string,
  isCrowded: (folder: string) => boolean,
): Student {
  if (path.dirname(file) === inProject("work")) return { id: "you", foundIn: "your own folder" };
  return gradescopeRecord(file, place).student ?? studentOf(file, root, isCrowded);
}

/** Which folders hold several notebooks of one lesson, each with a name of its own beside the lesson's. */
function crowdedFolders(files: readonly string[]): (folder: string) => boolean {
  const named = new Map<string, boolean[]>();
  for (const file of files) {
    const lesson = lessonOf(path.basename(file)) ?? "";
    const key = JSON.stringify([path.dirname(file), lesson]);
    named.set(key, [...(named.get(key) ?? []), nameBeside(file) !== undefined]);
  }
  const crowded = [...named].flatMap(([key, names]) =>
    names.length > 1 && names.every(Boolean) ? [(JSON.parse(key) as string[])[0]] : [],
  );
  return (folder) => crowded.includes(folder);
}

/** The notebooks at a place, each with the folder that holds all of this place. */
async function notebooksAt(place: string): Promise<[file: string, place: string][]> {
  if (!existsSync(place)) {
    const { glob } = require("tinyglobby") as typeof import("tinyglobby");
    const found = await glob(place.split(path.sep).join("/"), {
      absolute: true,
      ignore: ["**/.*/**", "**/__MACOSX/**", "**/node_modules/**"],
      expandDirectories: false,
      followSymbolicLinks: false,
    });
    const notebooks = found
      .filter((file) => NOTEBOOK.test(file))
      .map((file) => path.normalize(file));
    if (notebooks.length === 0) throw new Error(`There is no notebook ${place}.`);
    const folder = commonFolder(notebooks.map((file) => path.dirname(file)));
    return notebooks.map((file) => [file, folder]);
  }
  const real = realpathSync(place);
  if (!statSync(real).isDirectory()) {
    if (!isZip(place)) return [[real, path.dirname(real)]];
    throw new Error(`${place} is a zip: unpack it, and name the folder.`);
  }
  const notebooks = notebooksIn(real);
  if (notebooks.length > 0) return notebooks.map((file) => [file, real]);
  const packed = readdirSync(real).filter(isZip).length;
  const hint = packed > 0 ? `, but ${packed} zip: unpack them first` : "";
  throw new Error(`There is no notebook (.ipynb) in ${place} or its folders${hint}.`);
}

function isZip(file: string): boolean {
  return /\.zip$/i.test(file);
}

/**
 * All that is called a notebook in a folder and the folders in it. What cannot be read is among them, so that it is
 * reported, and so are links, which are not followed: a student may have made one to anywhere.
 */
function notebooksIn(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [folder];
  }
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    const isNotebook = NOTEBOOK.test(entry.name) && !entry.name.startsWith(".");
    const inside = entry.isDirectory() && !LEFT_OUT.test(entry.name) ? notebooksIn(file) : [];
    return inside.length === 0 && isNotebook ? [file] : inside;
  });
}

function commonFolder(folders: readonly string[]): string {
  const [first, ...others] = folders.map((folder) => folder.split(path.sep));
  const length = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return first.slice(0, length === -1 ? undefined : length).join(path.sep) || path.sep;
}
