import type { Tensor } from "../tensor";
import { elementwise, elementwiseBackward } from "./elementwise";

/**
 * The sigmoid of MobileNet v3 piecewise linear, without an exponential: relu6(x + 3) / 6.
 *
 * Keras before version 3 and tfjs call max(0, min(1, 0.2·x + 0.5)) so: another function.
 *
 * @see Howard et al., Searching for MobileNetV3, 2019, arXiv 1905.02244
 *
 * @example
 * hardSigmoid(tensor([-4, 0, 1.5, 4])).toArray() // → [0, 0.5, 0.75, 1]
 */
export function hardSigmoid(x: Tensor): Tensor {
  return elementwise("hardSigmoid", x, (x) => Math.min(Math.max(0, x + 3), 6) / 6);
}

/**
 * The gradient of the hard sigmoid: dy / 6 where -3 < x < 3, else 0, at both bends too.
 *
 * @example
 * hardSigmoidBackward(tensor([12, 12]), tensor([0, 4])).toArray() // → [2, 0]
 */
export function hardSigmoidBackward(dy: Tensor, x: Tensor): Tensor {
  return elementwiseBackward("hardSigmoidBackward", dy, x, (x) => (x > -3 && x < 3 ? 1 / 6 : 0));
}
