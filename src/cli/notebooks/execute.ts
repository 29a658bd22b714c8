import { registerKernel, STOCK_KERNEL } from "../../installation";
import { projectRoot } from "../../project";
import type { Notebook } from "./notebook";
import { runPython } from "./python";

/** How the execution of one code cell ended. */
export interface CellRun {
  /** The cell's index among all cells of the notebook, from 0. */
  cell: number;
  /** The kernel's reply, or why there was none. */
  status: "ok" | "error" | "abort" | "aborted" | "timeout" | "dead";
  seconds: number;
  /** The longest time, in seconds, in which the cell showed nothing new. */
  silence: number;
}

export interface ExecutedNotebook {
  /** With the outputs; after a failure, those of the cells up to it. */
  notebook: Notebook;
  /** The code cells that were executed, in order; only the last can have failed. */
  runs: CellRun[];
}

/**
 * Executes notebooks from top to bottom in fresh kernels. A notebook ends at its first failing cell.
 *
 * @param options `cellTimeout`: the most that one cell may take, in seconds, before it is given up; `kernel`: the
 * name that it is registered under, stock tslab's when left out; `parallel`: how many at a time
 */
export async function executeNotebooks(
  notebooks: ReadonlyMap<string, Notebook>,
  { cellTimeout = 300, kernel = STOCK_KERNEL, parallel = 2 } = {},
): Promise<Map<string, ExecutedNotebook>> {
  registerKernel(); // that of this very checkout
  const runs = new Map<string, CellRun[]>([...notebooks.keys()].map((name) => [name, []]));
  const executed = new Map<string, ExecutedNotebook>();
  const task = {
    kernel,
    parallel,
    seconds: cellTimeout,
    folder: projectRoot,
    notebooks: Object.fromEntries(notebooks),
  };
  await runPython("execute_notebooks.py", {
    input: JSON.stringify(task),
    onLine: (line) => {
      const { name, notebook, ...run } = JSON.parse(line) as RunEvent;
      if (notebook) executed.set(name, { notebook: tidy(notebook), runs: runs.get(name)! });
      else runs.get(name)!.push(run);
    },
  });
  return executed;
}

/** What the script prints: a cell's end, or the notebook at its end. */
type RunEvent = CellRun & { name: string; notebook?: Notebook };

/** Joins what one stream printed in a row: the kernel sends it in chunks that differ from run to run. */
function tidy(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) => {
    if (!cell.outputs) return cell;
    const outputs: typeof cell.outputs = [];
    for (const output of cell.outputs) {
      const last = outputs.at(-1);
      if (
        output.output_type === "stream" &&
        last?.output_type === "stream" &&
        last.name === output.name
      ) {
        outputs[outputs.length - 1] = { ...last, text: last.text + output.text };
      } else outputs.push(output);
    }
    return { ...cell, outputs };
  });
  return { ...notebook, cells };
}
