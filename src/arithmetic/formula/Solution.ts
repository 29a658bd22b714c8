import { Derivation, type Step } from "./Derivation";
import type { Letter } from "./given";
import type { Interval } from "./relation";

/** All that solves the output-size formula for one letter, and how it was found. */
export class Solution extends Derivation {
  constructor(
    steps: readonly Step[],
    conclusion: string,
    readonly letter: Letter,
    /**
     * The least and the greatest whole number that solve it; those between do too. `null` when there is none,
     * or when other letters are left.
     */
    readonly interval: Interval | null,
    /**
     * The solution for which the windows reach the end of the padded input just so. It need not be a whole
     * number: 54.25 positions. With letters left an expression; `null` where there is none.
     */
    readonly exact: number | string | null,
  ) {
    super(steps, conclusion);
  }

  /** Each whole number that solves it; the first hundred, if they have no end. */
  get values(): number[] {
    if (this.interval === null) return [];
    const [from, to] = this.interval;
    const count = Number.isFinite(to) ? to - from + 1 : 100;
    return Array.from({ length: count }, (_, i) => from + i);
  }
}
