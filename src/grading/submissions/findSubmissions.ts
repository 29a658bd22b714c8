import { existsSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { inProject } from "../../project";
import type { Student, Submitted } from "../report";
import type { FoundFile, SubmissionRoot } from "./files/FoundFile";
import { NOTEBOOK, slashed } from "./files/FoundFile";
import { findInFolder, folderContents } from "./files/folder";
import { rootsAt } from "./files/roots";
import {
  doubtsAbout,
  type Layout,
  type LayoutName,
  layoutOf,
  LAYOUTS,
  type LocatedFile,
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
  layout?: LayoutName | undefined;
  /** Where the grader writes: nothing in it is taken for a submission. */
  out?: string | undefined;
}

/**
 * Finds notebooks by files, folders (all below), zips and patterns, and whose they are.
 *
 * @throws Error when one of the paths holds none, or `out` holds submissions
 */
export async function findSubmissions(
  named: readonly string[],
  { layout: wanted, out }: FindOptions = {},
): Promise<FoundClass> {
  const without = await ownFolder(out);
  const roots = (
    await Promise.all(named.map((root) => rootsAt(root, without, named.length === 1)))
  ).flat();
  if (roots.every(({ files }) => files.length === 0))
    throw new Error(`There is no notebook (.ipynb) in ${named.join(", ")}.`);
  if (roots.length === 1 && roots[0].unread)
    throw new Error(`${named[0]}: ${roots[0].unread.message}`);
  const files = eachOnce(roots);
  const counted = roots.filter((root) => files.some((found) => found.root === root));
  const commonRoot = commonFolder(counted.map(({ called }) => called));
  const shownRoot = commonFolder(counted.map(({ shown }) => shown));
  const workingFolder = slashed(realpathSync(process.cwd()));
  // Several exports stand side by side, each a root of its own; all else counts from what holds all of it.
  const apart = files.map(({ found, root }) => locatedIn(found, root));
  requireOwn(without, out, apart);
  const [only] = counted.length === 1 ? counted : [];
  const contents = only?.contents ?? folderContents(shownRoot);
  const together = files.map(({ found }) => locatedIn(found, { called: commonRoot, contents }));
  const platform = wanted === undefined ? platformOf(apart, workingFolder) : undefined;
  const perRoot = platform !== undefined || isPlatform(wanted);
  const all = perRoot ? apart : together;
  const layout = platform ?? layoutOf(all, workingFolder, wanted);
  return {
    submissions: all.map((one, i) => ({
      file: path.posix.relative(shownRoot, files[i].found.shown),
      read: files[i].found.read,
      changed: files[i].found.changed,
      ...whose(one, layout),
    })),
    layout: layout.name,
    inWords: `${LAYOUTS[layout.name]}, in ${perRoot && counted.length > 1 ? `each of ${counted.length} places` : shownRoot}`,
    warnings: [
      ...roots.flatMap(({ warnings }) => warnings),
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
  located: readonly LocatedFile[],
): void {
  if (folder === undefined) return;
  for (const { root, below } of located) {
    const [first] = path.posix.relative(root, slashed(folder)).split("/");
    if (below.length > 1 && below[0] === first)
      throw new Error(
        `--out ${out} lies in ${path.posix.join(root, first)}, where submissions are: choose a folder apart from them.`,
      );
  }
}

/** A file that two paths name is found once, by the first. */
function eachOnce(roots: readonly SubmissionRoot[]): { found: FoundFile; root: SubmissionRoot }[] {
  const known = new Map<string, { found: FoundFile; root: SubmissionRoot }>();
  for (const root of roots)
    for (const found of root.files)
      if (!known.has(found.shown)) known.set(found.shown, { found, root });
  return [...known.values()].sort((a, b) => (a.found.shown < b.found.shown ? -1 : 1));
}

function isOneFile([named, ...others]: readonly string[]): boolean {
  return others.length === 0 && NOTEBOOK.test(named) && existsSync(named);
}

function isPlatform(wanted: LayoutName | undefined): boolean {
  return ["moodle", "canvas", "nbgrader", "gradescope"].includes(wanted ?? "");
}

function locatedIn(
  { called }: FoundFile,
  root: Pick<SubmissionRoot, "called" | "contents">,
): LocatedFile {
  const below = path.posix.relative(root.called, called).split("/");
  return { file: called, root: root.called, below, contents: root.contents };
}

function whose(
  located: LocatedFile,
  layout: Layout,
): Pick<FoundSubmission, "student" | "submitted"> {
  if (path.posix.dirname(located.file) === slashed(inProject("work")))
    return { student: { id: "you", foundIn: OWN_FOLDER } };
  const submitted = layout.submitted?.(located);
  return { student: layout.whose(located), ...(submitted && { submitted }) };
}

function commonFolder(folders: readonly string[]): string {
  const [first, ...others] = folders.map((folder) => folder.split("/"));
  const length = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return first.slice(0, length === -1 ? undefined : length).join("/") || "/";
}
