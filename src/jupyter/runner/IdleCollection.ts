import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How long no cell may have run before garbage is collected, in milliseconds. */
const QUIET = 1000;
/** How many bytes beyond those in use V8 must hold for a collection to be worth its 50 to 100 ms. */
const WORTHWHILE = 12 * 2 ** 20;
/** With more than this in use in the heap, a learner who comes back would have to wait for the collection: a millisecond a megabyte. */
const MOST_IN_USE = 2 ** 28;
/** A first collection finds what is free, a second moves what is in use together; more give little. */
const MOST_IN_A_ROW = 2;

const own = { setTimeout, clearTimeout }; // Node's: the learner's are others

/**
 * Gives memory back while the learner reads. V8 collects when a heap has grown to a multiple of what was in use,
 * which a kernel between two cells never reaches: it would hold a third more than it needs.
 *
 * Told to grow less, V8 would collect while cells run: those that make millions of objects would take thrice as
 * long.
 */
export class IdleCollection {
  private timer: NodeJS.Timeout | undefined;
  private inARow = 0;
  /** What was in use after the last collection, in bytes: of the heap, and of arrays outside of it. */
  private inUse = { heap: 0, arrays: 0 };

  /** @param undisturbed does something that an interrupt must not cut short */
  constructor(private readonly undisturbed: (work: () => void) => void) {}

  /** No cell runs any more. */
  quiet(): void {
    this.inARow = 0;
    this.wait();
  }

  /** A cell begins. */
  busy(): void {
    own.clearTimeout(this.timer);
    this.timer = undefined;
  }

  private wait(): void {
    own.clearTimeout(this.timer);
    this.timer = own.setTimeout(() => this.collect(), QUIET).unref();
  }

  private collect(): void {
    const now = getHeapStatistics();
    const { heap, arrays } = this.inUse;
    const beyond = now.total_physical_size - heap + (now.external_memory - arrays);
    if (beyond < WORTHWHILE || heap > MOST_IN_USE) return;
    this.undisturbed(collectGarbage);
    const after = getHeapStatistics();
    this.inUse = { heap: after.used_heap_size, arrays: after.external_memory };
    if (++this.inARow < MOST_IN_A_ROW) this.wait();
  }
}

/** Marks all that is in use, and moves it together, as V8 does where memory is short. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  setFlagsFromString("--optimize-for-size");
  try {
    (runInNewContext("gc") as () => void)();
  } finally {
    setFlagsFromString("--no-optimize-for-size");
    setFlagsFromString("--no-expose-gc");
  }
}
