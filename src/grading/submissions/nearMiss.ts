import type { NotebookFile } from "./readNotebook";

/**
 * What looks like a function that no cell declares at its top level, told to whoever wrote it: it stands in a text
 * cell, inside something else, or under a name that differs in its capitals.
 */
export function nearMiss(entry: string, { cells, others }: NotebookFile): string[] {
  const declaring = (flags: string): RegExp =>
    new RegExp(`\\b(?:function\\s*\\*?|const|let|var|class)\\s+(${entry})\\b`, flags);
  const inText = others.find(({ text }) => declaring("").test(text));
  if (inText) return [`${entry} stands in ${inText.origin}, which is no code cell: make it one.`];
  const nested = cells.find(({ text }) => declaring("").test(text));
  if (nested)
    return [
      `${entry} stands in ${nested.origin} inside something else: declare it at the top level.`,
    ];
  for (const { origin, text } of cells) {
    const other = declaring("i").exec(text)?.[1];
    if (other !== undefined) return [`${origin} declares ${other}: call it ${entry}.`];
  }
  const importing = new RegExp(`^\\s*import\\b[^;]*\\b${entry}\\b`, "m");
  const imported = cells.find(({ text }) => importing.test(text));
  if (imported) return [`${entry} is imported in ${imported.origin}: declare one of your own.`];
  return [];
}
