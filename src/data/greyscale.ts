import { ArgumentError, Tensor, zeros } from "../tensor";

/** How bright red, green and blue look beside each other, as television standard BT.601 weighs them. */
const LUMA = [0.299, 0.587, 0.114];

/**
 * Colours to grey: 0.299 red + 0.587 green + 0.114 blue, for the eye sees green best. Grey pictures stay
 * as they are.
 *
 * @param x [m, h, w, 3] or [m, h, w, 1]
 * @returns [m, h, w, 1]
 * @see Recommendation ITU-R BT.601-7, section 2.5.1
 *
 * @example
 * greyscale(tensor([1, 0.5, 0], [1, 1, 1, 3])).get(0, 0, 0, 0) // → 0.5925
 */
export function greyscale(x: Tensor): Tensor {
  if (!(x instanceof Tensor) || x.rank !== 4 || (x.shape[3] !== 3 && x.shape[3] !== 1)) {
    const expected = "images of shape [batch, height, width, 3]";
    throw new ArgumentError({ call: "greyscale", argument: "x", expected, received: x });
  }
  if (x.shape[3] === 1) return x.clone();
  const [m, height, width] = x.shape;
  const [red, green, blue] = LUMA;
  const grey = zeros([m, height, width, 1], x.dtype); // [m, h, w, 1]
  for (let i = 0; i < grey.size; i++)
    grey.data[i] = red * x.data[3 * i] + green * x.data[3 * i + 1] + blue * x.data[3 * i + 2];
  return grey;
}
