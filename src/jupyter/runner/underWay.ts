import type { Cell } from "./Cell";

/** Work that goes on by itself: a timer, a worker. */
interface Work {
  /** As the learner has called it: setInterval, Worker. */
  kind: string;
  /** The cell that has started it; none for the library's own, from before any cell. */
  cell: Cell | undefined;
  stop: () => void;
}

const alive = new Map<object, Work>();

/** Keeps work in mind, for an interrupt to stop and to name. */
export function underWay(handle: object, work: Work): void {
  alive.set(handle, work);
}

export function ended(handle: object): void {
  alive.delete(handle);
}

/** Stops the work of a cell, or that of all cells, and says what it was: `setInterval of cell 3`. */
export function stopWork(cell?: Cell): string[] {
  const stopped: string[] = [];
  for (const [handle, { kind, cell: owner, stop }] of alive) {
    if (!owner || (cell && owner !== cell)) continue;
    alive.delete(handle);
    stop();
    stopped.push(`${kind} of cell ${owner.number}`);
  }
  return [...new Set(stopped)];
}
