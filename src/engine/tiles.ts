import { type Kernel, kernelNames } from "./jobs";

/** The words of the control block, a small block of memory that all threads share. */
export const Control = {
  /** Counts the jobs; a worker sleeps until it changes. */
  job: 0,
  /** Tiles that nobody has begun. Taking one is a single atomic subtraction; below zero there are none left. */
  waiting: 1,
  /** Tiles that are finished. */
  finished: 2,
  /** How many of them failed. */
  failed: 3,
  /** Which kernel, by its index in `kernelNames`. */
  kernel: 4,
  /** Where the job's fields lie. */
  address: 5,
  /** In which memory, by its number. */
  memory: 6,
  /** Set when the workers are to end. */
  dismissed: 7,
  /** Workers that sleep: those who do not need no waking, which takes a system call. */
  asleep: 8,
  /** Set while the main thread sleeps until the last tile is finished. */
  mainAsleep: 9,
  length: 10,
} as const;

export type TileFunction = (job: number, scratch: number, tile: number) => void;

/** What a thread needs to work in one of the memories. */
export interface Bench {
  /** In the order of `kernelNames`. */
  kernels: TileFunction[];
  /** The address of the thread's own scratch memory. */
  scratch: number;
}

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
 *
 * @param benchOf what the thread has for the memory of this number
 * @returns whether there were any
 */
export function workOnTiles(control: Int32Array, benchOf: (memory: number) => Bench): boolean {
  for (let any = false; ; any = true) {
    if (Atomics.load(control, Control.waiting) <= 0) return any;
    const tile = Atomics.sub(control, Control.waiting, 1) - 1;
    if (tile < 0) return any;
    try {
      const { kernels, scratch } = benchOf(control[Control.memory]);
      kernels[control[Control.kernel]](control[Control.address], scratch, tile);
    } catch {
      Atomics.add(control, Control.failed, 1);
    }
    Atomics.add(control, Control.finished, 1);
    if (Atomics.load(control, Control.mainAsleep) === 1) Atomics.notify(control, Control.finished);
  }
}

/**
 * How long a thread looks again and again before it sleeps, in rounds of the loop: some 20 to 50 microseconds.
 * Falling asleep and being woken take longer than that, more than most layers of a network last, and the next
 * layer mostly comes sooner.
 */
const ROUNDS = 4000;

/** Looks for a while whether a word of the control block becomes something else than `value`. */
export function spinWhile(control: Int32Array, word: number, value: number): boolean {
  for (let round = 0; round < ROUNDS; round++)
    if (Atomics.load(control, word) !== value) return true;
  return false;
}
