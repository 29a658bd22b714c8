import {
  ArgumentError,
  permutation,
  quantile,
  random,
  requireInteger,
  requireOneOf,
  requireOptions,
} from "../tensor";

/** How long a task takes, in milliseconds. */
export interface Timing {
  /** Half of the rounds were faster. Unlike a mean, it does not mind the few in which the machine did something else. */
  readonly median: number;
  /** A quarter of the rounds were faster than `low`, a quarter slower than `high`: how far to trust the median. */
  readonly low: number;
  readonly high: number;
  /** All of them in their order, so that what two tasks took in the same round can be compared: `timeRatio`. */
  readonly rounds: readonly number[];
}

export interface TimingsOptions {
  /** How often each is timed. 15 when left out. */
  rounds?: number | undefined;
  /**
   * `"wall"` for the time that passes, when left out; `"processor"` for the time that this process computes, all its
   * threads together, which does not count what other programs take: for work that runs on one thread.
   */
  clock?: "wall" | "processor" | undefined;
}

/** Shorter work is run several times a round: neither the clock nor the calls around it shall count. */
const LEAST_MILLISECONDS = 1;
const MOST_REPEATS = 1000;

/**
 * Times several tasks beside each other. They take turns, round after round, so that whatever else
 * the machine is doing disturbs all of them alike, and each round in another order, so that none always finds the
 * caches as the same other one has left them: compare the times with each other, not with those of another
 * run, and by `timeRatio` round for round. Each runs once before, untimed, since code is compiled and memory found
 * when they are first used.
 *
 * @param tasks the work by its name. Done when the call returns: nothing is awaited
 * @throws ArgumentError when there is no task, or one is not a function
 *
 * @example
 * const image = randomNormal([1, 8, 8, 4], random(1));
 * const filter = randomNormal([3, 3, 4, 4], random(2));
 * const times = timings({ plain: () => conv2d(image, filter), fast: () => engine.conv2d(image, filter) });
 * times.plain.low <= times.plain.median // → true
 */
export function timings<Name extends string>(
  tasks: Readonly<Record<Name, () => unknown>>,
  options: TimingsOptions = {},
): Record<Name, Timing> {
  requireOptions<TimingsOptions>("timings", options, { rounds: true, clock: true });
  const rounds = requireInteger("timings", "rounds", options.rounds ?? 15, 1);
  const clock = clocks[requireOneOf("timings", "clock", options.clock ?? "wall", clockNames)];
  const names = Object.keys(tasks ?? {}) as Name[];
  if (names.length === 0 || !names.every((name) => typeof tasks[name] === "function")) {
    const expected = "an object with functions, {name: () => work()}";
    throw new ArgumentError({ call: "timings", argument: "tasks", expected, received: tasks });
  }
  const entries = names.map((name) => {
    const start = clocks.wall();
    requireDone(name, tasks[name]());
    const needed = LEAST_MILLISECONDS / (clocks.wall() - start);
    return { name, repeats: Math.min(Math.ceil(needed), MOST_REPEATS), times: [] as number[] };
  });
  const order = random(1);
  for (let round = 0; round < rounds; round++)
    for (const turn of permutation(entries.length, order)) {
      const { name, repeats, times } = entries[turn];
      times.push(elapsed(clock, tasks[name], repeats) / repeats);
    }
  return Object.fromEntries(entries.map(({ name, times }) => [name, timingOf(times)])) as Record<
    Name,
    Timing
  >;
}

/** The time of a promise is that of making it, not of the work. */
function requireDone(name: string, result: unknown): void {
  if (!(result instanceof Promise)) return;
  result.catch(() => undefined); // its failure is not what is reported here
  throw new ArgumentError({
    call: "timings",
    argument: `tasks.${name}`,
    expected: "a function that is done when it returns",
    received: result,
    receivedAs: "one that returns a promise",
    remedy: "Await before what is needed, and time the rest.",
  });
}

export const clockNames = ["wall", "processor"] as const;

/** Milliseconds since some moment. */
const clocks: Readonly<Record<(typeof clockNames)[number], () => number>> = {
  wall: () => performance.now(),
  processor: () => {
    const { user, system } = process.cpuUsage(); // microseconds
    return (user + system) / 1000;
  },
};

function elapsed(clock: () => number, task: () => unknown, repeats: number): number {
  const start = clock();
  for (let i = 0; i < repeats; i++) task();
  return clock() - start;
}

function timingOf(times: readonly number[]): Timing {
  return {
    low: quantile(times, 0.25),
    median: quantile(times, 0.5),
    high: quantile(times, 0.75),
    rounds: times,
  };
}
