import fs from "node:fs";
import path from "node:path";
import { inProject } from "../../project";

/** A lesson's places. */
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

/** Those of the lessons that are asked for, by number (`02`, `2`) or name (`02-padding`, `padding`); all when none is. */
export function selectLessons(lessons: readonly Lesson[], wanted: readonly string[]): Lesson[] {
  if (wanted.length === 0) return [...lessons];
  return wanted.map((word) => {
    const lesson = lessons.find(
      ({ name }) =>
        name === word || name.slice(3) === word || name.slice(0, 2) === word.padStart(2, "0"),
    );
    if (lesson) return lesson;
    const known = lessons.map(({ name }) => name).join(", ") || "none yet";
    throw new Error(`There is no lesson "${word}". The lessons are: ${known}.`);
  });
}
