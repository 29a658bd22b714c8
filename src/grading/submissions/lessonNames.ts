import { findLesson, lessonNames } from "../../project";

/**
 * The lesson that an instructor names by its number or name. A spreadsheet makes `5` of `05`.
 *
 * @param where what it is called where it is written, for messages: `"--lesson"`
 * @throws Error when there is no such lesson
 */
export function lessonNamed(text: string, where: string): string {
  const name = findLesson(text);
  if (name) return name;
  const names = lessonNames().join(", ");
  throw new Error(`${where} must be the number or name of a lesson (${names}), but is "${text}".`);
}

/** The lesson whose whole name stands in a text, `05-pooling` in `ada_05-pooling.ipynb`. */
export function lessonNamedIn(text: string): string | undefined {
  const folded = text.toLowerCase();
  return lessonNames().find((name) => {
    const at = folded.indexOf(name);
    if (at === -1) return false;
    const [before, after] = [folded[at - 1] ?? "", folded[at + name.length] ?? ""];
    return !/\d/.test(before) && !/[a-z]/.test(after);
  });
}

/** The number with which a name begins, `05` of `05 final.ipynb`, where it is a lesson's and no date's. */
export function lessonNumberIn(text: string): string | undefined {
  const number = /^\d\d(?!\d|[-_.]\d)/.exec(text)?.[0];
  return number !== undefined && lessonOfNumber(number) !== undefined ? number : undefined;
}

/** `05-pooling` of `05` */
export function lessonOfNumber(number: string): string | undefined {
  return lessonNames().find((name) => name.startsWith(`${number}-`));
}
