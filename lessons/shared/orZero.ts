import type { Tensor } from "convbook";

/** The value at an index, and 0 where there is none: outside the tensor, or between its places. */
export function orZero(x: Tensor, ...index: number[]): number {
  const inside = index.every((n, axis) => Number.isInteger(n) && n >= 0 && n < x.shape[axis]);
  return inside ? x.get(...index) : 0;
}
