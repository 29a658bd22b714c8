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
 * Runs those of the steps that are not done, in order; those of a list side by side. A step is done when its stamp, written only after it
 * succeeded, holds the hash of its inputs, and its result is still there.
 *
 * @param {(Step | Step[])[]} steps
 * @param {object} options
 * @param {(title: string, work: () => Promise<string | void>) => Promise<void>} options.show wraps each step that runs, to show its progress
 * @param {(pending: Step[]) => void} [options.announce] is called with what is about to run, if anything is
 * @param {string} [options.folder] where stamps and logs are kept
 */
export async function runSteps(steps, { show, announce, folder = ownFolder }) {
  const pending = [];
  const groups = [];
  for (const group of steps.map((step) => [step].flat())) {
    const missing = [];
    for (const step of group) if (!(await isDone(step, folder))) missing.push(step);
    pending.push(...missing);
    if (missing.length > 0) groups.push(missing);
  }
  if (pending.length === 0) return;
  announce?.(pending);
  for (const step of pending) await step.prepare?.();
  for (const made of ["stamps", "logs"]) mkdirSync(path.join(folder, made), { recursive: true });
  const release = lock(lockFile(folder));
  try {
    for (const group of groups)
      await show(group.map(({ title }) => title).join(", "), () => runGroup(group, folder));
  } finally {
    release();
  }
}

/**
 * Runs the steps of a group side by side. All are awaited, also when one fails, so that none works on unseen.
 *
 * @param {Step[]} group
 * @param {string} folder
 */
async function runGroup(group, folder) {
  const results = await Promise.allSettled(
    group.map(async (step) => {
      const inputs = step.inputs();
      writeFileSync(stampFile(step, folder), unfinished);
      const end = await step.run(logFile(step, folder));
      writeFileSync(stampFile(step, folder), inputs);
      return end;
    }),
  );
  const ends = results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
  return ends.filter((end) => typeof end === "string").join("; ") || undefined;
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
