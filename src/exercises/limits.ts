import { Script } from "node:vm";
import { type MemoryWatch, watchMemory } from "./memoryWatch";

/** How far a call into a learner's code may go in this process. */
export interface CallLimits {
  /** In milliseconds. */
  time: number;
  /** How much this process may grow by in one call, in bytes. */
  memory: number;
}

/** Why a call did not come to its end. */
export type Ended = "time" | "memory" | "interrupt";

export class EndedError extends Error {
  constructor(readonly reason: Ended) {
    super(`Ended: ${reason}`);
  }
}

const CALL = Symbol.for("convbook.limitedCall");
const store = globalThis as unknown as Record<symbol, (() => unknown) | undefined>;
/** Under its own name in a stack: what lies above it there is none of the learner's. */
export const LIMITED_CALL = "convbook-limited-call";
const script = new Script(`globalThis[Symbol.for("convbook.limitedCall")]()`, {
  filename: LIMITED_CALL,
});

/**
 * Calls `f`, and takes the control back when a limit is reached or the process gets a SIGINT, which is what ■
 * sends a kernel: also out of an endless loop, and also behind an `await`, where no cell's own script runs any
 * more. Variables survive. What follows an `await` inside `f` runs outside the limits.
 *
 * @throws EndedError when it was ended, and whatever `f` throws
 */
export function callWithin<T>(f: () => T, { time, memory }: CallLimits): T {
  const before = store[CALL];
  store[CALL] = f;
  const watch: MemoryWatch = watchMemory(memory);
  try {
    return script.runInThisContext({ timeout: time, breakOnSigint: true }) as T;
  } catch (error) {
    const { code } = (error ?? {}) as { code?: unknown };
    if (code === "ERR_SCRIPT_EXECUTION_TIMEOUT") throw new EndedError("time");
    if (code === "ERR_SCRIPT_EXECUTION_INTERRUPTED")
      throw new EndedError(watch.hasEnded() ? "memory" : "interrupt");
    throw error;
  } finally {
    watch.stop();
    store[CALL] = before;
  }
}
