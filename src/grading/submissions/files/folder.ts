import { type Dirent, lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import { plainText } from "./plainText";
import { readSubmission } from "./readSubmission";
import {
  ARCHIVE,
  type Contents,
  type FoundFile,
  LARGEST,
  LEFT_OUT,
  NOTEBOOK,
  slashed,
  ZIP,
} from "./FoundFile";
import { studentsZip } from "./studentsZip";

/** What was found, and what the instructor should look at. */
export interface Found {
  files: FoundFile[];
  warnings: string[];
}

/**
 * All that is called a notebook in a folder and the folders in it, and in students' zips. What cannot be read is among
 * them, so that it is reported, and so are links, which are not followed: a student may have made one to anywhere.
 *
 * @param without a folder in which nobody's submissions are: what the grader itself writes
 */
export async function findInFolder(folder: string, without?: string): Promise<Found> {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return { files: [fileOnDisk(folder)], warnings: [] };
  }
  const found: Found = { files: [], warnings: [] };
  for (const entry of entries) {
    const { files, warnings } = await findInEntry(folder, entry, without);
    for (const file of files) found.files.push(file); // spread, they would be too many for one call
    for (const warning of warnings) found.warnings.push(warning);
  }
  return found;
}

async function findInEntry(folder: string, entry: Dirent, without?: string): Promise<Found> {
  const { name } = entry;
  const file = path.join(folder, name);
  const isFolder = entry.isDirectory();
  if (isFolder && (LEFT_OUT.test(name) || file === without)) return { files: [], warnings: [] };
  const inside: Found = isFolder
    ? await findInFolder(file, without)
    : isTheirs(name, ZIP)
      ? await studentsZip(fileOnDisk(file))
      : { files: [], warnings: isTheirs(name, ARCHIVE) ? [notRead(file)] : [] };
  if (inside.files.length > 0 || !isTheirs(name, NOTEBOOK)) return inside;
  return { files: [fileOnDisk(file)], warnings: inside.warnings };
}

/** What lies in a folder, beside what students handed in. */
export function folderContents(folder: string): Contents {
  return {
    folders: () =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name),
    text(name) {
      return plainText(path.join(folder, name), LARGEST * 2 ** 20);
    },
    get above() {
      return folderContents(path.dirname(folder));
    },
  };
}

/** A file that lies there, with all its name in a folder of the disk. */
export function fileOnDisk(file: string): FoundFile {
  return {
    shown: slashed(file),
    called: slashed(file),
    read: async () => readSubmission(file),
    changed: () => timeOfChange(file),
  };
}

function timeOfChange(file: string): ReturnType<FoundFile["changed"]> {
  const at = lstatSync(file, { throwIfNoEntry: false })?.mtime.toISOString();
  return at === undefined ? undefined : { at, foundIn: "the file's time of change" };
}

/** Whether it is named so, and not hidden: macOS leaves `._ada.ipynb` behind. */
function isTheirs(name: string, kind: RegExp): boolean {
  return kind.test(name) && !name.startsWith(".");
}

function notRead(file: string): string {
  return `${slashed(file)} is an archive of a kind that is not read: unpack it.`;
}
