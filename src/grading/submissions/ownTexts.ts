import { existsSync, readFileSync } from "node:fs";
import { inProject } from "../../project";
import { type NotebookFile, readNotebook } from "../../sources";

/** Of one notebook, in characters. */
const LONGEST = 64 * 1024;
const known = new Map<string, ReadonlySet<string>>();

/**
 * What a student wrote in text cells: those that do not stand so in the lesson's own notebook, an answer below a question
 * or a changed cell.
 *
 * @param lesson `"05-pooling"`
 */
export function ownTexts({ others }: NotebookFile, lesson: string): string[] {
  let ours = known.get(lesson);
  if (!ours) known.set(lesson, (ours = textsOf(lesson)));
  let left = LONGEST;
  const texts: string[] = [];
  for (const { text } of others) {
    if (ours.has(folded(text)) || left <= 0) continue;
    texts.push(text.slice(0, left));
    left -= text.length;
  }
  return texts;
}

function textsOf(lesson: string): ReadonlySet<string> {
  const file = inProject("notebooks", `${lesson}.ipynb`);
  const { others } = existsSync(file) ? readNotebook(readFileSync(file, "utf8")) : { others: [] };
  return new Set(["", ...others.map(({ text }) => folded(text))]);
}

/** Editors differ in blanks and line ends. */
function folded(text: string): string {
  return text.split(/\s+/).join(" ").trim();
}
