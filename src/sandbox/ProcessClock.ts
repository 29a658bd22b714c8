import { readFileSync } from "node:fs";

/**
 * A clock that stands still while a process waits for a processor: it could have run, and others did. By it, code
 * is as fast on a busy machine as on an idle one, but for what caches lose.
 *
 * Linux counts that waiting (`/proc/PID/schedstat`); where it is not known, this is the clock on the wall.
 */
export class ProcessClock {
  private readonly statistics: string;
  private waited = 0;

  /** @param pid of the process, or of one that wraps it: that which was started last does the work */
  constructor(pid: number) {
    this.statistics = `/proc/${innermost(pid)}/schedstat`;
  }

  /** Milliseconds since some moment. They go on when the process has ended. A wait is counted once it is over. */
  now(): number {
    const nanoseconds = Number(read(this.statistics)?.split(" ")[1]);
    if (nanoseconds > 0) this.waited = nanoseconds / 1e6;
    return performance.now() - this.waited;
  }
}

/** Bubblewrap starts a process that starts the program. */
function innermost(pid: number): number {
  const child = Number(read(`/proc/${pid}/task/${pid}/children`)?.trim().split(" ").at(-1));
  return child > 0 ? innermost(child) : pid;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // no such process any more, or no such system
  }
}
