import path from "node:path";
import { exerciseById } from "../../exercises";
import { makeFolder, replaceFile } from "../../project";
import type { ClassCode } from "./codesOf";
import { compareClass } from "./compareClass";
import { similarityHtml } from "./html";
import { similarityText } from "./text";

/**
 * Compares a class, lesson by lesson, and writes a page for each: `similarity-05-pooling.html`.
 *
 * @param folder where the pages go; none are written when it is left out
 * @returns the pages, and what to say in a terminal
 */
export async function compareLessons(
  codes: ClassCode,
  folder?: string,
): Promise<{ files: string[]; text: string }> {
  const starterOf = (id: string): string => exerciseById("compareLessons", id).starter;
  const files: string[] = [];
  const texts: string[] = [];
  for (const [lesson, students] of [...codes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const similarity = compareClass(students, starterOf);
    texts.push(similarityText(lesson, similarity));
    if (folder === undefined) continue;
    makeFolder(folder);
    const file = path.join(folder, `similarity-${lesson}.html`);
    await replaceFile(file, similarityHtml(lesson, similarity, starterOf));
    files.push(file);
  }
  return { files, text: texts.join("\n") };
}
