import { createHash } from "node:crypto";
import type { Cell, CellMetadata, Notebook } from "./notebook";

/** What the notebook takes from an exercise. */
export interface ExerciseCells {
  /** `"02.zeroPad"` */
  id: string;
  /** The function that the learner writes: `"zeroPad"`. */
  entry: string;
  /** What to do, and the smallest case worked out. */
  task: string;
  example: string;
  /** The code that the learner begins with. */
  starter: string;
}

/** A lesson as a notebook, and where each of its cells comes from. */
export interface ExpandedLesson {
  name: string;
  notebook: Notebook;
  /** For each cell: the line of lesson.md where its source begins, from 1. */
  lines: number[];
}

const KERNEL = { name: "tslab", display_name: "TypeScript", language: "typescript" };

/**
 * Turns a lesson as Jupytext reads it into the notebook that learners get: each code cell tagged `exercise`
 * becomes the task, the starter and the check, cells get identities that stay when others change, and only the
 * metadata that a notebook needs is kept.
 *
 * @param raw the notebook from Jupytext, with its `source_map`
 * @param text the text of lesson.md
 */
export function expandLesson(
  name: string,
  raw: Notebook,
  text: string,
  exercises: readonly ExerciseCells[],
): ExpandedLesson {
  requireKernel(name, raw);
  const waiting = new Map(exercises.map((exercise) => [exercise.id, exercise]));
  const identify = cellIdentities();
  const starts = raw.metadata.source_map as number[];
  const textLines = text.split("\n");
  const cells: Cell[] = [];
  const lines: number[] = [];

  raw.cells.forEach((cell, i) => {
    const line = sourceLine(textLines, starts[i], cell.source);
    const add = (added: Cell): void => void (cells.push(added), lines.push(line));
    const tags = (cell.metadata.tags ?? []).filter((tag) => tag !== "exercise");
    const metadata: CellMetadata = { ...cell.metadata, tags };
    if (tags.length === 0) delete metadata.tags;

    if (!cell.metadata.tags?.includes("exercise")) {
      add(makeCell(cell.cell_type, cell.source, metadata, identify(cell)));
      return;
    }
    const id = cell.source.trim();
    const exercise = waiting.get(id);
    if (!exercise) throw exerciseProblem(name, line, id, exercises);
    const [next] = waiting.keys();
    if (id !== next) {
      const order = `${id} stands before ${next}, but exercises.ts names ${next} first`;
      throw new Error(`${name}, lesson.md line ${line}: ${order}. Give both the lesson's order.`);
    }
    waiting.delete(id);
    const identity = id.replace(/[^\w-]/g, "-");
    add(makeCell("markdown", taskText(exercise), {}, `${identity}-task`));
    for (const role of ["answer", "check"] as const) {
      const source = role === "answer" ? exercise.starter.trim() : checkSource(exercise);
      const marked: CellMetadata = { ...metadata, convbook: { exercise: id, role } };
      add(makeCell("code", source, marked, `${identity}-${role}`));
    }
  });

  if (waiting.size > 0) {
    const left = [...waiting.keys()].join(", ");
    throw new Error(
      `${name}: lesson.md has no cell for ${left}, which exercises.ts defines. ` +
        "Where it belongs in the text, put a code cell with the tag exercise that holds the id alone.",
    );
  }
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: KERNEL }, cells };
  return { name, notebook, lines };
}

/** The text above an answer. */
function taskText({ task, example }: ExerciseCells): string {
  return `**Your task.** ${task.trim()}\n\n\`\`\`typescript\n${example.trim()}\n\`\`\``;
}

/** The cell below an answer. The last two lines are comments: to take a hint, remove the slashes and run the cell. */
function checkSource({ id, entry }: ExerciseCells): string {
  return [`await check("${id}", ${entry});`, `// hint("${id}")`, `// solution("${id}")`].join("\n");
}

function makeCell(
  type: Cell["cell_type"],
  source: string,
  metadata: CellMetadata,
  id: string,
): Cell {
  const code = type === "code" && { execution_count: null, outputs: [] };
  return { cell_type: type, id, metadata, source, ...code };
}

/** Identities from the content, so that a cell keeps its own when another is added; twins are numbered. */
function cellIdentities(): (cell: Cell) => string {
  const seen = new Map<string, number>();
  return ({ cell_type, source }) => {
    const id = createHash("sha256").update(`${cell_type}\n${source}`).digest("hex").slice(0, 8);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  };
}

/** The line where a cell's source begins: `start` is where its fence or text does. */
function sourceLine(lines: readonly string[], start: number, source: string): number {
  const first = source.split("\n")[0];
  const found = lines.indexOf(first, Math.max(start - 1, 0));
  return (found === -1 ? start : found) + 1;
}

function requireKernel(name: string, raw: Notebook): void {
  const kernel = (raw.metadata.kernelspec as { name?: string } | undefined)?.name;
  if (kernel === KERNEL.name) return;
  throw new Error(
    `${name}: the header of lesson.md must name the kernel: kernelspec, with name: tslab. It says ${kernel ?? "nothing"}.`,
  );
}

function exerciseProblem(
  name: string,
  line: number,
  id: string,
  exercises: readonly ExerciseCells[],
): Error {
  const known = exercises.map((exercise) => exercise.id);
  const problem = known.includes(id)
    ? `the exercise ${id} stands here a second time.`
    : `there is no exercise "${id}". exercises.ts defines: ${known.join(", ") || "none"}.`;
  return new Error(`${name}, lesson.md line ${line}: ${problem}`);
}
