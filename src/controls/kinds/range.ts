import { ArgumentError, requireFinite, requireOptions, requirePositive } from "../../tensor";
import type { Control } from "../Control";

export interface RangeOptions {
  /** The distance between two values; 1 when left out. */
  step?: number | undefined;
  /** Where the slider begins; at `low` when left out. */
  start?: number | undefined;
}

/**
 * A slider for `interact`: a number from `low` to `high`, both included.
 *
 * @throws ArgumentError when there is nothing between the ends, or `start` lies outside
 *
 * @example
 * range(0, 3).read(2) // → 2
 * range(3, 0) // throws high must be more than low (3), but got 0
 */
export function range(low: number, high: number, options: RangeOptions = {}): Control<number> {
  requireOptions<RangeOptions>("range", options, { step: true, start: true });
  requireFinite("range", "low", low);
  requireFinite("range", "high", high);
  if (high <= low)
    throw new ArgumentError({
      call: "range",
      argument: "high",
      expected: `more than low (${low})`,
      received: high,
    });
  const step = requirePositive("range", "step", options.step ?? 1);
  const within = (argument: string, value: unknown): number => {
    const number = requireFinite("range", argument, value);
    if (number >= low && number <= high) return number;
    const expected = `from ${low} to ${high}`;
    throw new ArgumentError({ call: "range", argument, expected, received: number });
  };
  const start = within("start", options.start ?? low);
  return {
    part: { kind: "range", low, high, step },
    start,
    read: (state) => within("the slider", state),
  };
}
