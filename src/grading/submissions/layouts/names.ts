import path from "node:path";
import { lessonNamedIn, lessonNumberIn } from "../lessonNames";

/** What stands beside the lesson in a file's name, without the marks of copies: `ada` of `ada_05-pooling (1).ipynb`. */
export function nameBeside(file: string): string | undefined {
  const stem = withoutCopyMarks(path.parse(file).name);
  const lesson = lessonNamedIn(stem) ?? lessonNumberIn(stem);
  const at = lesson === undefined ? -1 : stem.toLowerCase().indexOf(lesson.toLowerCase());
  if (lesson === undefined || at === -1) return trimmed(stem);
  const after = stem.slice(at + lesson.length).replace(/^-\d{1,2}$/, ""); // as a platform numbers later versions
  return trimmed(stem.slice(0, at)) ?? trimmed(after);
}

/** Without what browsers, Jupyter and clocks add to a name: ` (1)`, `-Copy1`, `.2026-11-22_05-27-01`. */
function withoutCopyMarks(stem: string): string {
  return stem
    .replace(/\.\d{4}-\d\d-\d\d[_T\d-]{0,20}$/, "")
    .replace(/[ _-]?\(\d{1,3}\)$/, "")
    .replace(/-Copy\d{0,3}$/i, "");
}

const SEPARATORS = new Set(" \t_.-");

/** Without separators at its ends; undefined when nothing is left. */
function trimmed(text: string): string | undefined {
  let [start, end] = [0, text.length];
  while (start < end && SEPARATORS.has(text[start])) start++;
  while (end > start && SEPARATORS.has(text[end - 1])) end--;
  return start === end ? undefined : text.slice(start, end);
}
