import { mkdirSync, rmSync, statSync } from "node:fs";

/** A change takes milliseconds. A lock as old as this was left behind by a process that was killed. */
const STALE = 5_000;
const PAUSE = 5;

/**
 * Runs `action` while no other process does so for the same file. The lock is a folder beside it, since making
 * one is a single step on every system, a shared disk included. It waits without giving control back, as its
 * callers are not asynchronous; the package proper-lockfile does not wait then.
 */
export function withLock<T>(file: string, action: () => T): T {
  const lock = `${file}.lock`;
  while (!taken(lock)) {
    if (age(lock) > STALE) rmSync(lock, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
  try {
    return action();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function age(lock: string): number {
  try {
    return Date.now() - statSync(lock).mtimeMs;
  } catch {
    return 0; // given back between the two looks
  }
}
