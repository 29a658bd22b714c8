import type { ExpandedLesson } from "#dist/cli/notebooks/expand.js";
import type { Cell, CellMetadata, Notebook } from "#dist/cli/notebooks/notebook.js";

/** Small notebooks for the tests of what builds and judges them. */

export function code(source: string, metadata: CellMetadata = {}): Cell {
  const id = `cell-${++cells}`;
  return { cell_type: "code", id, metadata, source, execution_count: null, outputs: [] };
}

export function markdown(source: string): Cell {
  return { cell_type: "markdown", id: `cell-${++cells}`, metadata: {}, source };
}

let cells = 0;

export function notebook(...cells: Cell[]): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

/** A lesson of code cells, as if each began at a line of lesson.md that is ten times its number. */
export function lesson(...cells: (string | Cell)[]): ExpandedLesson {
  const made = cells.map((cell) => (typeof cell === "string" ? code(cell) : cell));
  const lines = made.map((_, i) => 10 * (i + 1));
  return { name: "90-sample", notebook: notebook(...made), lines };
}

/** What Jupytext makes of a text, for `expandLesson`: each cell with the line where it begins, from 1. */
export function rawNotebook(...cells: [line: number, cell: Cell][]): Notebook {
  const kernelspec = { name: "tslab", display_name: "anything", language: "typescript" };
  const source_map = cells.map(([line]) => line);
  return {
    ...notebook(...cells.map(([, cell]) => cell)),
    metadata: { kernelspec, source_map, jupytext: { any: "thing" } },
  };
}
