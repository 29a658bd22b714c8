import path from "node:path";
import type { Student } from "../../report";
import { lessonByName } from "../lessonOf";
import { lessonNamedIn } from "../lessonNames";
import type { Layout, LocatedFile } from "./Layout";
import { someOf } from "../../someOf";
import { nameBeside } from "./names";

const IN_FOLDER = "the folder's name";
const IN_FILE = "the file's name";

/**
 * Files and folders that an instructor has put together. Where there are folders, the first that is not named after a
 * lesson names the student: what lies further in is the student's own. Folders of groups look the same, and only the
 * instructor can say that they are.
 */
export function plain(all: readonly LocatedFile[]): Layout {
  return folderMap(all).size === 0 ? files : foldersOfStudents;
}

/**
 * What the instructor should look at in a layout that nobody named: a student may have made it look so.
 *
 * @param isOneFile whether no folder was named, but a notebook itself
 */
export function doubtsAbout(
  { name }: Layout,
  all: readonly LocatedFile[],
  isOneFile: boolean,
): string[] {
  const folders = folderMap(all);
  if (name === "folders" && folders.size > 0 && [...folders.values()].every(isGroup))
    return [
      `Each folder (${someOf([...folders.keys()])}) counts as one student's, though it holds notebooks with names of their own: ` +
        "if they are groups, whose files name the students, say --layout groups.",
    ];
  const found = [...new Set(all.map((located) => files.whose(located).id))];
  const [root, ...others] = new Set(all.map((located) => located.root));
  const own = ownerOf(root);
  if (name !== "files" || others.length > 0) return [];
  if (found.length > 1 && found.includes(own))
    return [
      `${own} is a folder, and one of the ${found.length} students (${someOf(found)}) that the names of the files in it say: ` +
        "if all of it is theirs, say --layout student.",
    ];
  if (found.length === 1 && !isOneFile && found[0] !== own)
    return [
      `All that lies in the folder ${own} counts for ${found[0]}, whom the names of its files say: ` +
        `if it is a student's own folder, ${own} may have named them so; then say --layout student.`,
    ];
  return [];
}

function folderMap(all: readonly LocatedFile[]): Map<string, LocatedFile[]> {
  const folders = new Map<string, LocatedFile[]>();
  for (const located of all) {
    const [first] = foldersOf(located);
    if (first !== undefined) folders.set(first, [...(folders.get(first) ?? []), located]);
  }
  return folders;
}

/** All that was found is one student's, whatever it is called: the folder that was named says whose. */
export const oneStudent: Layout = {
  name: "student",
  whose: ({ root }) => ({ id: path.posix.basename(root) || "unknown", foundIn: IN_FOLDER }),
};

export const files: Layout = { name: "files", whose: ({ below, root }) => byFile(below, root) };

export const groups: Layout = {
  name: "groups",
  whose: (located) => byFile(located.below, located.root),
};

export const foldersOfStudents: Layout = {
  name: "folders",
  whose: (located) => {
    const [folder] = foldersOf(located);
    if (folder !== undefined) return { id: folder, foundIn: IN_FOLDER };
    return byFile(located.below, located.root);
  },
};

/** The folders from the root to the file that are not named after a lesson. */
function foldersOf({ below }: LocatedFile): string[] {
  return below.slice(0, -1).filter((name) => lessonNamedIn(name) === undefined);
}

function byFile(below: readonly string[], root: string): Student {
  const inFile = nameBeside(below.at(-1)!);
  if (inFile) return { id: inFile, foundIn: IN_FILE };
  return { id: ownerOf([root, ...below.slice(0, -1)].join("/")), foundIn: IN_FOLDER };
}

/** The last of a path's names that no lesson is called by. */
function ownerOf(folder: string): string {
  const names = folder.split("/").filter((name) => name !== "");
  return names.filter((name) => lessonNamedIn(name) === undefined).at(-1) ?? "unknown";
}

function isGroup(inside: readonly LocatedFile[]): boolean {
  return (
    inside.every((located) => foldersOf(located).length === 1) &&
    areOfSeveral(inside.map(({ below }) => below.at(-1)!))
  );
}

/** Whether notebooks look like several students': two are of one lesson, and each has a name beside the lesson's. */
export function areOfSeveral(names: readonly string[]): boolean {
  const lessons = names.map((name) => lessonByName(name) ?? "");
  const severalOfOne = lessons.some((lesson, i) => lessons.indexOf(lesson) < i);
  return severalOfOne && names.every((name) => nameBeside(name) !== undefined);
}
