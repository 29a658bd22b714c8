import type { Tensor } from "convbook";

/** The f x f window of one channel, [f, f], that starts at `[i, top, left, c]`. */
export function windowAt(x: Tensor, start: readonly number[], f: number): Tensor {
  return x.slice(start, [1, f, f, 1]).reshape([f, f]);
}
