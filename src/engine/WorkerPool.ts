import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { compileKernels } from "./compile";
import { type Kernel, kernelNames } from "./jobs";
import { type Bench, Control, spinWhile, workOnTiles } from "./tiles";
import type { MemoryMessage, WorkerStart } from "./worker";

/**
 * The main thread and its workers. `run` is synchronous: the main thread works on tiles like everybody
 * else, then waits for the last of the others.
 *
 * A worker takes some 40 ms to start. Nobody waits for it: until it is there, the others do its tiles.
 * Workers sleep on a futex between jobs and never keep the process alive.
 *
 * One pool works in several memories, one at a time: that of single operations, and one of each compiled network.
 */
export class WorkerPool {
  private readonly control = new Int32Array(
    new SharedArrayBuffer(Control.length * Int32Array.BYTES_PER_ELEMENT),
  );
  private readonly workers: Worker[] = [];
  private memories = 0;

  constructor(readonly threads: number) {
    const { module } = compileKernels();
    for (let i = 1; i < threads; i++) {
      const worker = startWorker({ module, control: this.control });
      if (worker) this.workers.push(worker);
    }
  }

  /**
   * Has the workers get ready to work in a memory.
   *
   * @param scratch the address of each thread's scratch memory, the main thread's first
   * @returns the memory's number, for `run`
   */
  attach(memory: WebAssembly.Memory, scratch: readonly number[]): number {
    const number = this.memories++;
    this.workers.forEach((worker, i) => send(worker, { number, memory, scratch: scratch[i + 1] }));
    return number;
  }

  /** Has the workers forget a memory, so that it can be given back. */
  detach(number: number): void {
    for (const worker of this.workers) send(worker, { number });
    this.wake(); // they read it before they fall asleep again
  }

  /**
   * Has all tiles of a job computed.
   *
   * @param number of the memory in which the job lies
   * @param bench the main thread's own for that memory
   * @param meanwhile what the calling thread does first, while the others have begun
   */
  run(
    number: number,
    bench: Bench,
    kernel: Kernel,
    address: number,
    tiles: number,
    meanwhile?: () => void,
  ): void {
    const { control } = this;
    control[Control.memory] = number;
    control[Control.kernel] = kernelNames.indexOf(kernel);
    control[Control.address] = address;
    Atomics.store(control, Control.finished, 0);
    Atomics.store(control, Control.failed, 0);
    Atomics.store(control, Control.waiting, tiles);
    if (tiles > 1) this.wake();
    meanwhile?.();
    workOnTiles(control, () => bench);
    this.awaitTiles(tiles);
    const failed = Atomics.load(control, Control.failed);
    if (failed > 0) throw new Error(`engine: ${failed} of ${tiles} tiles of ${kernel} failed`);
  }

  private awaitTiles(tiles: number): void {
    const { control } = this;
    for (;;) {
      const finished = Atomics.load(control, Control.finished);
      if (finished === tiles) return;
      if (spinWhile(control, Control.finished, finished)) continue;
      Atomics.store(control, Control.mainAsleep, 1);
      Atomics.wait(control, Control.finished, finished);
      Atomics.store(control, Control.mainAsleep, 0);
    }
  }

  private wake(): void {
    Atomics.add(this.control, Control.job, 1);
    if (Atomics.load(this.control, Control.asleep) > 0) Atomics.notify(this.control, Control.job);
  }

  /** Sends the workers home. Their threads end, and with them their hold on the memories. */
  dismiss(): void {
    Atomics.store(this.control, Control.dismissed, 1);
    this.wake();
  }
}

/** One that cannot start (no memory for another thread, or threads forbidden) is not missed: the others do its tiles. */
function startWorker(workerData: WorkerStart): Worker | undefined {
  try {
    const worker = new Worker(join(__dirname, "worker.js"), { workerData, execArgv: [] });
    worker.on("error", () => {});
    worker.unref();
    return worker;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_ACCESS_DENIED") throw error;
    return undefined;
  }
}

function send(worker: Worker, message: MemoryMessage): void {
  worker.postMessage(message);
}
