import type { Tensor } from "../tensor";
import { elementwise, elementwiseBackward } from "./elementwise";

/**
 * The swish of MobileNet v3 piecewise, without an exponential: x · relu6(x + 3) / 6.
 *
 * @see Howard et al., Searching for MobileNetV3, 2019, arXiv 1905.02244
 *
 * @example
 * hardSwish(tensor([-4, -1.5, 0, 4])).toArray() // → [0, -0.375, 0, 4]
 */
export function hardSwish(x: Tensor): Tensor {
  return elementwise("hardSwish", x, (x) => (x * Math.min(Math.max(0, x + 3), 6)) / 6);
}

/**
 * The gradient of the hard swish: dy · (x / 3 + 1 / 2) where -3 < x < 3; dy to the right of it, the bend at 3
 * included, and 0 to the left.
 *
 * @example
 * hardSwishBackward(tensor([2, 2, 2]), tensor([-4, 0, 4])).toArray() // → [0, 1, 2]
 */
export function hardSwishBackward(dy: Tensor, x: Tensor): Tensor {
  return elementwiseBackward("hardSwishBackward", dy, x, (x) => {
    if (x <= -3) return 0;
    return x < 3 ? x / 3 + 1 / 2 : 1;
  });
}
