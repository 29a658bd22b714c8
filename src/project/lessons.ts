import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ArgumentError, nearest } from "../tensor";
import { inProject } from "./paths";

const lessonFolders = inProject("lessons");

/** The names of all lessons, in order: `["00-start-here", "01-edges", ...]`. */
export function lessonNames(): string[] {
  if (!existsSync(lessonFolders))
    throw new Error(
      "The lessons are not here: the installed package is the library. They, and their exercises, come with a checkout of the course.",
    );
  return readdirSync(lessonFolders, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/**
 * The lesson that a text means, one way for all commands: its number (`2`, `02`), its name with or without the number
 * (`02-padding`, `Padding`), or the path of its notebook or of a copy (`work/02-padding (1).ipynb`).
 *
 * @param names of the lessons that there are
 */
export function findLesson(
  text: string,
  names: readonly string[] = lessonNames(),
): string | undefined {
  const wanted = basename(text.trim())
    .replace(/\.(ipynb|md)$/i, "")
    .toLowerCase();
  const number = /^\d\d?(?![\da-z])/.exec(wanted)?.[0].padStart(2, "0");
  const words = wanted.replaceAll(/[ _]/g, "-");
  return names.find((name) =>
    number === undefined ? name.slice(3) === words : name.startsWith(`${number}-`),
  );
}

/** What to say where `findLesson` finds none. */
export function noSuchLesson(text: string, names: readonly string[] = lessonNames()): string {
  const near = nearest(text.toLowerCase(), names, (name) => name.slice(3))[0];
  const list = names.length > 0 ? `There are: ${names.join(", ")}.` : "There are no lessons yet.";
  return `There is no lesson "${text}". ${near ? `Did you mean ${near}? ` : ""}${list}`;
}

/** `findLesson`, or an error that lists the lessons. */
export function lessonName(lesson: string): string {
  const name = findLesson(lesson);
  if (name) return name;
  const expected = `the number or name of a lesson (${lessonNames().join(", ")})`;
  throw new ArgumentError({ call: "lessonName", argument: "lesson", expected, received: lesson });
}

/** The folder with the sources of a lesson. */
export function lessonFolder(lesson: string): string {
  return join(lessonFolders, lessonName(lesson));
}
