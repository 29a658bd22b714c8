import type { Student, Submitted } from "../../report";
import type { Contents } from "../files/FoundFile";

/** How a class's files lie. One layout holds for all that is graded in one run, and the report says which. */
export type LayoutName =
  "student" | "files" | "folders" | "groups" | "moodle" | "canvas" | "nbgrader" | "gradescope";

/** The same in words, for the report. */
export const LAYOUTS: Record<LayoutName, string> = {
  student: "all is one student's",
  files: "a file a student, whose name stands in the file's",
  folders: "a folder a student",
  groups: "folders of groups, and a file a student in each",
  moodle: "Moodle's names",
  canvas: "Canvas's names",
  nbgrader: "nbgrader's folders",
  gradescope: "Gradescope's metadata",
};

/** A notebook with the folder that it was found below. */
export interface LocatedFile {
  /** Absolute. */
  file: string;
  /** Absolute: what the instructor named. All above it is the instructor's, the first name below it the platform's. */
  root: string;
  /** The names from the root to the file, the file's own last. */
  below: readonly string[];
  /** What lies in the root besides. */
  contents: Contents;
}

export interface Layout {
  name: LayoutName;
  whose(located: LocatedFile): Student;
  /** When it was handed in, where the platform wrote that down beside the student's files. */
  submitted?(located: LocatedFile): Submitted | undefined;
}

/** Whether most of what lies on the first level is named so. A single file of the instructor's is no reason to doubt. */
export function mostly<T>(items: readonly T[], holds: (item: T) => boolean): boolean {
  return items.length > 0 && 2 * items.filter(holds).length > items.length;
}

/** The first names below the roots, each once: students cannot add to them. */
export function firstNames(all: readonly LocatedFile[]): string[] {
  return [...new Set(all.map(({ root, below }) => JSON.stringify([root, below[0]])))].map(
    (key) => (JSON.parse(key) as string[])[1],
  );
}
