import { fromFunction, type Tensor } from "convbook";

/** x with zeros everywhere but at one place of an axis: `only(x, 3, 0)` keeps the first channel of images. */
export function only(x: Tensor, axis: number, place: number): Tensor {
  return fromFunction(
    x.shape,
    (...index) => (index[axis] === place ? x.get(...index) : 0),
    x.dtype,
  );
}
