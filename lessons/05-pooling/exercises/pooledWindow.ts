import type { ComputedFrom, PoolMode, Tensor } from "convbook";
import { windowAt } from "../../shared/windowAt";

/** The window behind each value of a pooled map, for the check card. */
export function pooledWindow(x: Tensor, f: number, stride: number, mode: PoolMode) {
  return ([i, row, column, c]: readonly number[]): ComputedFrom => ({
    patch: windowAt(x, [i, row * stride, column * stride, c], f),
    caption: mode === "max" ? "the largest of the window" : "the average of the window",
  });
}
