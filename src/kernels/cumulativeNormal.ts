/**
 * The fraction of a standard normal distribution that lies below x, to double precision.
 *
 * Near the middle by a series whose terms are all positive, so that nothing cancels; in the tails by Lentz's
 * continued fraction, cut where a double no longer changes.
 *
 * @see Abramowitz and Stegun, Handbook of mathematical functions, 1964, 26.2.11 and 26.2.14
 */
export function cumulativeNormal(x: number): number {
  if (Number.isNaN(x)) return NaN;
  const size = Math.abs(x);
  if (size < 3) {
    let term = size;
    let sum = size;
    for (let n = 3; term > sum * 1e-17; n += 2) sum += term *= (size * size) / n;
    const above = normalDensity(size) * sum; // between 0 and |x|
    return x < 0 ? 0.5 - above : 0.5 + above;
  }
  let fraction = size;
  for (let n = TERMS; n > 0; n--) fraction = size + n / fraction;
  const tail = normalDensity(size) / fraction;
  return x < 0 ? tail : 1 - tail;
}

/** This many terms suffice from 3 on. */
const TERMS = 60;

/** The density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}
