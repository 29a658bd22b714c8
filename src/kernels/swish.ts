import type { Tensor } from "../tensor";
import { elementwise, elementwiseBackward } from "./elementwise";

/**
 * Swish, also called SiLU: x · sigmoid(x). Smooth, and a little below 0 for negative x.
 *
 * @see Ramachandran et al., Searching for Activation Functions, 2017, arXiv 1710.05941
 *
 * @example
 * swish(tensor([0, Math.log(3)])).toArray() // → [0, 0.823959]
 */
export function swish(x: Tensor): Tensor {
  return elementwise("swish", x, (x) => x / (1 + Math.exp(-x)));
}

/**
 * The gradient of swish: dy · (s + x · s · (1 - s)), where s = sigmoid(x).
 *
 * @example
 * swishBackward(tensor([2]), tensor([0])).toArray() // → [1]
 */
export function swishBackward(dy: Tensor, x: Tensor): Tensor {
  return elementwiseBackward("swishBackward", dy, x, (x) => {
    const s = 1 / (1 + Math.exp(-x));
    return s + x * s * (1 - s);
  });
}
