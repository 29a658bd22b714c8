import fs from "node:fs";
import path from "node:path";
import { copyLesson, type LessonFolders, lessonFolders, lessonNotebooks } from "./lessonCopies";
import { findLesson, noSuchLesson } from "../project";
import { Problem } from "./Problem";

/**
 * Gives the learner a fresh copy of a lesson. What they had is kept beside it, under a name with the time.
 *
 * @param lesson number or name: "02", "02-padding", "work/02-padding.ipynb"
 * @returns the paths of the fresh copy and of what was kept
 * @throws Problem when there is no such lesson
 */
export function resetLesson(
  lesson: string,
  folders: LessonFolders = lessonFolders,
  now = new Date(),
): { fresh: string; kept: string | undefined } {
  const notebook = findNotebook(lesson, folders);
  const fresh = path.join(folders.learner, notebook);
  const kept = fs.existsSync(fresh) ? keepCopy(fresh, now) : undefined;
  copyLesson(notebook, folders);
  return { fresh, kept };
}

function findNotebook(lesson: string, folders: LessonFolders): string {
  const names = lessonNotebooks(folders).map((file) => path.basename(file, ".ipynb"));
  const found = findLesson(lesson, names);
  if (found === undefined) throw new Problem(noSuchLesson(lesson, names));
  return `${found}.ipynb`;
}

/** Copies a file to a name that nothing has yet: two resets within one second keep two copies. */
function keepCopy(file: string, now: Date): string {
  const { dir, name, ext } = path.parse(file);
  const time = localTime(now);
  for (let attempt = 1; ; attempt++) {
    const kept = path.join(dir, `${name}.${time}${attempt === 1 ? "" : `-${attempt}`}${ext}`);
    try {
      fs.copyFileSync(file, kept, fs.constants.COPYFILE_EXCL);
      return kept;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** "2026-11-22_03-25-22", by the clock on the learner's wall. */
function localTime(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace("T", "_").replaceAll(":", "-");
}
