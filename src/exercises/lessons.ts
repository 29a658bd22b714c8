import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { ArgumentError } from "../tensor";
import { type Exercise } from "./Exercise";

/** The folder of this course: two levels above the compiled file, whatever folder the notebook runs in. */
export const courseRoot = resolve(__dirname, "..", "..");

const lessonFolders = join(courseRoot, "lessons");
const compiledLessons = join(courseRoot, "build", "lessons");

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

/** The exercises of a lesson, in the order in which its `exercises.ts` names them. */
export function exercisesOf(lesson: string): Exercise[] {
  const name = lessonName(lesson);
  const file = join(compiledLessons, name, "exercises.js");
  if (!existsSync(file)) {
    if (!existsSync(join(lessonFolders, name, "exercises.ts"))) return [];
    throw new Error(
      `The exercises of lesson ${name} are not built. Run npm start, or npm run build.`,
    );
  }
  const exported = Object.values(require(file) as Record<string, unknown>);
  return exported.filter(isExercise).filter((exercise) => name.startsWith(exercise.lesson));
}

/** One exercise by its id. */
export function exerciseById(call: string, id: string): Exercise {
  const number = /^(\d\d)\./.exec(id)?.[1];
  const known =
    number && lessonNames().some((name) => name.startsWith(`${number}-`))
      ? exercisesOf(number)
      : [];
  const found = known.find((exercise) => exercise.id === id);
  if (found) return found;
  const expected =
    known.length > 0
      ? `one of ${known.map((exercise) => exercise.id).join(", ")}`
      : `an exercise's id, like "02.zeroPad"`;
  throw new ArgumentError({ call, argument: "id", expected, received: id });
}

function isExercise(value: unknown): value is Exercise {
  return (
    typeof value === "object" && value !== null && "starter" in value && "wrongAnswers" in value
  );
}
