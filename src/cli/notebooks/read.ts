import fs from "node:fs";
import { exercisesOf } from "../../exercises";
import { type ExerciseCells, type ExpandedLesson, expandLesson } from "./expand";
import type { Lesson } from "./lessons";
import type { Notebook } from "./notebook";
import { runPython } from "./python";

/** Reads lessons through Jupytext, in one call of Python, and expands their exercises. */
export async function readLessons(
  lessons: readonly Lesson[],
  exercisesFor: (lesson: string) => readonly ExerciseCells[] = exercisesOf,
): Promise<ExpandedLesson[]> {
  let printed = "";
  await runPython("read_lessons.py", {
    args: lessons.map(({ source }) => source),
    onLine: (line) => (printed += line),
  });
  const notebooks = JSON.parse(printed) as Notebook[];
  return lessons.map(({ name, source }, i) =>
    expandLesson(name, notebooks[i], fs.readFileSync(source, "utf8"), exercisesFor(name)),
  );
}
