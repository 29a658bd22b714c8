import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { lock } from "./lock.mjs";
import { inRoot, root } from "./paths.mjs";

/**
 * One step of the set-up.
 *
 * @typedef {object} Step
 * @property {string} name names the stamp and the log: "packages"
 * @property {string} title what the line of progress says: "npm packages"
 * @property {() => string} inputs a hash of all that the result depends on; another hash, and the step runs again
 * @property {() => boolean | Promise<boolean>} present whether the result is still there
 * @property {() => void | Promise<void>} [prepare] refuses, before any step runs, what could not work
 * @property {(logFile: string) => Promise<string | void>} run makes the result, from whatever a killed run has left;
 *   tells how that ended, where there is more to say than that it is done
 */

/** What a stamp says while its step runs; a killed run leaves it behind. */
const unfinished = "unfinished";

/** Where stamps, logs and the lock are kept. */
const ownFolder = inRoot(".convbook");

/**
 * Runs those of the steps that are not done, in order. A step is done when its stamp, written only after it
 * succeeded, holds the hash of its inputs, and its result is still there.
 *
 * @param {Step[]} steps
 * @param {object} options
 * @param {(title: string, work: () => Promise<string | void>) => Promise<void>} options.show wraps each step that runs, to show its progress
 * @param {string} [options.folder] where stamps and logs are kept
 */
export async function runSteps(steps, { show, folder = ownFolder }) {
  const pending = [];
  for (const step of steps) if (!(await isDone(step, folder))) pending.push(step);
  if (pending.length === 0) return;
  for (const step of pending) await step.prepare?.();
  for (const made of ["stamps", "logs"]) mkdirSync(path.join(folder, made), { recursive: true });
  const release = lock(lockFile(folder));
  try {
    for (const step of pending) {
      const inputs = step.inputs();
      writeFileSync(stampFile(step, folder), unfinished);
      await show(step.title, () => step.run(logFile(step, folder)));
      writeFileSync(stampFile(step, folder), inputs);
    }
  } finally {
    release();
  }
}

/** @param {Step} step */
export async function isDone(step, folder = ownFolder) {
  return readStamp(step, folder) === step.inputs() && (await step.present());
}

/** Has a step run again. @param {Step} step */
export function forget(step, folder = ownFolder) {
  rmSync(stampFile(step, folder), { force: true });
}

/** Where the output of a step's commands goes. @param {Step} step */
export function logFile(step, folder = ownFolder) {
  return path.join(folder, "logs", `${step.name}.log`);
}

/** Whoever has it is the only one to change anything. */
export function lockFile(folder = ownFolder) {
  return path.join(folder, "setup.lock");
}

/** @param {Step} step @param {string} folder */
function readStamp(step, folder) {
  try {
    return readFileSync(stampFile(step, folder), "utf8");
  } catch {
    return undefined;
  }
}

/** @param {Step} step @param {string} folder */
function stampFile(step, folder) {
  return path.join(folder, "stamps", step.name);
}

/**
 * A hash of files, and of whatever else matters. It stays the same when the checkout is moved.
 *
 * @param {string[]} files
 * @param {...string} others
 */
export function hashOf(files, ...others) {
  const hash = createHash("sha256");
  for (const file of files) {
    const name = path.relative(root, file);
    hash.update(name).update("\0").update(readFileSync(file)).update("\0");
  }
  for (const other of others) hash.update(other).update("\0");
  return hash.digest("hex");
}
