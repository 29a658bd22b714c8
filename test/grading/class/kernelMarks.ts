/**
 * `node kernelMarks.js folder file`: runs the notebooks of a folder as stock tslab does, by its own converter and executor, cell by cell and on behind those that fail, and
 * writes into a file what `check` gave: the points by exercise, by notebook. A program of its own, since cells run in the process.
 */
import { appendFileSync } from "node:fs";
import { format } from "node:util";
import { readNotebooks } from "./styles";

interface Executor {
  execute(cell: string): Promise<boolean>;
  reset(): void;
}
interface CheckOutput {
  data: { "application/vnd.convbook.result+json"?: { exercise: string; earned: number } };
}

async function main(): Promise<void> {
  const { createConverter } = require("tslab/dist/converter") as {
    createConverter(options: { isJS: boolean; isBrowser: boolean }): object;
  };
  const { createExecutor } = require("tslab/dist/executor") as {
    createExecutor(folder: string, converters: object, console: object): Executor;
  };
  const silent = { log() {}, error() {}, warn() {}, info() {} };
  const node = createConverter({ isJS: false, isBrowser: false });
  const executor = createExecutor(process.cwd(), { node }, silent);
  let marks: Record<string, number> = {};
  const kernel = {
    display({ data }: CheckOutput): void {
      const result = data["application/vnd.convbook.result+json"];
      if (result) marks[result.exercise] = result.earned;
    },
  };
  Object.assign(globalThis, { [Symbol.for("convbook.kernel")]: kernel });
  Object.assign(console, silent, { table() {} });
  for (const [name, cells] of readNotebooks(process.argv[2])) {
    marks = {};
    executor.reset();
    for (const cell of cells) await executor.execute(cell);
    appendFileSync(process.argv[3], `${JSON.stringify([name, marks])}\n`); // cells print what they like
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(format(error));
    process.exit(1);
  },
);
