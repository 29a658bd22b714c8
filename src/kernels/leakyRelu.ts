import { requireFinite, type Tensor } from "../tensor";
import { elementwise, elementwiseBackward } from "./elementwise";

/**
 * The rectifier that lets a little of the negative side through, so that a unit cannot die: x where x > 0,
 * slope · x elsewhere.
 *
 * @param slope of the negative side; 0.01 when left out, as in PyTorch
 * @see Maas, Hannun and Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013
 *
 * @example
 * leakyRelu(tensor([-2, 3]), 0.5).toArray() // → [-1, 3]
 */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  requireFinite("leakyRelu", "slope", slope);
  return elementwise("leakyRelu", x, (x) => (x > 0 ? x : slope * x));
}

/**
 * The gradient of the leaky rectifier: dy where x > 0, slope · dy elsewhere, at 0 too.
 *
 * @example
 * leakyReluBackward(tensor([4, 4]), tensor([-2, 3]), 0.5).toArray() // → [2, 4]
 */
export function leakyReluBackward(dy: Tensor, x: Tensor, slope = 0.01): Tensor {
  requireFinite("leakyReluBackward", "slope", slope);
  return elementwiseBackward("leakyReluBackward", dy, x, (x) => (x > 0 ? 1 : slope));
}
