import { createHash } from "node:crypto";
import type { SourceText } from "../../sources";

/** A notebook file as the grader needs it. */
export interface NotebookFile {
  /** Its code cells, in order. `origin` counts all cells from 1, text included: `"cell 12"`. */
  cells: SourceText[];
  /** The other cells, of text. */
  others: SourceText[];
  /** Where random inputs come from if nothing else is asked for: made from the code alone, see `seedOf`. */
  seed: number;
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
  for (const [i, cell] of cellsIn(text).entries()) {
    const origin = `cell ${i + 1}`;
    const list = cell.cell_type === "code" ? cells : others;
    list.push({ origin, text: sourceOf(cell, origin) });
  }
  return { cells, others, seed: seedOf(cells) };
}

interface Cell {
  cell_type?: unknown;
  source?: unknown;
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

/**
 * A seed that nobody can choose: to change the code so that it fits the inputs changes the inputs. The same
 * code has the same seed, whatever its outputs, so that its mark does not depend on when it is graded.
 */
function seedOf(cells: readonly SourceText[]): number {
  const hash = createHash("sha256").update(JSON.stringify(cells.map(({ text }) => text)));
  return hash.digest().readUInt32LE(0) >>> 1; // 31 bits, which leaves room to count on from it
}
