import { readFileSync } from "node:fs";
import { ArgumentError } from "../tensor";
import type { SourceText } from "./extract";

/** The code cells of a notebook file (nbformat 4, whatever wrote it), in order. */
export function readCodeCells(path: string): SourceText[] {
  const cells = cellsOf(path);
  return cells.flatMap((cell, i) =>
    cell.cell_type === "code" ? [{ origin: `cell ${i + 1}`, text: textOf(cell.source) }] : [],
  );
}

interface Cell {
  cell_type: string;
  source: unknown;
}

function cellsOf(path: string): Cell[] {
  const refuse = (received: string): never => {
    const expected = "a Jupyter notebook (.ipynb, format 4)";
    throw new ArgumentError({
      call: "readCodeCells",
      argument: "path",
      expected,
      received: path,
      receivedAs: `${path}, ${received}`,
    });
  };
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return refuse(`which cannot be read (${(error as NodeJS.ErrnoException).code ?? error})`);
  }
  let notebook: { cells?: unknown };
  try {
    notebook = JSON.parse(text) as { cells?: unknown };
  } catch {
    return refuse("which is not JSON: was it cut off while it was saved?");
  }
  if (!Array.isArray(notebook?.cells)) return refuse("which has no list of cells");
  return notebook.cells as Cell[];
}

/** nbformat stores a cell as one string or as a list of lines. */
function textOf(source: unknown): string {
  return Array.isArray(source) ? source.join("") : String(source ?? "");
}
