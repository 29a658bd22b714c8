import { promisify } from "node:util";
import type { Cell } from "./Cell";
import { cellNow, runAs } from "./context";
import { ended, underWay } from "./underWay";

type Callback = (...args: unknown[]) => unknown;
type Kind = "setTimeout" | "setInterval" | "setImmediate";
const own = { setTimeout, setInterval, setImmediate, clearTimeout, clearImmediate };

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

function timer(kind: Kind) {
  const start = own[kind] as (callback: Callback, ...args: unknown[]) => object;
  const replacement = (callback: Callback, ...rest: unknown[]): object => {
    requireFunction(kind, callback);
    const cell = cellNow();
    const args = kind === "setImmediate" ? rest : rest.slice(1);
    const fire = () => {
      if (kind !== "setInterval") ended(handle);
      react(cell, callback, args);
    };
    const handle = kind === "setImmediate" ? start(fire) : start(fire, rest[0]);
    const stop = () => {
      if (kind === "setImmediate") own.clearImmediate(handle as NodeJS.Immediate);
      else own.clearTimeout(handle as NodeJS.Timeout);
    };
    underWay(handle, { kind, cell, stop });
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
