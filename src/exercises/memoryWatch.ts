import { Worker } from "node:worker_threads";

export interface MemoryWatch {
  /** Whether it was this watch that ended the call. */
  hasEnded(): boolean;
  stop(): void;
}

const [IDLE, WATCHING, ENDED] = [0, 1, 2];
/** state, megabytes */
const shared = new Int32Array(new SharedArrayBuffer(8));

/**
 * Code of the thread that looks. While this thread is in a loop nothing else of it runs, so that another has to
 * see the memory grow; and the signal that ends the loop is the one that ■ sends. V8 itself would end the
 * whole process at its limit, and with it all variables of a notebook.
 */
const LOOK = `
  const { workerData: shared } = require("node:worker_threads");
  for (;;) {
    Atomics.wait(shared, 0, ${IDLE});
    const first = process.memoryUsage.rss();
    while (Atomics.load(shared, 0) === ${WATCHING}) {
      const grown = (process.memoryUsage.rss() - first) / 2 ** 20;
      if (grown > shared[1] && Atomics.compareExchange(shared, 0, ${WATCHING}, ${ENDED}) === ${WATCHING})
        process.kill(process.pid, "SIGINT");
      Atomics.wait(shared, 0, ${WATCHING}, 10);
    }
    Atomics.wait(shared, 0, ${ENDED}, 1000);
  }`;

let looking: Worker | undefined;

/** Watches the memory of this process until it is stopped, and sends it a SIGINT when it has grown by more than `bytes`. */
export function watchMemory(bytes: number): MemoryWatch {
  if (!looking) {
    looking = new Worker(LOOK, { eval: true, workerData: shared });
    looking.unref();
  }
  shared[1] = Math.ceil(bytes / 2 ** 20);
  Atomics.store(shared, 0, WATCHING);
  Atomics.notify(shared, 0);
  let ended = false;
  return {
    hasEnded: () => (ended ||= Atomics.load(shared, 0) === ENDED),
    stop() {
      ended ||= Atomics.exchange(shared, 0, IDLE) === ENDED;
      Atomics.notify(shared, 0);
    },
  };
}
