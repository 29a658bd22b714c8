import type { Tensor } from "../tensor";

/** Adds a block of values to the part of a tensor that begins at an index: the way back from `slice`. */
export function addWindow(sum: Tensor, window: Tensor, begin: readonly number[]): void {
  for (let offset = 0; offset < window.size; offset++) {
    const index = window.indexAt(offset).map((i, axis) => begin[axis] + i);
    sum.set(sum.get(...index) + window.data[offset], ...index);
  }
}
