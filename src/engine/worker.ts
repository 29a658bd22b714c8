import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { type Bench, Control, instantiate, spinWhile, workOnTiles } from "./tiles";

/** What a worker is given when it starts. */
export interface WorkerStart {
  module: WebAssembly.Module;
  control: Int32Array;
}

/** A memory that a worker shall be ready to work in; or, without one, forget. */
export interface MemoryMessage {
  number: number;
  memory?: WebAssembly.Memory;
  /** The address of the worker's own scratch memory in it. */
  scratch?: number;
}

/**
 * A worker sleeps until there is a new job, helps with it, and sleeps again, until it is dismissed. It never
 * comes back to its event loop: what it is sent, it fetches.
 */
function serve({ module, control }: WorkerStart): void {
  const benches = new Map<number, Bench>();
  const fetchMessages = (): void => {
    for (let received; (received = receiveMessageOnPort(parentPort!));) {
      const { number, memory, scratch } = received.message as MemoryMessage;
      if (memory) benches.set(number, { kernels: instantiate(module, memory), scratch: scratch! });
      else benches.delete(number);
    }
  };
  const benchOf = (number: number): Bench => {
    // The message was sent before the job was, so it is there.
    if (!benches.has(number)) fetchMessages();
    return benches.get(number)!;
  };

  let job = 0;
  while (!Atomics.load(control, Control.dismissed)) {
    workOnTiles(control, benchOf);
    if (!spinWhile(control, Control.job, job)) {
      fetchMessages();
      Atomics.add(control, Control.asleep, 1);
      Atomics.wait(control, Control.job, job);
      Atomics.sub(control, Control.asleep, 1);
    }
    job = Atomics.load(control, Control.job);
  }
}

serve(workerData as WorkerStart);
