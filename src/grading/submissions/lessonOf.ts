import { exercisesOf } from "../../exercises";
import { lessonNames } from "../../project";
import { type NotebookFile, UnreadableNotebook } from "../../sources";
import { lessonNamedIn, lessonNumberIn, lessonOfNumber } from "./lessonNames";

/** Which lessons a notebook is graded for. */
export interface FoundLessons {
  /** Several, where two lessons were put into one file; none, where nothing says it. */
  lessons: string[];
  /** The one that it is handed in as: that which its name says, or else that of most checks. */
  main: string | undefined;
  /** What the instructor should look at: the file's name says another lesson than its cells. */
  warning?: string;
}

/** This many exercises of a second lesson, or a third of all that it has, make it a lesson of its own in the file. */
const ENOUGH = 2;
const FRACTION = 1 / 3;

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
    return { lessons: byNames === undefined ? [] : [byNames], main: byNames };
  }
  const [most] = inside;
  const lessons = [...inside].sort();
  if (named === undefined || inside.includes(named)) return { lessons, main: named ?? most };
  return {
    lessons,
    main: most,
    warning: `${file} is named as ${named}, but checks exercises of ${lessons.join(" and ")}: it was graded as that.`,
  };
}

/**
 * The instructor's word, or what the file says. Of a file that cannot be read its name alone can say it.
 *
 * @param wanted one, which every file then is that does not plainly say another, or several, of which each file says which
 */
export function lessonsIn(
  file: string,
  notebook: NotebookFile | UnreadableNotebook,
  wanted: readonly string[] = [],
): FoundLessons {
  const [only, ...more] = wanted;
  const isUnreadable = notebook instanceof UnreadableNotebook;
  if (only !== undefined && more.length === 0)
    return !isUnreadable && isOfOthers(only, notebook)
      ? { lessons: [], main: undefined }
      : { lessons: [only], main: only };
  const said = isUnreadable ? lessonByName(file) : undefined;
  const found = isUnreadable
    ? { lessons: said === undefined ? [] : [said], main: said }
    : lessonsOf(file, notebook);
  if (wanted.length === 0) return found;
  return { ...found, lessons: found.lessons.filter((lesson) => wanted.includes(lesson)) };
}

/**
 * Whether a notebook checks exercises of other lessons, and neither checks one of this lesson nor declares its function: the
 * next week's notebook beside that which is graded.
 */
function isOfOthers(
  lesson: string,
  { checked, declared }: Pick<NotebookFile, "checked" | "declared">,
): boolean {
  const exercises = exercisesOf(lesson);
  const isOfIt = ({ id, entry }: (typeof exercises)[number]): boolean =>
    checked.includes(id) || declared.includes(entry);
  return byChecks(checked, undefined).length > 0 && !exercises.some(isOfIt);
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

/** The lesson most of whose exercises the notebook checks, first, others of which it checks many, and that which its name says. */
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
      const enough = Math.max(ENOUGH, Math.ceil(FRACTION * exercisesOf(lesson).length));
      return count === most || count >= enough || lesson === named;
    })
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .map(([lesson]) => lesson);
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
