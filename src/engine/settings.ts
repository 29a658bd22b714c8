import { availableParallelism } from "node:os";
import { WorkerPool } from "./WorkerPool";

/** What the engine may use, until `configure` says otherwise. */
export const settings = { threads: availableParallelism(), memory: 512 };

/** After so long without a call, memory and threads are given back. */
const IDLE_MILLISECONDS = 20_000;

let running: WorkerPool | undefined;
let idle: NodeJS.Timeout | undefined;
const leaving: (() => void)[] = [];

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

/** Has something done whenever memory is given back. */
export function onRelease(action: () => void): void {
  leaving.push(action);
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
  for (const action of leaving) action();
}
