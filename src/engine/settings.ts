import { availableParallelism } from "node:os";
import { collectGarbage } from "./collectGarbage";
import { WorkerPool } from "./WorkerPool";

/** What the engine may use, until `configure` says otherwise. */
export const settings = { threads: availableParallelism(), memory: 512 };

/** After so long without a call, memory and threads are given back. */
const IDLE_MILLISECONDS = 20_000;
/** With so many bytes let go of, a search for them is worth the tens of milliseconds that it takes. */
const WORTH_COLLECTING = 2 ** 25;

let running: WorkerPool | undefined;
let idle: NodeJS.Timeout | undefined;
const leaving: (() => number)[] = [];

/** The threads, started if need be. */
export function workerPool(): WorkerPool {
  running ??= new WorkerPool(settings.threads);
  idle ??= setTimeout(release, IDLE_MILLISECONDS).unref();
  idle.refresh();
  return running;
}

/** The threads that are there, if any. */
export function presentPool(): WorkerPool | undefined {
  return running;
}

/** @param letGo of memory, whenever it is given back, and say how many bytes those were */
export function onRelease(letGo: () => number): void {
  leaving.push(letGo);
}

/**
 * Gives back all memory that nothing holds, and ends the worker threads. The next call starts them again. Compiled
 * networks keep their memory until they are disposed of.
 */
export function release(): void {
  running?.dismiss();
  running = undefined;
  clearTimeout(idle);
  idle = undefined;
  const bytes = leaving.reduce((sum, letGo) => sum + letGo(), 0);
  if (bytes >= WORTH_COLLECTING) collectGarbage();
}
