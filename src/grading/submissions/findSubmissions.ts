import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { inProject } from "../../installation";
import type { Student } from "../report";
import { gradescopeRecord } from "./gradescope";
import { lessonOf } from "./lessonOf";
import { studentOf } from "./studentOf";

/** A notebook that somebody handed in. */
export interface FoundSubmission {
  /** Absolute. */
  path: string;
  /** From the folder that holds all that were found, with forward slashes. */
  file: string;
  student: Student;
  /** The folder that holds all that were found. */
  root: string;
}

/** Never anybody's submission: copies that Jupyter and macOS leave behind. */
const LEFT_OUT = ["**/.*/**", "**/__MACOSX/**", "**/node_modules/**"];

/**
 * Finds notebooks by files, folders (all below) and patterns, and whose they are.
 *
 * @throws Error when one of them finds nothing
 */
export async function findSubmissions(places: readonly string[]): Promise<FoundSubmission[]> {
  const found = await Promise.all(places.map(notebooksAt));
  const files = [...new Set(found.flat().map((file) => realpathSync(file)))].sort();
  const root = commonFolder(files);
  const inFolder = new Map<string, string[]>();
  for (const file of files) {
    const folder = path.dirname(file);
    inFolder.set(folder, [...(inFolder.get(folder) ?? []), lessonOf(path.basename(file)) ?? ""]);
  }
  const crowded = (folder: string): boolean => {
    const lessons = inFolder.get(folder) ?? [];
    return new Set(lessons).size < lessons.length;
  };
  return files.map((file) => ({
    path: file,
    file: path.relative(root, file),
    root,
    student: whose(file, root, crowded),
  }));
}

function whose(file: string, root: string, crowded: (folder: string) => boolean): Student {
  if (path.dirname(file) === inProject("work")) return { id: "you", foundIn: "your own folder" };
  return gradescopeRecord(file, root).student ?? studentOf(file, root, crowded);
}

async function notebooksAt(place: string): Promise<string[]> {
  const { glob } = require("tinyglobby") as typeof import("tinyglobby");
  const options = { absolute: true, ignore: LEFT_OUT, expandDirectories: false };
  if (!existsSync(place)) {
    const found = await glob(place.split(path.sep).join("/"), options);
    const notebooks = found.filter((file) => file.endsWith(".ipynb"));
    if (notebooks.length > 0) return notebooks;
    throw new Error(`There is no notebook ${place}.`);
  }
  if (!statSync(place).isDirectory()) {
    if (!isZip(place)) return [place];
    throw new Error(`${place} is a zip: unpack it, and name the folder.`);
  }
  const notebooks = await glob("**/*.ipynb", { ...options, cwd: path.resolve(place) });
  if (notebooks.length > 0) return notebooks;
  const packed = readdirSync(place).filter(isZip).length;
  const hint = packed > 0 ? `, but ${packed} zip: unpack them first` : "";
  throw new Error(`There is no notebook (.ipynb) in ${place} or its folders${hint}.`);
}

function isZip(file: string): boolean {
  return /\.zip$/i.test(file);
}

function commonFolder(files: readonly string[]): string {
  const [first, ...others] = files.map((file) => path.dirname(file).split(path.sep));
  const length = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return first.slice(0, length === -1 ? undefined : length).join(path.sep) || path.sep;
}
