import { Worker } from "node:worker_threads";

/** How often it is looked after the parent, in milliseconds. */
const INTERVAL = 1000;

/**
 * Ends this process, and what it has started, soon after its parent has died: a kernel whose Jupyter was
 * killed would stay for ever. A thread of its own watches, since the main one may be in a loop of the
 * learner's; it does not keep the process alive.
 */
export function endWithParent(): void {
  const watch = new Worker(`(${watchParent.toString()})(${process.ppid}, ${INTERVAL})`, {
    eval: true,
    execArgv: [],
  });
  watch.on("error", () => undefined);
  watch.unref();
}

/** Runs in the thread, as text: it sees nothing of this file. */
function watchParent(parent: number, interval: number): void {
  setInterval(() => {
    if (process.ppid === parent) return;
    try {
      process.kill(-process.pid, "SIGKILL"); // the group, where Jupyter has given the kernel one
    } catch {
      process.kill(process.pid, "SIGKILL");
    }
  }, interval);
}
