import { lessonName, lessonNames } from "../../project";

/**
 * The lesson that a notebook belongs to: by its file's name, `ada_05-pooling (1).ipynb` or `05.ipynb`; by the
 * nearest folder that names one; at last by the checks in its text.
 *
 * @param path with forward slashes
 * @param text the notebook, when it could be read
 */
export function lessonOf(path: string, text = ""): string | undefined {
  const parts = path.split("/").reverse();
  for (const part of parts) {
    const named = lessonNamedIn(part);
    if (named) return named;
  }
  return byNumber(parts[0]) ?? byChecks(text);
}

/**
 * The lesson that an instructor names by its number or name. A spreadsheet makes `5` of `05`.
 *
 * @param where what it is called where it is written, for messages: `"--lesson"`
 * @throws Error when there is no such lesson
 */
export function lessonNamed(text: string, where: string): string {
  try {
    return lessonName(text.replace(/^\d$/, "0$&"));
  } catch {
    const names = lessonNames().join(", ");
    throw new Error(
      `${where} must be the number or name of a lesson (${names}), but is "${text}".`,
    );
  }
}

/** The lesson whose whole name stands in a text, `05-pooling` in `ada_05-pooling.ipynb`. */
export function lessonNamedIn(text: string): string | undefined {
  return lessonNames().find((name) => new RegExp(`(?<!\\d)${name}(?![a-z])`, "i").test(text));
}

function byNumber(text: string): string | undefined {
  const number = /^\d\d(?!\d)/.exec(text)?.[0];
  return number && lessonNames().find((name) => name.startsWith(`${number}-`));
}

/** The lesson most of whose exercises the notebook checks. */
function byChecks(text: string): string | undefined {
  const counts = new Map<string, number>();
  for (const [, number] of text.matchAll(/\bcheck\(\\?["'`](\d\d)\.\w/g))
    counts.set(number, (counts.get(number) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most && byNumber(most[0]);
}
