import fs from "node:fs";
import path from "node:path";
import { findLesson, inProject, noSuchLesson } from "../../project";

/** A lesson's paths. */
export interface Lesson {
  /** `02-padding` */
  name: string;
  /** `lessons/02-padding/lesson.md` */
  source: string;
  /** `notebooks/02-padding.ipynb` */
  notebook: string;
}

/** The lessons in a folder, in order: every sub-folder `NN-name` that has a `lesson.md`. */
export function findLessons(
  folder = inProject("lessons"),
  notebooks = inProject("notebooks"),
): Lesson[] {
  return fs
    .readdirSync(folder)
    .filter((name) => /^\d\d-/.test(name))
    .map((name) => ({
      name,
      source: path.join(folder, name, "lesson.md"),
      notebook: path.join(notebooks, `${name}.ipynb`),
    }))
    .filter((lesson) => fs.existsSync(lesson.source))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Those of the lessons that are asked for, as `findLesson` understands them; all when none is. */
export function selectLessons(lessons: readonly Lesson[], wanted: readonly string[]): Lesson[] {
  if (wanted.length === 0) return [...lessons];
  const names = lessons.map(({ name }) => name);
  return wanted.map((word) => {
    const found = findLesson(word, names);
    if (found === undefined) throw new Error(noSuchLesson(word, names));
    return lessons[names.indexOf(found)];
  });
}
