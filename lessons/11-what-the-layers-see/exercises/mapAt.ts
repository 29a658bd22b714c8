import { fromFunction, type Tensor } from "convbook";

/** As `x.map`, but with the index of each value. */
export function mapAt(x: Tensor, f: (value: number, index: readonly number[]) => number): Tensor {
  return fromFunction(x.shape, (...index) => f(x.get(...index), index));
}
