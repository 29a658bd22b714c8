import path from "node:path";
import type { Student } from "../report";
import { lessonNamedIn } from "./lessonOf";

/** nbgrader's folders: submitted/ada/05-pooling/05-pooling.ipynb. */
export const NBGRADER = /(?:^|\/)(?:submitted|autograded)\/([^/]+)\/[^/]+\/[^/]+$/;

/** What a way to hand in calls its files: each of these names the student. */
const PLATFORMS: { pattern: RegExp; foundIn: string }[] = [
  // Moodle: a folder or a file a student, "Ada Lovelace_12345_assignsubmission_file_..."
  { pattern: /(?:^|\/)([^/]+_\d+)_assignsubmission_file/, foundIn: "Moodle's name" },
  { pattern: NBGRADER, foundIn: "nbgrader's folder" },
  // Canvas: a file a student, "lovelaceada_LATE_12345_67890_05-pooling.ipynb"
  { pattern: /(?:^|\/)([^/_]+)_(?:LATE_)?(\d+)_\d+_[^/]+$/, foundIn: "Canvas's name" },
];

/**
 * Who handed in a notebook, from where it lies. What the platforms name, they name; apart from that, a folder
 * names its student, unless several notebooks of one lesson lie in it: then the files do.
 *
 * @param file the whole path, with forward slashes
 * @param root the folder that holds all that is graded
 * @param crowded whether a folder holds several notebooks of one lesson
 */
export function studentOf(
  file: string,
  root: string,
  crowded: (folder: string) => boolean,
): Student {
  for (const { pattern, foundIn } of PLATFORMS) {
    const found = pattern.exec(file);
    if (found) return { id: found.slice(1).join("_"), foundIn };
  }
  const below = path.posix.relative(root, path.posix.dirname(file));
  const folders = below.split("/").filter((name) => name !== "" && !namesLesson(name));
  const inFile = nameBeside(file);
  const folder = path.posix.dirname(file);
  if (folders.length > 0 && !(inFile && crowded(folder)))
    return { id: folders[0], foundIn: "the folder's name" };
  if (inFile) return { id: inFile, foundIn: "the file's name" };
  const parent = folder
    .split("/")
    .filter((name) => name !== "" && !namesLesson(name))
    .at(-1);
  return { id: parent ?? "unknown", foundIn: "the folder's name" };
}

function namesLesson(folder: string): boolean {
  return lessonNamedIn(folder) !== undefined;
}

/** What stands beside the lesson in a file's name, without the marks of copies: `ada` of `ada_05-pooling (1).ipynb`. */
export function nameBeside(file: string): string | undefined {
  const stem = path.parse(file).name;
  const lesson = lessonNamedIn(stem);
  const withoutLesson = lesson
    ? stem.replace(new RegExp(`(?<!\\d)${lesson}`, "i"), "/")
    : stem.replace(/^\d\d(?!\d)/, "/");
  const [before, after] = withoutLesson.includes("/") ? withoutLesson.split("/") : [stem, ""];
  return trimmed(before) ?? trimmed(after);
}

/** Without separators at its ends and copy marks: ` (1)`, `-2`, `-Copy1`, `.2026-11-22_05-27-01`. */
function trimmed(text: string): string | undefined {
  const name = text
    .replace(/\.\d{4}-\d\d-\d\d[_T\d-]*$/, "")
    .replace(/([ _-]?\(\d+\)|-Copy\d*|[ _-]\d{1,2})$/i, "")
    .replace(/^[\s_.-]+|[\s_.-]+$/g, "");
  return name === "" ? undefined : name;
}
