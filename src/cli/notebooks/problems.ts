import { stripVTControlCharacters } from "node:util";
import { projectRoot } from "../../project";
import { drawingOf } from "./drawing";
import type { CellRun } from "./execute";
import type { ExpandedLesson } from "./expand";
import { type Cell, isExecutable, type Notebook, notebookText, type Output } from "./notebook";

/** Longer texts are more than a screen; the notebook's author shows less of it, or draws it. */
const MOST_LINES = 60;
/** Heavier notebooks load slowly, and code hosts do not draw them. */
const MOST_MEGABYTES = 8;
/** Seconds after which whoever sees nothing happen believes that the cell hangs. */
const LONGEST_SILENCE = 10;

/** Something that a learner must not meet, and the cell where it is. */
export interface Problem {
  /** The cell's index in the notebook, from 0; nothing when it is about the whole notebook. */
  cell?: number;
  message: string;
}

/** What went wrong while the notebook was executed: failed cells, and cells silent for too many seconds. */
export function runProblems(
  notebook: Notebook,
  runs: readonly CellRun[],
  longestSilence = LONGEST_SILENCE,
): Problem[] {
  return runs.flatMap(({ cell, status, seconds, silence }): Problem[] => {
    if (status === "timeout")
      return [{ cell, message: `gave up after ${Math.round(seconds)} seconds` }];
    if (status === "dead") return [{ cell, message: "the kernel died" }];
    if (status !== "ok")
      return [{ cell, message: `failed:\n${failureOf(notebook.cells[cell]) || status}` }];
    if (silence > longestSilence) {
      const message = `showed nothing for ${Math.round(silence)} seconds: show progress with liveDisplay(), or do less`;
      return [{ cell, message }];
    }
    return [];
  });
}

/**
 * What is wrong with an executed notebook.
 *
 * @param pictures whether each figure and drawing must have one beside it; a notebook fresh from the kernel has none
 */
export function notebookProblems(notebook: Notebook, { pictures = true } = {}): Problem[] {
  const problems = notebook.cells.flatMap((cell, i) =>
    cellProblems(cell, pictures).map((message): Problem => ({ cell: i, message })),
  );
  const megabytes = Buffer.byteLength(notebookText(notebook)) / 1e6;
  if (megabytes > MOST_MEGABYTES) {
    const message = `the notebook has ${megabytes.toFixed(1)} MB; more than ${MOST_MEGABYTES} load slowly: show smaller or fewer figures`;
    problems.push({ message });
  }
  return problems;
}

function cellProblems(cell: Cell, pictures: boolean): string[] {
  const outputs = cell.outputs ?? [];
  const problems: string[] = [];
  if (isExecutable(cell) && !cell.execution_count) problems.push("was not executed");
  if (outputs.some(({ output_type }) => output_type === "error"))
    problems.push("has an error output");
  const complaint = stderrOf(cell);
  if (complaint) problems.push(`wrote to stderr:\n${complaint}`);
  if (pictures && outputs.some((output) => drawingOf(output)))
    problems.push("has a figure or a drawing without a picture (image/png) beside it");
  if (JSON.stringify(outputs).includes(projectRoot))
    problems.push(`shows a path of this machine, ${projectRoot}`);
  const lines = outputs.reduce((sum, output) => sum + shownLines(output), 0);
  if (lines > MOST_LINES) {
    problems.push(`prints ${lines} lines; more than ${MOST_LINES} are longer than a screen`);
  }
  return problems;
}

/** Why a cell failed: stock tslab says it on stderr, other kernels in an output of its own. */
function failureOf(cell: Cell): string {
  const errors = (cell.outputs ?? []).flatMap((output) =>
    output.output_type === "error" ? [stripVTControlCharacters(output.traceback.join("\n"))] : [],
  );
  return [stderrOf(cell), ...errors].filter(Boolean).join("\n");
}

function stderrOf(cell: Cell): string {
  return (cell.outputs ?? [])
    .map((output) =>
      output.output_type === "stream" && output.name === "stderr" ? output.text : "",
    )
    .join("")
    .trim();
}

/** The lines of text that a notebook shows for this output: none where a richer form is shown in its stead. */
function shownLines(output: Output): number {
  if (output.output_type === "stream") return countLines(output.text);
  if (!("data" in output)) return 0;
  const types = Object.keys(output.data);
  return types.length === 1 && types[0] === "text/plain"
    ? countLines(String(output.data["text/plain"]))
    : 0;
}

function countLines(text: string): number {
  return text.replace(/\n$/, "").split("\n").length;
}

/**
 * Problems as the author of the lesson reads them: where, what, and the source with the line numbers of
 * lesson.md. One text for each cell.
 *
 *     02-padding, code cell 7 (lesson.md line 133) failed:
 *     Error: ...
 *
 *         133 | const y = conv2d(x, filter);
 */
export function describeProblems(lesson: ExpandedLesson, problems: readonly Problem[]): string[] {
  const cells = [...new Set(problems.map(({ cell }) => cell))];
  return cells.map((cell) => {
    const messages = problems.filter((problem) => problem.cell === cell).map((p) => p.message);
    if (cell === undefined) return `${lesson.name}: ${messages.join("; ")}`;
    return `${locationOf(lesson, cell)} ${messages.join("\nand ")}\n\n${listingOf(lesson, cell)}\n`;
  });
}

function locationOf({ name, notebook, lines }: ExpandedLesson, cell: number): string {
  const { exercise, role } = notebook.cells[cell].metadata.convbook ?? {};
  const number = notebook.cells.slice(0, cell + 1).filter(isExecutable).length;
  const owner = exercise ? `the ${role} cell of exercise ${exercise}, ` : "";
  return `${name}, ${owner}code cell ${number} (lesson.md line ${lines[cell]})`;
}

/** The cell's source, numbered. An exercise's cells are not in lesson.md: their lines are counted by themselves. */
function listingOf({ notebook, lines }: ExpandedLesson, cell: number): string {
  const { source, metadata } = notebook.cells[cell];
  const first = metadata.convbook ? 1 : lines[cell];
  return source
    .split("\n")
    .map((text, i) => `${String(first + i).padStart(8)} | ${text}`)
    .join("\n");
}
