import { ArgumentError } from "./ArgumentError";

/** A mean, and how far it may be trusted. */
export interface StudentInterval {
  mean: number;
  /** Half the width of the interval: the mean lies within ± this, with a confidence of 95%. */
  margin: number;
  low: number;
  high: number;
}

/** The 97.5% points of Student's t for 1 to 30 degrees of freedom. */
const POINTS = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788,
  2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639,
  2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
];
/** Where the normal distribution has it. */
const NORMAL_POINT = 1.959964;

/**
 * The interval in which the true mean lies with a confidence of 95%, if the numbers are independent and about
 * normally distributed: mean ± t · s / √n. With few numbers t is large (4.3 for three, 2.8 for five), since their
 * deviation s is itself uncertain. For a difference between two ways, take the differences seed by seed.
 *
 * @param values at least two finite numbers
 * @throws ArgumentError when there are fewer
 * @see Student, The probable error of a mean, Biometrika 6, 1908
 *
 * @example
 * const { mean, margin } = studentInterval([1, 2, 3]);
 * [mean, margin] // → [2, 2.484165]
 */
export function studentInterval(values: ArrayLike<number>): StudentInterval {
  return intervalFor("studentInterval", values);
}

/** The same, for another function that was called. */
export function intervalFor(call: string, values: ArrayLike<number>): StudentInterval {
  const list = Array.from(values ?? []);
  if (list.length < 2 || !list.every(Number.isFinite)) {
    const expected = "at least two finite numbers";
    throw new ArgumentError({ call, argument: "values", expected, received: values });
  }
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  const squares = list.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const freedom = list.length - 1;
  const margin = pointFor(freedom) * Math.sqrt(squares / freedom / list.length);
  return { mean, margin, low: mean - margin, high: mean + margin };
}

/** Beyond the table two terms of the expansion in 1 / freedom are right to four digits. */
function pointFor(freedom: number): number {
  if (freedom <= POINTS.length) return POINTS[freedom - 1];
  const z = NORMAL_POINT;
  const first = (z ** 3 + z) / (4 * freedom);
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
  return z + first + second;
}
