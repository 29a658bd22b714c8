import type { Tensor } from "../tensor";
import { elementwise, elementwiseBackward } from "./elementwise";

/**
 * The hyperbolic tangent, from -1 to 1: LeNet's activation.
 *
 * @see LeCun et al., Gradient-Based Learning Applied to Document Recognition, 1998
 *
 * @example
 * tanh(tensor([0, Math.log(3)])).toArray() // → [0, 0.8]
 */
export function tanh(x: Tensor): Tensor {
  return elementwise("tanh", x, (x) => Math.tanh(x));
}

/**
 * The gradient of the hyperbolic tangent: dy · (1 - tanh(x)²).
 *
 * @example
 * tanhBackward(tensor([25]), tensor([Math.log(3)])).toArray() // → [9]
 */
export function tanhBackward(dy: Tensor, x: Tensor): Tensor {
  return elementwiseBackward("tanhBackward", dy, x, (x) => 1 - Math.tanh(x) ** 2);
}
