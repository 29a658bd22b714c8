import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ArgumentError } from "../tensor";
import { inProject } from "./paths";

const lessonFolders = inProject("lessons");

/** The names of all lessons, in order: `["00-start-here", "01-edges", ...]`. */
export function lessonNames(): string[] {
  return readdirSync(lessonFolders, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/**
 * The full name of a lesson given by its number, its name or a notebook's path: `"02"` gives `"02-padding"`, and so
 * do copies of its notebook, `"work/02-padding (1).ipynb"`.
 */
export function lessonName(lesson: string): string {
  const number = /^\d\d(?!\d)/.exec(basename(lesson))?.[0];
  const name = lessonNames().find((candidate) => candidate.startsWith(`${number}-`));
  if (name) return name;
  const expected = `the number or name of a lesson (${lessonNames().join(", ")})`;
  throw new ArgumentError({ call: "lessonName", argument: "lesson", expected, received: lesson });
}

/** The folder with the sources of a lesson. */
export function lessonFolder(lesson: string): string {
  return join(lessonFolders, lessonName(lesson));
}
