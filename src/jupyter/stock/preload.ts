/**
 * What stock tslab lacks and a preload can give (`node -r`): a publisher that never refuses a message, and an
 * end when nobody is left to talk to.
 *
 * tslab sends each line without waiting for the one before. zeromq takes 512 of them in one turn of the event
 * loop and then throws EBUSY; the rest is lost, and with it the `idle` that ends the cell. A socket that may
 * queue without limit and never waits takes them all.
 */
import { createRequire } from "node:module";
import { isMainThread } from "node:worker_threads";
import { endWithParent } from "../wire/endWithParent";

interface SocketOptions {
  sendTimeout?: number;
  sendHighWaterMark?: number;
}
interface Zeromq {
  Publisher: new (options?: SocketOptions) => object;
}

/** Gives the zeromq that tslab will load a publisher that queues without limit. */
function queueWithoutLimit(tslab: string): void {
  const zeromq = createRequire(tslab)("zeromq") as Zeromq;
  const { Publisher } = zeromq;
  class PatientPublisher extends Publisher {
    constructor(options: SocketOptions = {}) {
      super({ ...options, sendTimeout: 0, sendHighWaterMark: 0 });
    }
  }
  Object.defineProperty(zeromq, "Publisher", { value: PatientPublisher });
}

// Threads and forked children take the preload over: only the kernel itself is meant.
if (isMainThread && process.argv[2] === "kernel") {
  queueWithoutLimit(process.argv[1]);
  endWithParent();
}
