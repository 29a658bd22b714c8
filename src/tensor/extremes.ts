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
