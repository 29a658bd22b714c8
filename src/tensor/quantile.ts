import { ArgumentError } from "./ArgumentError";
import { requireFraction } from "./require";

/**
 * The number that a fraction of some numbers lies below: 0.5 for their median, 0 for the least, 1 for the greatest.
 * Where it falls between two of them, it lies between them in proportion, as NumPy and R have it by default.
 *
 * @param fraction from 0 to 1
 * @throws ArgumentError when there are no numbers
 *
 * @example
 * quantile([9, 1, 2], 0.5) // → 2
 * quantile([1, 2, 4, 8], 0.25) // → 1.75
 */
export function quantile(values: ArrayLike<number>, fraction: number): number {
  requireFraction("quantile", "fraction", fraction);
  if (!(values?.length > 0)) {
    const expected = "at least one number";
    throw new ArgumentError({ call: "quantile", argument: "values", expected, received: values });
  }
  const sorted = Array.from(values).sort((a, b) => a - b);
  const position = fraction * (sorted.length - 1);
  const [below, above] = [Math.floor(position), Math.ceil(position)];
  if (below === above) return sorted[below]; // also where it is infinite
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
