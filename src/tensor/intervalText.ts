import { ArgumentError } from "./ArgumentError";
import { requireOptions } from "./requireOptions";
import { requireInteger } from "./require";
import { intervalFor } from "./studentInterval";

export interface IntervalTextOptions {
  /** Decimal places, 0 to 20. 1 when left out. */
  decimals?: number | undefined;
  /** Whether the values are fractions, 0 to 1, to be written in percent (differences: in percentage points). False when left out. */
  percent?: boolean | undefined;
}

/**
 * Mean ± margin of the 95% interval of Student's t, as a table of an experiment has it: with spaces that do not break. Write the interval of the
 * *differences*, seed by seed, where two ways are compared: where it holds 0, these numbers cannot tell.
 *
 * @param values at least two finite numbers, see `studentInterval`
 * @throws ArgumentError when there are fewer, or an option does not fit
 *
 * @example
 * intervalText([0.91, 0.92, 0.93], { percent: true }) // → "92.0\u00a0±\u00a02.5"
 */
export function intervalText(values: ArrayLike<number>, options: IntervalTextOptions = {}): string {
  const call = "intervalText";
  requireOptions<IntervalTextOptions>(call, options, { decimals: true, percent: "flag" });
  const { decimals = 1, percent = false } = options;
  requireInteger(call, "decimals", decimals, 0);
  if (decimals > 20) {
    const expected = "0 to 20";
    throw new ArgumentError({ call, argument: "decimals", expected, received: decimals });
  }
  if (typeof percent !== "boolean") {
    const expected = "true or false";
    throw new ArgumentError({ call, argument: "percent", expected, received: percent });
  }
  const { mean, margin } = intervalFor(call, values);
  const [centre, around] = [mean, margin].map((value) => (percent ? 100 * value : value));
  return `${written(centre, decimals)}\u00a0±\u00a0${written(around, decimals)}`;
}

/** What rounds to 0 has no sign. */
function written(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}
