import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { lock } from "./lock.mjs";
import { root } from "./paths.mjs";

/**
 * One step of the set-up.
 *
 * @typedef {object} Step
 * @property {string} name names the stamp and the log: "packages"
 * @property {string} title what the line of progress says: "npm packages"
 * @property {() => string} inputs a hash of all that the result depends on; another hash, and the step runs again
 * @property {() => boolean | Promise<boolean>} present whether the result is still there
 * @property {() => void | Promise<void>} [prepare] refuses, before any step runs, what could not work
 * @property {(logFile: string) => Promise<void>} run makes the result, from whatever a killed run has left
 */

/** What a stamp says while its step runs; a killed run leaves it behind. */
const unfinished = "unfinished";

/**
 * Runs those of the steps that are not done, in order. A step is done when its stamp, written only after it
 * succeeded, holds the hash of its inputs, and its result is still there.
 *
 * @param {Step[]} steps
 * @param {object} options
 * @param {string} options.folder where stamps and logs are kept
 * @param {(title: string, work: () => Promise<void>) => Promise<void>} options.show wraps each step that runs, to show its progress
 */
export async function runSteps(steps, { folder, show }) {
  const pending = [];
  for (const step of steps) if (!(await isDone(step, folder))) pending.push(step);
  if (pending.length === 0) return;
  for (const step of pending) await step.prepare?.();
  const logs = path.join(folder, "logs");
  for (const made of [path.join(folder, "stamps"), logs]) mkdirSync(made, { recursive: true });
  const release = lock(path.join(folder, "setup.lock"));
  try {
    for (const step of pending) {
      const inputs = step.inputs();
      writeFileSync(stampFile(step, folder), unfinished);
      await show(step.title, () => step.run(path.join(logs, `${step.name}.log`)));
      writeFileSync(stampFile(step, folder), inputs);
    }
  } finally {
    release();
  }
}

/** @param {Step} step @param {string} folder */
async function isDone(step, folder) {
  return readStamp(step, folder) === step.inputs() && (await step.present());
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
