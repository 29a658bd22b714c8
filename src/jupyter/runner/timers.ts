import { promisify } from "node:util";
import type { Cell } from "./Cell";
import { cellNow, runAs } from "./context";

type Callback = (...args: unknown[]) => unknown;
type Kind = "setTimeout" | "setInterval" | "setImmediate";
const own = { setTimeout, setInterval, setImmediate, clearTimeout, clearImmediate };

/** The timers that are still to come, for an interrupt to stop and to name. */
const alive = new Map<object, { kind: Kind; cell: Cell | undefined; stop: () => void }>();

/**
 * Gives the learner's code timers that know their cell.
 *
 * A callback runs as a promise's reaction: an interrupt by V8 leaves those in order, where Node's own
 * dispatcher of timers would find its books unbalanced and abort the process. It runs at the same time and in
 * the same order; what it throws is a rejection that nobody awaits.
 */
export function replaceTimers(): void {
  const replacements = {
    setTimeout: timer("setTimeout"),
    setInterval: timer("setInterval"),
    setImmediate: timer("setImmediate"),
    queueMicrotask: (callback: Callback) => {
      requireFunction("queueMicrotask", callback);
      react(cellNow(), callback, []);
    },
  };
  for (const name of ["setTimeout", "setImmediate"] as const)
    Object.defineProperty(replacements[name], promisify.custom, {
      value: (own[name] as unknown as Record<symbol, unknown>)[promisify.custom],
    });
  Object.assign(globalThis, replacements);
}

/** Stops the timers of a cell, or those of all cells, and says which they were: `setInterval of cell 3`. */
export function stopTimers(cell?: Cell): string[] {
  const stopped: string[] = [];
  for (const { kind, cell: owner, stop } of alive.values()) {
    if (cell && owner !== cell) continue;
    if (!owner) continue; // the library's own, from before any cell
    stop();
    stopped.push(`${kind} of cell ${owner.number}`);
  }
  return [...new Set(stopped)];
}

function timer(kind: Kind) {
  const start = own[kind] as (callback: Callback, ...args: unknown[]) => object;
  const replacement = (callback: Callback, ...rest: unknown[]): object => {
    requireFunction(kind, callback);
    const cell = cellNow();
    const args = kind === "setImmediate" ? rest : rest.slice(1);
    const fire = () => {
      if (kind !== "setInterval") alive.delete(handle);
      react(cell, callback, args);
    };
    const handle = kind === "setImmediate" ? start(fire) : start(fire, rest[0]);
    const stop = () => {
      if (kind === "setImmediate") own.clearImmediate(handle as NodeJS.Immediate);
      else own.clearTimeout(handle as NodeJS.Timeout);
      alive.delete(handle);
    };
    alive.set(handle, { kind, cell, stop });
    return handle;
  };
  Object.defineProperty(replacement, "name", { value: kind });
  return replacement;
}

function react(cell: Cell | undefined, callback: Callback, args: unknown[]): void {
  void runAs(cell, () => Promise.resolve().then(() => void callback(...args)));
}

function requireFunction(name: string, callback: unknown): void {
  if (typeof callback === "function") return;
  throw new TypeError(
    `${name}() wants a function to call later, and got ${callback === undefined ? "nothing" : `a ${typeof callback}`}. ` +
      `Write ${name}(() => something(), ...), and not ${name}(something(), ...).`,
  );
}
