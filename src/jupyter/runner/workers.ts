import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import workerThreads from "node:worker_threads";
import { cellNow } from "./context";
import { ended, underWay } from "./underWay";

/** The compiled course and packages: their workers serve all cells, and wait for work when they have none. */
const COURSE = path.resolve(__dirname, "..", "..") + path.sep;
const PACKAGES = `${path.sep}node_modules${path.sep}`;

/** Gives the learner's code workers that know their cell, so that an interrupt ends them with it. */
export function replaceWorkers(): void {
  const Native = workerThreads.Worker;
  class Worker extends Native {
    constructor(file: string | URL, options?: workerThreads.WorkerOptions) {
      super(file, options);
      const [, , caller = ""] = new Error().stack?.split("\n") ?? [];
      if (caller.includes(COURSE) || caller.includes(PACKAGES)) return;
      underWay(this, { kind: "Worker", cell: cellNow(), stop: () => void this.terminate() });
      this.once("exit", () => ended(this));
    }
  }
  workerThreads.Worker = Worker;
  syncBuiltinESMExports();
}
