import { fromFunction, type Tensor } from "convbook";

/** x with zeros everywhere but at one index of an axis: `only(x, 3, 0)` keeps the first channel of images. */
export function only(x: Tensor, axis: number, at: number): Tensor {
  return fromFunction(x.shape, (...index) => (index[axis] === at ? x.get(...index) : 0), x.dtype);
}
