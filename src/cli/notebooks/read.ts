import fs from "node:fs";
import { type ExerciseCells, type ExpandedLesson, expandLesson } from "./expand";
import type { Lesson } from "./lessons";
import type { Notebook } from "./notebook";
import { runPython } from "./python";

/** Reads lessons through Jupytext, in one call of Python, and expands their exercises. */
export async function readLessons(lessons: readonly Lesson[]): Promise<ExpandedLesson[]> {
  let printed = "";
  await runPython("read_lessons.py", {
    args: lessons.map(({ source }) => source),
    onLine: (line) => (printed += line),
  });
  const notebooks = JSON.parse(printed) as Notebook[];
  return lessons.map((lesson, i) =>
    expandLesson(
      lesson.name,
      notebooks[i],
      fs.readFileSync(lesson.source, "utf8"),
      exercisesOf(lesson),
    ),
  );
}

/** The exercises that a lesson's module exports, singly or in arrays, in the order of definition. */
export function exercisesOf(lesson: Lesson): ExerciseCells[] {
  if (!fs.existsSync(lesson.exercises)) return [];
  const exported = Object.values(require(lesson.exercises) as object).flat() as unknown[];
  return [...new Set(exported.filter(isExercise))];
}

function isExercise(value: unknown): value is ExerciseCells {
  const { id, entry, starter } = (value ?? {}) as Partial<ExerciseCells>;
  return [id, entry, starter].every((part) => typeof part === "string");
}
