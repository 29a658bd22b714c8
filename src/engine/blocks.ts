/** The least multiple of `unit` that is not below `value`. */
export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

/**
 * How long to make the blocks that `length` is cut into: at most `longest`, and so that there are at least
 * `wanted` of them, in multiples of `unit`.
 */
export function divide(length: number, longest: number, unit: number, wanted: number): number {
  const even = Math.ceil(length / Math.max(1, wanted));
  return Math.max(unit, roundUp(Math.min(longest, even), unit));
}
