import { exercisesOf } from "../../exercises";
import { lessonNames } from "../../project";
import type { NotebookFile } from "../../sources";
import { lessonNamedIn, lessonNumberIn, lessonOfNumber } from "./lessonNames";

/** Which lessons a notebook is graded for. */
export interface FoundLessons {
  /** Several, where two lessons were put into one file; none, where nothing says it. */
  lessons: string[];
  /** What the instructor should look at: the file's name says another lesson than its cells. */
  warning?: string;
}

/** So many exercises of a second lesson, or a third of all that it has, make it a lesson of its own in the file. */
const ENOUGH = 2;
const SHARE = 1 / 3;

/**
 * The lessons of a notebook. What it says itself counts first: the exercises that it checks, and where it checks none,
 * the functions that it declares. Its name, and those of the folders around it, say it where its cells do not.
 *
 * @param file with forward slashes
 */
export function lessonsOf(
  file: string,
  { checked, declared }: Pick<NotebookFile, "checked" | "declared">,
): FoundLessons {
  const named = lessonByName(file);
  const inside = byChecks(checked, named);
  if (inside.length === 0) {
    const byNames = named === undefined ? byDeclarations(declared) : named;
    return { lessons: byNames === undefined ? [] : [byNames] };
  }
  if (named === undefined || inside.includes(named)) return { lessons: inside };
  return {
    lessons: inside,
    warning: `${file} is named as ${named}, but checks exercises of ${inside.join(" and ")}: it was graded as that.`,
  };
}

/** By a file's name, `ada_05-pooling (1).ipynb` or `05.ipynb`, or by the nearest folder that names a lesson. */
export function lessonByName(file: string): string | undefined {
  const parts = file.split("/").reverse();
  for (const part of parts) {
    const named = lessonNamedIn(part);
    if (named) return named;
  }
  const number = lessonNumberIn(parts[0]);
  return number && lessonOfNumber(number);
}

/** The lesson most of whose exercises the notebook checks, others of which it checks many, and that which its name says. */
function byChecks(checked: readonly string[], named: string | undefined): string[] {
  const counts = new Map<string, number>();
  for (const id of checked) {
    const lesson = lessonOfNumber(id.slice(0, 2));
    if (lesson !== undefined && exercisesOf(lesson).some((exercise) => exercise.id === id))
      counts.set(lesson, (counts.get(lesson) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return [...counts]
    .filter(([lesson, count]) => {
      const enough = Math.max(ENOUGH, Math.ceil(SHARE * exercisesOf(lesson).length));
      return count === most || count >= enough || lesson === named;
    })
    .map(([lesson]) => lesson)
    .sort();
}

/** The one lesson most of whose functions the notebook declares: several may have a function of one name. */
function byDeclarations(declared: readonly string[]): string | undefined {
  const names = new Set(declared);
  const counts = lessonNames().map((lesson) => ({
    lesson,
    count: exercisesOf(lesson).filter(({ entry }) => names.has(entry)).length,
  }));
  const most = Math.max(...counts.map(({ count }) => count));
  const best = counts.filter(({ count }) => count === most);
  return most > 0 && best.length === 1 ? best[0].lesson : undefined;
}
