import { quantile } from "convbook";

/** Something to be timed: one call does the whole work, its result included. */
export interface Task {
  run(): unknown;
  /** Called before each round, not timed: chooses a backend, say. */
  enter?(): unknown;
  /** The fraction of the time that counts, where `run` can only do more than is measured. 1 when left out. */
  fraction?: number;
}

const ROUNDS = 2;

/** Whether times are those of the processor, see `now`. Then two threads count double. */
export const countsProcessorTime = process.env.BENCH_CLOCK === "cpu";

/**
 * The median time of each task, in seconds. They take turns in rounds, so that whatever else the machine is
 * doing disturbs all of them alike. In each round a task runs once to warm up, then for its part of
 * `budget` seconds and at least twice. One that takes longer than all its budget runs once only.
 */
export async function medians<Name>(
  tasks: ReadonlyMap<Name, Task>,
  budget: number,
): Promise<Map<Name, number>> {
  const times = new Map([...tasks.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, task] of tasks) {
      const taken = times.get(name)!;
      if (taken[0] > budget) continue;
      await task.enter?.();
      const warmUp = await seconds(task);
      if (warmUp > budget) taken.unshift(warmUp);
      else await repeat(task, taken, budget / ROUNDS);
    }
  return new Map([...times].map(([name, taken]) => [name, quantile(taken, 0.5)]));
}

async function repeat(task: Task, times: number[], budget: number): Promise<void> {
  for (let spent = 0, runs = 0; spent < budget || runs < 2; runs++) {
    const time = await seconds(task);
    times.push(time);
    spent += time;
  }
}

async function seconds({ run, fraction = 1 }: Task): Promise<number> {
  const start = now();
  const result = run();
  // Awaiting what is there already would add a turn of the event loop to short tasks.
  if (result instanceof Promise) await result;
  return (now() - start) * fraction;
}

/**
 * Seconds on the clock; or, with BENCH_CLOCK=cpu, those that the process has been computing, all threads
 * together. On a machine that others use, the latter still compares what runs on one thread.
 */
function now(): number {
  if (!countsProcessorTime) return performance.now() / 1000;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
