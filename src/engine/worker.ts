import { workerData } from "node:worker_threads";
import { Control, instantiate, workOnTiles } from "./tiles";

/** What a worker is given when it starts. */
export interface WorkerStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  control: Int32Array;
  /** The address of its own scratch memory. */
  scratch: number;
}

/** A worker sleeps until there is a new job, helps with it, and sleeps again, until it is dismissed. */
function serve({ module, memory, control, scratch }: WorkerStart): void {
  const kernels = instantiate(module, memory);
  let job = 0;
  while (!Atomics.load(control, Control.dismissed)) {
    workOnTiles(control, kernels, scratch);
    Atomics.wait(control, Control.job, job);
    job = Atomics.load(control, Control.job);
  }
}

serve(workerData as WorkerStart);
