import type { Tensor } from "../tensor";
import { elementwise, elementwiseBackward } from "./elementwise";

/**
 * The logistic function, from 0 to 1: 1 / (1 + e^-x).
 *
 * @example
 * sigmoid(tensor([0, Math.log(3)])).toArray() // → [0.5, 0.75]
 */
export function sigmoid(x: Tensor): Tensor {
  return elementwise("sigmoid", x, (x) => 1 / (1 + Math.exp(-x)));
}

/**
 * The gradient of the sigmoid: dy · s · (1 - s), where s = sigmoid(x).
 *
 * @example
 * sigmoidBackward(tensor([16]), tensor([Math.log(3)])).toArray() // → [3]
 */
export function sigmoidBackward(dy: Tensor, x: Tensor): Tensor {
  return elementwiseBackward("sigmoidBackward", dy, x, (x) => {
    const s = 1 / (1 + Math.exp(-x));
    return s * (1 - s);
  });
}
