import { AsyncResource, executionAsyncId } from "node:async_hooks";
import { promiseHooks } from "node:v8";
import type { Cell } from "./Cell";

/**
 * Which cell the running code belongs to, also long after the cell's end: what a timer prints goes
 * below the cell that has set it.
 *
 * AsyncLocalStorage would tell it, and is not used: in Node before 24 it keeps a stack of identities in
 * JavaScript, which an interrupt by V8 leaves unbalanced, on which Node aborts the process. V8's own hooks for
 * promises need no stack.
 */
let current: Cell | undefined;

const cellOf = new WeakMap<object, Cell>();
/** The cells in the order in which they began, with the least identity of an asynchronous resource of theirs. */
const begun: { from: number; cell: Cell }[] = [];

/** The cell that the running code belongs to; code of which nothing is known belongs to the last cell. */
export function cellNow(): Cell | undefined {
  return current ?? cellByResource();
}

/** The cell whose code has made a promise. */
export function cellOfPromise(promise: object): Cell | undefined {
  return cellOf.get(promise);
}

/** Runs code as code of the cell. */
export function runAs<T>(cell: Cell | undefined, code: () => T): T {
  const before = current;
  current = cell;
  try {
    return code();
  } finally {
    current = before;
  }
}

/** A cell begins. Its resources are numbered from here on. */
export function begin(cell: Cell): void {
  begun.push({ from: new AsyncResource("cell").asyncId(), cell });
}

/** The main thread is back in the kernel's own hands, perhaps by an interrupt that left no trace: which cell it interrupted. */
export function leave(): Cell | undefined {
  const before = current;
  current = undefined;
  return before;
}

/** A callback of Node's (a file was read, a child has printed) runs under the number that its request was given. */
function cellByResource(): Cell | undefined {
  const id = executionAsyncId();
  let found = begun.at(-1)?.cell;
  if (id === 0) return found;
  for (let i = begun.length - 1; i >= 0; i--) {
    found = begun[i].cell;
    if (begun[i].from <= id) break;
  }
  return found;
}

/** Begins to follow promises. */
export function followPromises(): void {
  promiseHooks.createHook({
    init(promise) {
      if (current) cellOf.set(promise, current);
    },
    before(promise) {
      current = cellOf.get(promise);
    },
    after() {
      current = undefined;
    },
  });
}
