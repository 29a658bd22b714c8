import type { Tensor } from "../tensor";

/** Adds a block of values to the part of a tensor that begins at an index: the way back from `slice`. */
export function addWindow(sum: Tensor, window: Tensor, begin: readonly number[]): void {
  for (let place = 0; place < window.size; place++) {
    const index = window.indexAt(place).map((i, axis) => begin[axis] + i);
    sum.set(sum.get(...index) + window.data[place], ...index);
  }
}
