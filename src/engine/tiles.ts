import { type Kernel, kernelNames } from "./jobs";

/** The words of the control block, a small piece of memory that all threads share. */
export const Control = {
  /** Counts the jobs; a worker sleeps until it changes. */
  job: 0,
  /** Tiles that nobody has begun. Taking one is a single atomic subtraction; below zero there are none left. */
  waiting: 1,
  /** Tiles that are finished. */
  finished: 2,
  /** How many of them failed. */
  failed: 3,
  /** Which kernel, by its place in `kernelNames`. */
  kernel: 4,
  /** Where the job's fields lie. */
  address: 5,
  /** Set when the workers are to end. */
  dismissed: 6,
  length: 7,
} as const;

export type TileFunction = (job: number, scratch: number, tile: number) => void;

/** The compiled kernels, bound to the shared memory, in the order of `kernelNames`. */
export function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): TileFunction[] {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return kernelNames.map((name: Kernel) => exports[name] as TileFunction);
}

/**
 * Works on tiles until none is left. The main thread and the workers all run this: who is free takes the
 * next one, so a worker that is late, or busy elsewhere, holds nobody up for longer than a tile.
 *
 * The job is read only after a tile has been taken: the main thread writes it before it offers the
 * tiles, and writes no other before all taken ones are finished.
 */
export function workOnTiles(
  control: Int32Array,
  kernels: readonly TileFunction[],
  scratch: number,
): void {
  for (;;) {
    const tile = Atomics.sub(control, Control.waiting, 1) - 1;
    if (tile < 0) return;
    try {
      kernels[control[Control.kernel]](control[Control.address], scratch, tile);
    } catch {
      Atomics.add(control, Control.failed, 1);
    }
    Atomics.add(control, Control.finished, 1);
    Atomics.notify(control, Control.finished);
  }
}
