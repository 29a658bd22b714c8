import { ArgumentError } from "./ArgumentError";

/**
 * Spearman's rank correlation: 1 for numbers in the same order, -1 in the opposite one, near 0 where the orders have
 * nothing in common. Equal numbers share the mean of their ranks.
 *
 * @throws ArgumentError when the lists differ in length, hold something that is not a number, or one of them is
 *   constant, so that it has no order
 *
 * @example
 * rankCorrelation([1, 2, 3], [10, 20, 1000]) // → 1
 * rankCorrelation([1, 2, 2, 4], [4, 3, 2, 1]) // → -0.948683
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const call = "rankCorrelation";
  for (const [argument, values] of Object.entries({ a, b }))
    if (!(values?.length >= 2) || Array.from(values).some((value) => !(Math.abs(value) >= 0)))
      throw new ArgumentError({
        call,
        argument,
        expected: "two numbers or more",
        received: values,
      });
  if (a.length !== b.length)
    throw new ArgumentError({
      call,
      argument: "b",
      expected: `as many numbers as a, ${a.length}`,
      received: b,
      receivedAs: `${b.length}`,
    });
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (x.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) ** 2;
    yy += (y[i] - mean) ** 2;
  }
  for (const [argument, spread] of Object.entries({ a: xx, b: yy }))
    if (spread === 0)
      throw new ArgumentError({
        call,
        argument,
        expected: "numbers that are not all equal",
        received: argument === "a" ? a[0] : b[0],
      });
  return xy / Math.sqrt(xx * yy);
}

/** The rank of each number in their order, from 0. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i);
  order.sort((p, q) => values[p] - values[q]);
  const result = new Float64Array(order.length);
  for (let begin = 0; begin < order.length;) {
    let end = begin + 1;
    while (end < order.length && values[order[end]] === values[order[begin]]) end++;
    for (let i = begin; i < end; i++) result[order[i]] = (begin + end - 1) / 2;
    begin = end;
  }
  return result;
}
