/*
 * Math.max(...numbers) hands every number over as an argument of its own; of some hundred thousand the stack overflows.
 */

/**
 * The greatest of any number of numbers; -Infinity of none.
 *
 * @example
 * greatest([3, 1, 2]) // → 3
 */
export function greatest(numbers: Iterable<number>): number {
  let most = -Infinity;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}

/**
 * The least of any number of numbers; Infinity of none.
 *
 * @example
 * least([3, 1, 2]) // → 1
 */
export function least(numbers: Iterable<number>): number {
  let fewest = Infinity;
  for (const number of numbers) fewest = Math.min(fewest, number);
  return fewest;
}

/**
 * The index of the greatest value: of classes, the likeliest. The first of several; 0 of none. A score that is no
 * number is never greater, so that whoever may meet NaN asks for that first. (`Tensor.argmax` gives the index in all
 * axes.)
 *
 * @example
 * indexOfGreatest([0.1, 0.7, 0.2]) // → 1
 */
export function indexOfGreatest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
