import { existsSync } from "node:fs";
import { join } from "node:path";
import { inProject, lessonFolder, lessonName, lessonNames } from "../project";
import { ArgumentError } from "../tensor";
import { type Exercise } from "./Exercise";

const compiledLessons = inProject("build", "lessons");

/** The exercises of a lesson, in the order in which its `exercises.ts` names them. */
export function exercisesOf(lesson: string): Exercise[] {
  const name = lessonName(lesson);
  const file = join(compiledLessons, name, "exercises.js");
  if (!existsSync(file)) {
    if (!existsSync(join(lessonFolder(name), "exercises.ts"))) return [];
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
      : `an exercise's id, like "${ofThatName(id) ?? "02.zeroPad"}"`;
  throw new ArgumentError({ call, argument: "id", expected, received: id });
}

/** The exercise whose function is meant, where the lesson's number is missing or has one digit. */
function ofThatName(id: unknown): string | undefined {
  const name = /(?:^|\.)(\w+)$/.exec(typeof id === "string" ? id : "")?.[1]?.toLowerCase();
  const ids = lessonNames().flatMap((lesson) =>
    exercisesOf(lesson.slice(0, 2)).map((known) => known.id),
  );
  return ids.find((known) => known.slice("NN.".length).toLowerCase() === name);
}

function isExercise(value: unknown): value is Exercise {
  return (
    typeof value === "object" && value !== null && "starter" in value && "wrongAnswers" in value
  );
}
