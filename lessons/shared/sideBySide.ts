import { fromFunction, type Tensor } from "convbook";

/** Several f x f matrices in a row, [f, f · count], as a check card shows the channels of a window. */
export function sideBySide(
  f: number,
  count: number,
  value: (down: number, right: number, which: number) => number,
): Tensor {
  return fromFunction([f, f * count], (down, at) => value(down, at % f, Math.floor(at / f)));
}
