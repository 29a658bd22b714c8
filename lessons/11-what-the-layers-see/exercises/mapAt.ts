import { fromFunction, type Tensor } from "convbook";

/** As `x.map`, but told the place of each value. */
export function mapAt(x: Tensor, f: (value: number, place: readonly number[]) => number): Tensor {
  return fromFunction(x.shape, (...place) => f(x.get(...place), place));
}
