import { ArgumentError, quantile } from "../tensor";
import type { Timing } from "./timings";

/** How many times as long one task takes as another. */
export interface TimeRatio {
  /** Of the ratios of all rounds. */
  readonly median: number;
  /** Where the true median lies with a confidence of at least 95%, if the rounds are independent. */
  readonly low: number;
  readonly high: number;
}

/** With fewer, even the least and the greatest of the ratios enclose the true median in less than 95% of all cases. */
const LEAST_ROUNDS = 6;
const CONFIDENCE = 0.95;
/** Beyond this 2^-n runs out of the numbers that there are. */
const MANY = 1000;

/**
 * How many times as long one task takes as another, round for round: what slows the machine down for a
 * while slows both down and drops out, so that far smaller differences are seen than by two medians beside each
 * other. Where the interval holds 1, the two cannot be told apart. It stands between two of the ratios themselves,
 * as many from each end as a fair coin allows, and so supposes nothing of how times are distributed. What differs
 * from one start of the program to the next, where its memory lies for example, no number of rounds can show.
 *
 * @param a what one call of `timings` gave for the one
 * @param b what the same call gave for the other
 * @throws ArgumentError for fewer than 6 rounds, and when the two have not equally many
 * @see David and Nagaraja, Order Statistics, 2003, section 7.1
 *
 * @example
 * const timing = (rounds) => ({ median: 0, low: 0, high: 0, rounds });
 * timeRatio(timing([2, 4, 2, 6, 2, 8]), timing([1, 2, 1, 2, 1, 2])) // → { median: 2, low: 2, high: 4 }
 */
export function timeRatio(a: Timing, b: Timing): TimeRatio {
  const [above, below] = [roundsOf("a", a), roundsOf("b", b)];
  if (above.length !== below.length) {
    throw new ArgumentError({
      call: "timeRatio",
      argument: "b",
      expected: `as many rounds as a has, ${above.length}`,
      received: below.length,
      remedy: "Time both in one call of timings.",
    });
  }
  const ratios = above.map((time, round) => time / below[round]).sort((p, q) => p - q);
  const outside = ratiosOutside(ratios.length);
  return {
    median: quantile(ratios, 0.5),
    low: ratios[outside],
    high: ratios[ratios.length - 1 - outside],
  };
}

/**
 * How many of n values may be left out at each end, so that the median lies between the others with the confidence
 * asked for: each value is as likely above it as below.
 */
function ratiosOutside(n: number): number {
  if (n > MANY) return Math.floor(n / 2 - 0.98 * Math.sqrt(n)); // the binomial is a normal distribution by then
  let probability = 2 ** -n; // that 0 of n lie below
  let tail = probability;
  let outside = 0;
  for (;;) {
    probability *= (n - outside) / (outside + 1); // that one more does
    tail += probability;
    if (2 * tail > 1 - CONFIDENCE) return outside;
    outside++;
  }
}

function roundsOf(argument: string, timing: Timing): readonly number[] {
  const rounds: unknown = (timing as Timing | undefined)?.rounds;
  const isLong = Array.isArray(rounds) && rounds.length >= LEAST_ROUNDS;
  if (isLong && rounds.every((time) => Number.isFinite(time) && time > 0))
    return rounds as number[];
  throw new ArgumentError({
    call: "timeRatio",
    argument,
    expected: `what timings gave for a task, of at least ${LEAST_ROUNDS} rounds that took some time`,
    received: Array.isArray(rounds) ? rounds : timing,
  });
}
