import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { cleanNotebook } from "./cleanNotebook";
import { inLearner, inProject } from "../project";

/** Where lessons are copied from and to. */
export interface LessonFolders {
  /** The course's notebooks, executed. */
  course: string;
  /** The learner's copies. */
  learner: string;
  /** A JSON file that remembers which version each copy was made from. */
  record: string;
}

export const lessonFolders: LessonFolders = lessonFoldersIn(inLearner());

/** The folders of a learner who keeps what is theirs in a given one. */
export function lessonFoldersIn(folder: string): LessonFolders {
  return {
    course: inProject("notebooks"),
    learner: path.join(folder, "work"),
    record: path.join(folder, ".convbook", "copies.json"),
  };
}

/** The file names of the course's notebooks, in the order of the lessons. */
export function lessonNotebooks({ course }: LessonFolders = lessonFolders): string[] {
  if (!fs.existsSync(course)) return [];
  return fs
    .readdirSync(course)
    .filter((file) => file.endsWith(".ipynb"))
    .sort();
}

/**
 * Gives the learner a copy, without outputs, of each lesson that they do not have. What is there already
 * is theirs and is never touched; where nothing is known of its origin, it is taken to be of this version.
 *
 * @returns the notebooks that were copied
 */
export function copyLessons(folders: LessonFolders = lessonFolders): string[] {
  const all = lessonNotebooks(folders);
  const missing = all.filter((notebook) => !isCopied(notebook, folders));
  for (const notebook of missing) copyLesson(notebook, folders);
  const record = readRecord(folders);
  for (const notebook of all.filter((notebook) => !record[notebook]))
    remember({ [notebook]: { copied: hash(courseText(notebook, folders)) } }, folders);
  return missing;
}

/** Puts a fresh copy of one lesson in place, in one step: a reader sees the old one or the new one, never half. */
export function copyLesson(notebook: string, folders: LessonFolders = lessonFolders): void {
  const text = courseText(notebook, folders);
  fs.mkdirSync(folders.learner, { recursive: true });
  replaceFile(path.join(folders.learner, notebook), text);
  remember({ [notebook]: { copied: hash(text) } }, folders);
}

/**
 * The lessons that the course has changed since the learner's copy was made: in their text or code, not
 * only in their outputs.
 */
export function changedLessons(folders: LessonFolders = lessonFolders): string[] {
  const record = readRecord(folders);
  return lessonNotebooks(folders).filter(
    (notebook) =>
      isCopied(notebook, folders) &&
      record[notebook] !== undefined &&
      record[notebook].copied !== hash(courseText(notebook, folders)),
  );
}

/** Those of the changed lessons that have not been announced to the learner in this version; from now on they have. */
export function newlyChangedLessons(folders: LessonFolders = lessonFolders): string[] {
  const record = readRecord(folders);
  const current = (notebook: string) => hash(courseText(notebook, folders));
  const unannounced = changedLessons(folders).filter(
    (notebook) => record[notebook].announced !== current(notebook),
  );
  const announced = unannounced.map((notebook) => [
    notebook,
    { ...record[notebook], announced: current(notebook) },
  ]);
  remember(Object.fromEntries(announced), folders);
  return unannounced;
}

function isCopied(notebook: string, { learner }: LessonFolders): boolean {
  return fs.existsSync(path.join(learner, notebook));
}

/** Replaces a file in one step. */
function replaceFile(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}.unfinished`;
  try {
    fs.writeFileSync(unfinished, text);
    fs.renameSync(unfinished, file);
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
}

function courseText(notebook: string, { course }: LessonFolders): string {
  return cleanNotebook(fs.readFileSync(path.join(course, notebook), "utf8"));
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Of each notebook, the hash of the course's version that was copied, and of the newer one last announced. */
type CopyRecord = Record<string, { copied: string; announced?: string }>;

function readRecord({ record }: LessonFolders): CopyRecord {
  try {
    return JSON.parse(fs.readFileSync(record, "utf8")) as CopyRecord;
  } catch {
    return {}; // no record yet, or a spoilt one: nothing is known of the copies, and nothing is lost
  }
}

function remember(entries: CopyRecord, folders: LessonFolders): void {
  if (Object.keys(entries).length === 0) return;
  fs.mkdirSync(path.dirname(folders.record), { recursive: true });
  const record = { ...readRecord(folders), ...entries };
  replaceFile(folders.record, `${JSON.stringify(record, undefined, 2)}\n`);
}
