import { existsSync, lstatSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { UnreadableNotebook } from "../../../sources";
import { NOTEBOOK, type Place, slashed, ZIP } from "./FoundFile";
import { fileOnDisk, findInFolder, folderContents } from "./folder";
import { zipPlace } from "./zipPlace";

/**
 * What lies at a place that an instructor names: a notebook, a zip of many, a folder with all below, or a pattern, each
 * of whose zips is a place by itself.
 *
 * Of several places each may be one that a shell has filled in, and so a student's: a link among them is not followed,
 * and one without a notebook is a warning.
 *
 * @param without a folder in which nobody's submissions are
 * @param isOnly whether it is the only place that is named
 * @throws Error when it is nothing of these, or the only one and holds no notebook
 */
export async function placesAt(place: string, without?: string, isOnly = true): Promise<Place[]> {
  const isThere = lstatSync(place, { throwIfNoEntry: false }) !== undefined;
  const places = isThere
    ? [await placeNamed(place, isOnly, without)]
    : await matching(place, without);
  if (places.some(({ files }) => files.length > 0)) return places;
  if (isThere && !isOnly) {
    if (places.every(({ warnings }) => warnings.length === 0))
      places[0].warnings.push(`There is no notebook (.ipynb) in ${place} or its folders.`);
    return places;
  }
  const [hint = ""] = places.flatMap(({ warnings }) => warnings);
  throw new Error(
    `There is no notebook${existsSync(place) ? ` (.ipynb) in ${place} or its folders` : ` ${place}`}.${hint && ` ${hint}`}`,
  );
}

/** A file is taken where it lies, so that a link is seen to be one; so is a folder, unless it is all that is named. */
async function placeNamed(place: string, isOnly: boolean, without?: string): Promise<Place> {
  const isLink = lstatSync(place).isSymbolicLink();
  if (!isLink) return placeAt(realpathSync(place), without);
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isFolder && isOnly) return placeAt(realpathSync(place), without);
  const above = realpathSync(path.dirname(place));
  const warnings = isFolder ? [`${place} is a link to another folder, and was not followed.`] : [];
  const file = fileOnDisk(path.join(above, path.basename(place)));
  return { ...folderPlace(above), files: isFolder ? [] : [file], warnings };
}

async function placeAt(real: string, without?: string): Promise<Place> {
  if (ZIP.test(real) && statSync(real).isFile()) return zipAt(real);
  if (!statSync(real).isDirectory())
    return { ...folderPlace(path.dirname(real)), files: [fileOnDisk(real)], warnings: [] };
  return { ...folderPlace(real), ...(await findInFolder(real, without)) };
}

async function matching(pattern: string, without?: string): Promise<Place[]> {
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
    { ...folderPlace(fixedPart(pattern)), files: notebooks, warnings: [] },
    ...(await Promise.all(zips.map(zipAt))),
  ];
}

function folderPlace(folder: string): Pick<Place, "shown" | "called" | "contents"> {
  return { shown: slashed(folder), called: slashed(folder), contents: folderContents(folder) };
}

/** A zip that cannot be read is one line in the report: of several that are named, each may be a student's. */
async function zipAt(file: string): Promise<Place> {
  try {
    return await zipPlace(file);
  } catch (error) {
    if (!(error instanceof UnreadableNotebook)) throw error;
    const unread = { ...fileOnDisk(file), read: () => Promise.reject(error) };
    return { ...folderPlace(path.dirname(file)), files: [unread], warnings: [], unread: error };
  }
}

/** The folder above the first part of a pattern that is one: what follows may be students' names. */
function fixedPart(pattern: string): string {
  const parts = path.resolve(pattern).split(path.sep);
  const first = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
  const folder = parts.slice(0, first === -1 ? -1 : first).join(path.sep) || path.sep;
  return existsSync(folder) ? realpathSync(folder) : folder;
}
