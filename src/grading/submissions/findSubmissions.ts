import { existsSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { inProject } from "../../project";
import type { Student, Submitted } from "../report";
import type { FoundFile, Place } from "./files/FoundFile";
import { NOTEBOOK, slashed } from "./files/FoundFile";
import { findInFolder, folderContents } from "./files/folder";
import { placesAt } from "./files/places";
import {
  doubtsAbout,
  type Layout,
  type LayoutName,
  layoutOf,
  LAYOUTS,
  type Placed,
  platformOf,
} from "./layouts";

/** Where the student of lessons in `work/` was found. */
export const OWN_FOLDER = "your own folder";

/** A notebook that somebody handed in. */
export interface FoundSubmission extends Pick<FoundFile, "read" | "changed"> {
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
  /** What the instructor should look at. */
  warnings: string[];
}

export interface FindOptions {
  /** How they lie, where the instructor says it. */
  layout?: LayoutName;
  /** Where the grader writes: nothing in it is taken for a submission. */
  out?: string;
}

/**
 * Finds notebooks by files, folders (all below), zips and patterns, and whose they are.
 *
 * @throws Error when one of the places holds none, or `out` holds submissions
 */
export async function findSubmissions(
  named: readonly string[],
  { layout: wanted, out }: FindOptions = {},
): Promise<FoundClass> {
  const without = await ownFolder(out);
  const places = (
    await Promise.all(named.map((place) => placesAt(place, without, named.length === 1)))
  ).flat();
  if (places.every(({ files }) => files.length === 0))
    throw new Error(`There is no notebook (.ipynb) in ${named.join(", ")}.`);
  if (places.length === 1 && places[0].unread)
    throw new Error(`${named[0]}: ${places[0].unread.message}`);
  const files = eachOnce(places);
  const counted = places.filter((place) => files.some((found) => found.place === place));
  const root = commonFolder(counted.map(({ called }) => called));
  const shownRoot = commonFolder(counted.map(({ shown }) => shown));
  const workingFolder = slashed(realpathSync(process.cwd()));
  // Several exports stand side by side, each a place of its own; all else counts from what holds all of it.
  const apart = files.map(({ found, place }) => placedIn(found, place));
  requireOwn(without, out, apart);
  const [only] = counted.length === 1 ? counted : [];
  const contents = only?.contents ?? folderContents(shownRoot);
  const together = files.map(({ found }) => placedIn(found, { called: root, contents }));
  const platform = wanted === undefined ? platformOf(apart, workingFolder) : undefined;
  const byPlace = platform !== undefined || isPlatform(wanted);
  const all = byPlace ? apart : together;
  const layout = platform ?? layoutOf(all, workingFolder, wanted);
  return {
    submissions: all.map((one, i) => ({
      file: path.posix.relative(shownRoot, files[i].found.shown),
      read: files[i].found.read,
      changed: files[i].found.changed,
      ...whose(one, layout),
    })),
    layout: layout.name,
    inWords: `${LAYOUTS[layout.name]}, in ${byPlace && counted.length > 1 ? `each of ${counted.length} places` : shownRoot}`,
    warnings: [
      ...places.flatMap(({ warnings }) => warnings),
      ...(wanted === undefined ? doubtsAbout(layout, all, isOneFile(named)) : []),
    ],
  };
}

/**
 * Results are kept there and believed: it must be no folder that students can write into.
 *
 * @returns its real path; undefined where there is none yet
 */
async function ownFolder(out: string | undefined): Promise<string | undefined> {
  if (out === undefined || !existsSync(out) || !statSync(out).isDirectory()) return undefined;
  const folder = realpathSync(out);
  const [inside] = (await findInFolder(folder)).files;
  if (!inside) return folder;
  const file = path.relative(folder, inside.shown);
  throw new Error(
    `--out ${out} holds ${file}, which may be a submission: choose a folder in which none are.`,
  );
}

/** Nor may it lie beside what a student handed in, in a folder of theirs: they could put results there beforehand. */
function requireOwn(
  folder: string | undefined,
  out: string | undefined,
  placed: readonly Placed[],
): void {
  if (folder === undefined) return;
  for (const { place, below } of placed) {
    const [first] = path.posix.relative(place, slashed(folder)).split("/");
    if (below.length > 1 && below[0] === first)
      throw new Error(
        `--out ${out} lies in ${path.posix.join(place, first)}, where submissions are: choose a folder apart from them.`,
      );
  }
}

/** A file that two places name is found once, by the first. */
function eachOnce(places: readonly Place[]): { found: FoundFile; place: Place }[] {
  const known = new Map<string, { found: FoundFile; place: Place }>();
  for (const place of places)
    for (const found of place.files)
      if (!known.has(found.shown)) known.set(found.shown, { found, place });
  return [...known.values()].sort((a, b) => (a.found.shown < b.found.shown ? -1 : 1));
}

function isOneFile([named, ...others]: readonly string[]): boolean {
  return others.length === 0 && NOTEBOOK.test(named) && existsSync(named);
}

function isPlatform(wanted: LayoutName | undefined): boolean {
  return ["moodle", "canvas", "nbgrader", "gradescope"].includes(wanted ?? "");
}

function placedIn({ called }: FoundFile, place: Pick<Place, "called" | "contents">): Placed {
  const below = path.posix.relative(place.called, called).split("/");
  return { file: called, place: place.called, below, contents: place.contents };
}

function whose(placed: Placed, layout: Layout): Pick<FoundSubmission, "student" | "submitted"> {
  if (path.posix.dirname(placed.file) === slashed(inProject("work")))
    return { student: { id: "you", foundIn: OWN_FOLDER } };
  const submitted = layout.submitted?.(placed);
  return { student: layout.whose(placed), ...(submitted && { submitted }) };
}

function commonFolder(folders: readonly string[]): string {
  const [first, ...others] = folders.map((folder) => folder.split("/"));
  const length = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return first.slice(0, length === -1 ? undefined : length).join("/") || "/";
}
