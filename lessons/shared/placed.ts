import { fromFunction, type Tensor } from "convbook";
import { orZero } from "./orZero";

/** A tensor of zeros with x in it, whose first value stands at `at`. */
export function placed(x: Tensor, shape: readonly number[], at: readonly number[]): Tensor {
  return fromFunction(shape, (...index) => orZero(x, ...index.map((n, axis) => n - at[axis])));
}
