import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { deadline } from "../deadline";
import type { Task, TaskReply } from "./task";

/**
 * Longer than any honest notebook needs, on a slow machine too: milliseconds of the processor's time that this process
 * takes, the thread among it, so that on a busy machine no notebook is unreadable.
 */
const TASK_LIMIT = 15_000;
/** MiB of heap for the compiler. */
const MEMORY = 1024;

/**
 * Reads learners' code in a thread of its own, one task after the other. A task that takes too long or too
 * much memory ends the thread, and the next task gets a new one.
 */
export class Reader {
  /** Started at once: until the first notebook has been found, it has loaded the compiler. */
  private worker: Worker | undefined = this.start();
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  /** Does a task; `failed` says why the code cannot be read. */
  do<T extends Task>(task: T): Promise<TaskReply<T["kind"]>> {
    const done = this.last.then(() => this.doNext(task));
    this.last = done;
    return done as Promise<TaskReply<T["kind"]>>;
  }

  close(): void {
    this.closed = true;
    void this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(join(__dirname, "thread.js"), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
      execArgv: [],
    });
    worker.unref(); // idle, it keeps no process from its end; a task has a timer that does
    worker.on("error", () => {}); // where it matters, `doNext` listens too
    worker.on("exit", () => {
      if (this.worker === worker) this.worker = undefined;
    });
    return worker;
  }

  private doNext(task: Task): Promise<TaskReply<Task["kind"]>> {
    if (this.closed) return Promise.resolve({ failed: "the sandbox is closed" });
    const worker = (this.worker ??= this.start());
    return new Promise((resolve) => {
      const settle = (reply: TaskReply<Task["kind"]>): void => {
        stopWatch();
        worker.off("message", settle).off("error", failed).off("exit", ended);
        resolve(reply);
      };
      const abandon = (reason: string): void => {
        this.worker = undefined;
        settle({ failed: reason });
        void worker.terminate();
      };
      const failed = (error: Error): void => abandon(error.message);
      const ended = (): void => abandon("the compiler ended");
      const late = (): void => abandon(`it takes longer than ${TASK_LIMIT / 1000} seconds`);
      const stopWatch = deadline(TASK_LIMIT, processorTime, late);
      worker.on("message", settle).on("error", failed).on("exit", ended);
      worker.postMessage(task);
    });
  }
}

/** What this process has taken of the processor, all threads together, in milliseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage(); // microseconds
  return (user + system) / 1000;
}
