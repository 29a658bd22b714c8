import fs from "node:fs";

/** A Jupyter notebook, format 4.5, as far as the course uses it. Texts are whole strings here, not lists of lines. */
export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  metadata: Record<string, unknown>;
  cells: Cell[];
}

export interface Cell {
  cell_type: "code" | "markdown" | "raw";
  id: string;
  metadata: CellMetadata;
  source: string;
  /** Code cells only. */
  execution_count?: number | null;
  outputs?: Output[];
}

export interface CellMetadata {
  tags?: string[];
  /** Marks the two cells of an exercise: the learner's answer and its check. */
  convbook?: { exercise: string; role: "answer" | "check"; starter?: string };
  [key: string]: unknown;
}

export type Output =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] }
  | {
      output_type: "display_data" | "execute_result";
      data: Record<string, unknown>;
      metadata: object;
    };

/** Whether there is something to run in this cell. */
export function isExecutable(cell: Cell): boolean {
  return cell.cell_type === "code" && cell.source.trim() !== "";
}

/** Reads a notebook file. */
export function readNotebook(file: string): Notebook {
  return transformTexts(JSON.parse(fs.readFileSync(file, "utf8")) as Notebook, (text) =>
    Array.isArray(text) ? text.join("") : text,
  );
}

/** Writes a notebook file in one step: a reader sees the old one or the new one, never half. */
export function writeNotebook(file: string, notebook: Notebook): void {
  const unfinished = `${file}.${process.pid}.unfinished`;
  fs.writeFileSync(unfinished, notebookText(notebook));
  fs.renameSync(unfinished, file);
}

/** The text of a notebook file, laid out as Jupyter does it: saving an unchanged notebook there changes nothing. */
export function notebookText(notebook: Notebook): string {
  const lines = transformTexts(notebook, (text) =>
    typeof text === "string" ? (text.match(/.*\n|.+$/g) ?? []) : text,
  );
  return JSON.stringify(sortKeys(lines), null, 1) + "\n";
}

/** Applies `change` to each text that the format stores as a list of lines. */
function transformTexts(notebook: Notebook, change: (text: unknown) => unknown): Notebook {
  const bundle = (data: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(data).map(([type, value]) => [type, isTextType(type) ? change(value) : value]),
    );
  const output = (output: Output): Output =>
    output.output_type === "stream"
      ? { ...output, text: change(output.text) as string }
      : "data" in output
        ? { ...output, data: bundle(output.data) }
        : output;
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: change(cell.source) as string,
    ...(cell.outputs && { outputs: cell.outputs.map(output) }),
  }));
  return { ...notebook, cells };
}

function isTextType(type: string): boolean {
  return type.startsWith("text/") || type === "image/svg+xml" || type === "application/javascript";
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sortKeys(entry)]));
}
