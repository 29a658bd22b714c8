import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Problem } from "./problem.mjs";

/** The lock that this process has, while it has one. @type {string | undefined} */
let held;

/**
 * Keeps a second set-up out while this one works: two installers would spoil each other's folders. A lock
 * whose processes have died does not count.
 *
 * @param {string} file
 * @returns {() => void} gives the lock back
 * @throws Problem when another process has it
 */
export function lock(file) {
  const holder = holderOf(file);
  if (holder !== undefined)
    throw new Problem(
      `Another set-up of this project is at work (process ${holder}). Wait for its end and run the same command again; if there is none, delete ${file}.`,
    );
  rmSync(file, { force: true });
  writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
  held = file;
  return () => {
    held = undefined;
    rmSync(file, { force: true });
  };
}

/**
 * Lets an installer hold the lock as well: it goes on working when the process that has started it is killed.
 *
 * @param {number | undefined} pid
 */
export function shareLock(pid) {
  if (held && pid !== undefined) appendFileSync(held, `${pid}\n`);
}

/** A living process that has the lock. @param {string} file */
function holderOf(file) {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined; // no lock
  }
  return text.split("\n").map(Number).find(isAlive);
}

/** @param {number} pid */
function isAlive(pid) {
  if (!(pid > 0)) return false; // a full disk leaves an empty file
  try {
    process.kill(pid, 0); // sends nothing: asks whether there is such a process
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM"; // there is, and it is another user's
  }
}
