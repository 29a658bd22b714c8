import type { Tensor } from "../tensor";
import { elementwise, elementwiseBackward } from "./elementwise";

/**
 * The rectifier: max(0, x).
 *
 * @see Nair and Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines, 2010
 *
 * @example
 * relu(tensor([-2, 0, 3])).toArray() // → [0, 0, 3]
 */
export function relu(x: Tensor): Tensor {
  return elementwise("relu", x, (x) => Math.max(0, x));
}

/**
 * The gradient of the rectifier: dy where x > 0. At 0, where it has no slope, 0 as in PyTorch and TensorFlow.
 *
 * @example
 * reluBackward(tensor([5, 5, 5]), tensor([-2, 0, 3])).toArray() // → [0, 0, 5]
 */
export function reluBackward(dy: Tensor, x: Tensor): Tensor {
  return elementwiseBackward("reluBackward", dy, x, (x) => (x > 0 ? 1 : 0));
}
