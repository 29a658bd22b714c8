import type { Tensor } from "../tensor";
import { elementwise, elementwiseBackward } from "./elementwise";

/**
 * The rectifier capped at 6, which keeps activations in a range that few bits can hold: min(max(0, x), 6).
 *
 * @see Howard et al., MobileNets, 2017, arXiv 1704.04861
 *
 * @example
 * relu6(tensor([-2, 3, 8])).toArray() // → [0, 3, 6]
 */
export function relu6(x: Tensor): Tensor {
  return elementwise("relu6", x, (x) => Math.min(Math.max(0, x), 6));
}

/**
 * The gradient of relu6: dy where 0 < x < 6. At both bends, which have no slope, 0 as in PyTorch.
 *
 * @example
 * relu6Backward(tensor([5, 5, 5]), tensor([-2, 3, 8])).toArray() // → [0, 5, 0]
 */
export function relu6Backward(dy: Tensor, x: Tensor): Tensor {
  return elementwiseBackward("relu6Backward", dy, x, (x) => (x > 0 && x < 6 ? 1 : 0));
}
