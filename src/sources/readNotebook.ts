import { createHash } from "node:crypto";
import type { SourceText } from "./types";

/** A notebook file as the grader needs it. */
export interface NotebookFile {
  /** Its code cells, in order. `origin` counts all cells from 1, text included: `"cell 12"`. */
  cells: SourceText[];
  /** The other cells, of text. */
  others: SourceText[];
  /** Of the code cells alone, in hexadecimal: the same whatever the outputs are. */
  codeHash: string;
  /** The ids of the exercises that it checks, each once: `"05.poolForward"`. */
  checked: string[];
  /** Names of functions that it declares somewhere, each once. */
  declared: string[];
}

/** A file that is no notebook. The message is for whoever handed it in. */
export class UnreadableNotebook extends Error {
  override name = "UnreadableNotebook";
}

/**
 * Reads the code cells of a notebook (nbformat 4.0 to 4.5), whatever editor wrote it.
 *
 * @throws UnreadableNotebook which says what is wrong with it
 */
export function readNotebook(text: string): NotebookFile {
  const cells: SourceText[] = [];
  const others: SourceText[] = [];
  const checked = new Set<string>();
  const declared = new Set<string>();
  for (const [i, cell] of cellsIn(text).entries()) {
    const origin = `cell ${i + 1}`;
    const source = { origin, text: sourceOf(cell, origin) };
    if (cell.cell_type !== "code") {
      others.push(source);
      continue;
    }
    cells.push(hasFailed(cell) ? { ...source, failed: true } : source);
    collect(CHECK, source.text, checked);
    collect(FUNCTION, source.text, declared);
  }
  const codeHash = hashOf(cells);
  return { cells, others, codeHash, checked: [...checked], declared: [...declared] };
}

interface Cell {
  cell_type?: unknown;
  source?: unknown;
  outputs?: unknown;
}

function hasFailed({ outputs }: Cell): boolean {
  if (!Array.isArray(outputs)) return false;
  return outputs.some(
    (output: { output_type?: unknown } | null) => output?.output_type === "error",
  );
}

/** A check, where it stands in no comment and no text: these are taken whole. */
const CHECK =
  /\/\/.*|\/\*[^]*?(?:\*\/|$)|\bcheck\(\s*["'`](\d\d\.\w{1,100})["'`]|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?|`[^`\\]*(?:\\[^][^`\\]*)*`?/g;
const FUNCTION = /\bfunction (\w{1,100})/g;
/** More names than any lesson has exercises. */
const MOST_NAMES = 1000;

function collect(pattern: RegExp, text: string, names: Set<string>): void {
  for (const [, name] of text.matchAll(pattern)) {
    if (name !== undefined && names.size < MOST_NAMES) names.add(name);
  }
}

/** Texts, lists and records in one file. A file of nothing but brackets would take gigabytes. */
const MOST_PARTS = 4_000_000;
const MOST_CELLS = 10_000;

function cellsIn(text: string): Cell[] {
  if (partsOf(text) > MOST_PARTS)
    throw new UnreadableNotebook(`This is no notebook: it has more than ${MOST_PARTS} parts.`);
  let notebook: { cells?: unknown; worksheets?: unknown } | null;
  try {
    notebook = JSON.parse(text.replace(/^\uFEFF/, "")) as typeof notebook; // some editors write a byte order mark
  } catch {
    const cause = text.trim() === "" ? "it is empty" : "it is not JSON";
    throw new UnreadableNotebook(
      `This is no notebook: ${cause}. Was it cut off while it was saved, or compressed?`,
    );
  }
  if (notebook && Array.isArray(notebook.worksheets))
    throw new UnreadableNotebook(
      "This notebook has the format of before 2015 (nbformat 3): open it in Jupyter and save it.",
    );
  if (!notebook || !Array.isArray(notebook.cells))
    throw new UnreadableNotebook("This is no notebook: it has no list of cells.");
  if (notebook.cells.length > MOST_CELLS)
    throw new UnreadableNotebook(`This is no notebook: it has more than ${MOST_CELLS} cells.`);
  return notebook.cells.filter((cell) => typeof cell === "object" && cell !== null) as Cell[];
}

/** Counts what a parser will have to make, without making it. */
function partsOf(text: string): number {
  if (text.length < MOST_PARTS) return 0;
  let parts = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === "[" || character === "{" || character === '"') parts++;
    if (character === '"') while (++i < text.length && text[i] !== '"') if (text[i] === "\\") i++;
  }
  return parts;
}

/** nbformat stores a cell as one string or as a list of lines. */
function sourceOf({ source }: Cell, origin: string): string {
  const lines: unknown[] = Array.isArray(source) ? source : [source ?? ""];
  if (lines.every((line) => typeof line === "string")) return lines.join("");
  throw new UnreadableNotebook(`This is no notebook: the source of ${origin} is no text.`);
}

function hashOf(cells: readonly SourceText[]): string {
  return createHash("sha256")
    .update(JSON.stringify(cells.map(({ text }) => text)))
    .digest("hex");
}
