/** What is looked at of a notebook file (nbformat 4). */
interface Notebook {
  cells: { cell_type: string; outputs?: unknown[]; execution_count?: number | null }[];
}

/** The text of a notebook file without outputs and execution counts, as it was before anybody ran it. */
export function cleanNotebook(text: string): string {
  const notebook = JSON.parse(text) as Notebook;
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  return `${JSON.stringify({ ...notebook, cells }, undefined, 1)}\n`; // indented as Jupyter does
}
