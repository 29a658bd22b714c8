import { existsSync, lstatSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { UnreadableNotebook } from "../../../sources";
import { NOTEBOOK, type SubmissionRoot, slashed, ZIP } from "./FoundFile";
import { fileOnDisk, findInFolder, folderContents } from "./folder";
import { zipRoot } from "./zipRoot";

/**
 * What lies at a path that an instructor names: a notebook, a zip of many, a folder with all below, or a pattern, each
 * of whose zips is a root by itself.
 *
 * Of several paths each may be one that a shell has filled in, and so a student's: a link among them is not followed,
 * and one without a notebook is a warning.
 *
 * @param without a folder in which nobody's submissions are
 * @param isOnly whether it is the only path that is named
 * @throws Error when it is nothing of these, or the only one and holds no notebook
 */
export async function rootsAt(
  named: string,
  without?: string,
  isOnly = true,
): Promise<SubmissionRoot[]> {
  const isThere = lstatSync(named, { throwIfNoEntry: false }) !== undefined;
  const roots = isThere
    ? [await rootNamed(named, isOnly, without)]
    : await matching(named, without);
  if (roots.some(({ files }) => files.length > 0)) return roots;
  if (isThere && !isOnly) {
    if (roots.every(({ warnings }) => warnings.length === 0))
      roots[0].warnings.push(`There is no notebook (.ipynb) in ${named} or its folders.`);
    return roots;
  }
  const [hint = ""] = roots.flatMap(({ warnings }) => warnings);
  throw new Error(
    `There is no notebook${existsSync(named) ? ` (.ipynb) in ${named} or its folders` : ` ${named}`}.${hint && ` ${hint}`}`,
  );
}

/** A file is taken where it lies, so that a link is seen to be one; so is a folder, unless it is all that is named. */
async function rootNamed(
  named: string,
  isOnly: boolean,
  without?: string,
): Promise<SubmissionRoot> {
  const isLink = lstatSync(named).isSymbolicLink();
  if (!isLink) return rootAt(realpathSync(named), without);
  const isFolder = statSync(named, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isFolder && isOnly) return rootAt(realpathSync(named), without);
  const above = realpathSync(path.dirname(named));
  const warnings = isFolder ? [`${named} is a link to another folder, and was not followed.`] : [];
  const file = fileOnDisk(path.join(above, path.basename(named)));
  return { ...folderRoot(above), files: isFolder ? [] : [file], warnings };
}

async function rootAt(real: string, without?: string): Promise<SubmissionRoot> {
  if (ZIP.test(real) && statSync(real).isFile()) return zipAt(real);
  if (!statSync(real).isDirectory())
    return { ...folderRoot(path.dirname(real)), files: [fileOnDisk(real)], warnings: [] };
  return { ...folderRoot(real), ...(await findInFolder(real, without)) };
}

async function matching(pattern: string, without?: string): Promise<SubmissionRoot[]> {
  const { glob } = require("tinyglobby") as typeof import("tinyglobby");
  const found = await glob(slashed(pattern), {
    absolute: true,
    ignore: ["**/.*/**", "**/__MACOSX/**", "**/node_modules/**"],
    expandDirectories: false,
    followSymbolicLinks: false,
  });
  const files = found
    .map((file) => path.join(realpathSync(path.dirname(file)), path.basename(file)))
    .filter((file) => without === undefined || !file.startsWith(without + path.sep));
  const notebooks = files.filter((file) => NOTEBOOK.test(file)).map(fileOnDisk);
  const zips = files.filter((file) => ZIP.test(file) && lstatSync(file).isFile()); // links are not followed
  return [
    { ...folderRoot(fixedPart(pattern)), files: notebooks, warnings: [] },
    ...(await Promise.all(zips.map(zipAt))),
  ];
}

function folderRoot(folder: string): Pick<SubmissionRoot, "shown" | "called" | "contents"> {
  return { shown: slashed(folder), called: slashed(folder), contents: folderContents(folder) };
}

/** A zip that cannot be read is one line in the report: of several that are named, each may be a student's. */
async function zipAt(file: string): Promise<SubmissionRoot> {
  try {
    return await zipRoot(file);
  } catch (error) {
    if (!(error instanceof UnreadableNotebook)) throw error;
    const unread = { ...fileOnDisk(file), read: () => Promise.reject(error) };
    return { ...folderRoot(path.dirname(file)), files: [unread], warnings: [], unread: error };
  }
}

/** The folder above the first part of a pattern that is one: what follows may be students' names. */
function fixedPart(pattern: string): string {
  const parts = path.resolve(pattern).split(path.sep);
  const first = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
  const folder = parts.slice(0, first === -1 ? -1 : first).join(path.sep) || path.sep;
  return existsSync(folder) ? realpathSync(folder) : folder;
}
