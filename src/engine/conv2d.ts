import { type Conv2dGradients, type Conv2dOptions, conv2dShape } from "../arithmetic";
import { requireOneOf, requireOptions, type Tensor } from "../tensor";
import type { WantedMethod } from "./slidingProduct";
import { convolutionOf, gradientsOf } from "./onTensors";

export interface EngineConv2dOptions extends Conv2dOptions {
  /**
   * `"direct"` computes every product of the definition: so when left out. `"winograd"` computes a quarter of them
   * (3x3 kernels at stride 1 only), from sums of neighbouring pixels: a NaN or an infinite value spreads to outputs
   * that never saw it, and beside values a million times as large digits are lost. `"fastest"` takes it where it pays.
   */
  method?: WantedMethod | undefined;
}

/**
 * The fast twin of `conv2d`: same arguments, same result to rounding.
 *
 * Cost: m · oh · ow · cout · kh · kw · cin / groups multiply-adds, or a quarter of them by Winograd's
 * method.
 *
 * @param x images, [m, h, w, cin], float32
 * @param filter [kh, kw, cin / groups, cout]
 * @returns [m, oh, ow, cout]
 * @throws ArgumentError when the shapes do not fit, or a tensor is float64
 *
 * @example
 * const x = tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]]).reshape([1, 3, 3, 1]);
 * const filter = tensor([[1, 0], [0, -1]]).reshape([2, 2, 1, 1]);
 * engine.conv2d(x, filter).reshape([2, 2]).toArray() // → [[-4, -4], [-4, -4]]
 */
export function conv2d(x: Tensor, filter: Tensor, options: EngineConv2dOptions = {}): Tensor {
  requireOptions<EngineConv2dOptions>("engine.conv2d", options, {
    method: true,
    bias: true,
    groups: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  const call = "engine.conv2d";
  if (options.method !== undefined)
    requireOneOf(call, "method", options.method, ["direct", "winograd", "fastest"]);
  const shape = conv2dShape(call, x, filter, options);
  return convolutionOf(call, shape, x, filter, options);
}

/**
 * The fast twin of `conv2dBackward`.
 *
 * Cost: twice the forward pass.
 *
 * @param dy the gradient of the loss with respect to the output, [m, oh, ow, cout]
 *
 * @example
 * const x = tensor([[1, 2], [3, 4]]).reshape([1, 2, 2, 1]);
 * const filter = tensor([[5, 6], [7, 8]]).reshape([2, 2, 1, 1]);
 * engine.conv2dBackward(tensor([10], [1, 1, 1, 1]), x, filter).dx.reshape([2, 2]).toArray() // → [[50, 60], [70, 80]]
 */
export function conv2dBackward(
  dy: Tensor,
  x: Tensor,
  filter: Tensor,
  options: Conv2dOptions = {},
): Conv2dGradients {
  requireOptions<Conv2dOptions>("engine.conv2dBackward", options, {
    bias: true,
    groups: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  const call = "engine.conv2dBackward";
  const shape = conv2dShape(call, x, filter, options);
  return gradientsOf(call, shape, dy, x, filter);
}
