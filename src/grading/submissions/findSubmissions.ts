import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { inProject } from "../../project";
import type { Student, Submitted } from "../report";
import {
  type Layout,
  type LayoutName,
  layoutOf,
  LAYOUTS,
  type Placed,
  platformOf,
} from "./layouts";

/** A notebook that somebody handed in. */
export interface FoundSubmission {
  /** Absolute. */
  path: string;
  /** From the folder that holds all that were found, with forward slashes. */
  file: string;
  student: Student;
  /** When, where the platform says it. */
  submitted?: Submitted;
}

/** What was found, and how it lies. */
export interface FoundClass {
  submissions: FoundSubmission[];
  layout: LayoutName;
  /** The layout in words, with the folder that it counts from. */
  inWords: string;
}

const NOTEBOOK = /\.ipynb$/i;
/** Folders in which nobody's submission is: copies that Jupyter and macOS leave behind. */
const LEFT_OUT = /^(?:\..*|__MACOSX|node_modules)$/;

/**
 * Finds notebooks by files, folders (all below) and patterns, and whose they are.
 *
 * @param wanted the layout, where the instructor says it
 * @throws Error when one of them finds nothing
 */
export async function findSubmissions(
  places: readonly string[],
  wanted?: LayoutName,
): Promise<FoundClass> {
  const found = new Map((await Promise.all(places.map(notebooksAt))).flat());
  const files = [...found.keys()].sort();
  const root = commonFolder([...found.values()]);
  const workingFolder = slashed(realpathSync(process.cwd()));
  const placed = (placeOf: (file: string) => string): Placed[] =>
    files.map((file) => place(file, placeOf(file)));
  // Several exports stand side by side, each a place of its own; all else counts from what holds all of it.
  const apart = placed((file) => found.get(file)!);
  const together = placed(() => root);
  const platform = wanted === undefined ? platformOf(apart, workingFolder) : undefined;
  const byPlace = platform !== undefined || isPlatform(wanted);
  const all = byPlace ? apart : together;
  const layout = platform ?? layoutOf(all, workingFolder, wanted);
  return {
    submissions: all.map((one, i) => ({
      path: files[i],
      file: path.relative(root, files[i]).split(path.sep).join("/"),
      ...whose(one, layout),
    })),
    layout: layout.name,
    inWords: `${LAYOUTS[layout.name]}, in ${byPlace && places.length > 1 ? `each of ${places.length} places` : root}`,
  };
}

function isPlatform(wanted: LayoutName | undefined): boolean {
  return ["moodle", "canvas", "nbgrader", "gradescope"].includes(wanted ?? "");
}

function place(file: string, folder: string): Placed {
  const below = path.relative(folder, file).split(path.sep);
  return { file: slashed(file), place: slashed(folder), below };
}

function slashed(file: string): string {
  return file.split(path.sep).join("/");
}

function whose(placed: Placed, layout: Layout): Pick<FoundSubmission, "student" | "submitted"> {
  if (path.dirname(placed.file) === slashed(inProject("work")))
    return { student: { id: "you", foundIn: "your own folder" } };
  const submitted = layout.submitted?.(placed);
  return { student: layout.whose(placed), ...(submitted && { submitted }) };
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
      .map((file) => path.join(realpathSync(path.dirname(file)), path.basename(file)));
    if (notebooks.length === 0) throw new Error(`There is no notebook ${place}.`);
    const folder = fixedPart(place);
    return notebooks.map((file) => [file, folder]);
  }
  const real = realpathSync(place);
  if (isZip(real)) throw new Error(`${place} is a zip: unpack it, and name the folder.`);
  if (!statSync(real).isDirectory()) return [[real, path.dirname(real)]];
  const notebooks = notebooksIn(real);
  if (notebooks.length > 0) return notebooks.map((file) => [file, real]);
  const packed = readdirSync(real).filter(isZip).length;
  const hint = packed > 0 ? `, but ${packed} zip: unpack it, and name the folder` : "";
  throw new Error(`There is no notebook (.ipynb) in ${place} or its folders${hint}.`);
}

/** The folder above the first part of a pattern that is one: what follows may be students' names. */
function fixedPart(pattern: string): string {
  const parts = path.resolve(pattern).split(path.sep);
  const first = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
  const folder = parts.slice(0, first === -1 ? -1 : first).join(path.sep) || path.sep;
  return existsSync(folder) ? realpathSync(folder) : folder;
}

export function isZip(file: string): boolean {
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
