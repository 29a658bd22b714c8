import path from "node:path";
import type { Student } from "../../report";
import { lessonByName } from "../lessonOf";
import { lessonNamedIn } from "../lessonNames";
import type { Layout, Placed } from "./Layout";
import { nameBeside } from "./names";

const IN_FOLDER = "the folder's name";
const IN_FILE = "the file's name";

/**
 * Files and folders that an instructor has put together. Where there are folders, the first that is not named after a
 * lesson names the student: what lies further in is the student's own. Only where every one of them holds several
 * notebooks of one lesson, each with a name of its own, are they groups.
 */
export function plain(all: readonly Placed[]): Layout {
  const folders = new Map<string, Placed[]>();
  for (const placed of all) {
    const [first] = foldersOf(placed);
    if (first !== undefined) folders.set(first, [...(folders.get(first) ?? []), placed]);
  }
  if (folders.size === 0) return files;
  return [...folders.values()].every(isGroup) ? groups : foldersOfStudents;
}

/** All that was found is one student's, whatever it is called: the folder that was named says whose. */
export const oneStudent: Layout = {
  name: "student",
  whose: ({ place }) => ({ id: path.posix.basename(place) || "unknown", foundIn: IN_FOLDER }),
};

export const files: Layout = { name: "files", whose: ({ below, place }) => byFile(below, place) };

export const groups: Layout = {
  name: "groups",
  whose: (placed) => byFile(placed.below, placed.place),
};

export const foldersOfStudents: Layout = {
  name: "folders",
  whose: (placed) => {
    const [folder] = foldersOf(placed);
    if (folder !== undefined) return { id: folder, foundIn: IN_FOLDER };
    return byFile(placed.below, placed.place);
  },
};

/** The folders from the place to the file that are not named after a lesson. */
function foldersOf({ below }: Placed): string[] {
  return below.slice(0, -1).filter((name) => lessonNamedIn(name) === undefined);
}

function byFile(below: readonly string[], place: string): Student {
  const inFile = nameBeside(below.at(-1)!);
  if (inFile) return { id: inFile, foundIn: IN_FILE };
  const above = [...place.split("/"), ...below.slice(0, -1)];
  const named = above.filter((name) => name !== "" && lessonNamedIn(name) === undefined).at(-1);
  return { id: named ?? "unknown", foundIn: IN_FOLDER };
}

function isGroup(inside: readonly Placed[]): boolean {
  const lessons = inside.map(({ below }) => lessonByName(below.at(-1)!) ?? "");
  const severalOfOne = lessons.some((lesson, i) => lessons.indexOf(lesson) < i);
  const allNamed = inside.every(
    (placed) => foldersOf(placed).length === 1 && nameBeside(placed.below.at(-1)!) !== undefined,
  );
  return severalOfOne && allNamed;
}
