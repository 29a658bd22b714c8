import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { Problem } from "./problem.mjs";

/**
 * Keeps a second set-up out while this one works: two installers would spoil each other's folders. A lock
 * whose process has died does not count.
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
  writeFileSync(file, String(process.pid), { flag: "wx" });
  return () => rmSync(file, { force: true });
}

/** The living process that has the lock. @param {string} file */
function holderOf(file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    if (!(pid > 0)) return undefined; // a full disk leaves an empty file
    process.kill(pid, 0); // asks only whether there is such a process
    return pid;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    return code === "EPERM" ? "of another user" : undefined; // ENOENT: no lock, ESRCH: its process has died
  }
}
