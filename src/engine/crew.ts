import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Kernel, kernelNames } from "./jobs";
import { Control, instantiate, type TileFunction, workOnTiles } from "./tiles";
import type { WorkerStart } from "./worker";

/**
 * The main thread and its workers. `run` is synchronous: the main thread works on tiles like everybody
 * else, then waits for the last of the others.
 *
 * A worker takes some 40 ms to start. Nobody waits for it: until it is there, the others do its tiles.
 * Workers sleep on a futex between jobs and never keep the process alive.
 */
export class Crew {
  private readonly control: Int32Array;
  private readonly kernels: TileFunction[];
  private readonly scratch: number;

  /** @param scratch the address of each thread's scratch memory, the main thread's first */
  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory, scratch: readonly number[]) {
    this.control = new Int32Array(
      new SharedArrayBuffer(Control.length * Int32Array.BYTES_PER_ELEMENT),
    );
    this.kernels = instantiate(module, memory);
    this.scratch = scratch[0];
    for (const own of scratch.slice(1)) {
      const start: WorkerStart = { module, memory, control: this.control, scratch: own };
      startWorker(start);
    }
  }

  /**
   * Has all tiles of a job computed.
   *
   * @param meanwhile what the calling thread does first, while the others have begun
   */
  run(kernel: Kernel, address: number, tiles: number, meanwhile: () => void): void {
    const { control } = this;
    control[Control.kernel] = kernelNames.indexOf(kernel);
    control[Control.address] = address;
    Atomics.store(control, Control.finished, 0);
    Atomics.store(control, Control.failed, 0);
    Atomics.store(control, Control.waiting, tiles);
    if (tiles > 1) {
      Atomics.add(control, Control.job, 1);
      Atomics.notify(control, Control.job);
    }
    meanwhile();
    workOnTiles(control, this.kernels, this.scratch);
    for (;;) {
      const finished = Atomics.load(control, Control.finished);
      if (finished === tiles) break;
      Atomics.wait(control, Control.finished, finished);
    }
    const failed = Atomics.load(control, Control.failed);
    if (failed > 0) throw new Error(`engine: ${failed} of ${tiles} tiles of ${kernel} failed`);
  }

  /** Sends the workers home. Their threads end, and with them their hold on the memory. */
  dismiss(): void {
    Atomics.store(this.control, Control.dismissed, 1);
    Atomics.add(this.control, Control.job, 1);
    Atomics.notify(this.control, Control.job);
  }
}

/** One that cannot start (no memory for another thread, or threads forbidden) is not missed: the others do its tiles. */
function startWorker(workerData: WorkerStart): void {
  try {
    const worker = new Worker(join(__dirname, "worker.js"), { workerData, execArgv: [] });
    worker.on("error", () => {});
    worker.unref();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_ACCESS_DENIED") throw error;
  }
}
