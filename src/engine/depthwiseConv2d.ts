import {
  type Conv2dGradients,
  type DepthwiseConv2dOptions,
  depthwiseConv2dShape,
} from "../arithmetic";
import type { Tensor } from "../tensor";
import { convolutionOf, gradientsOf } from "./onTensors";
import { requireOptions } from "../tensor";

/**
 * The fast twin of `depthwiseConv2d`: every channel filtered for itself. With one filter a channel, a kernel
 * of its own; with more, a convolution in groups.
 *
 * Cost: m · oh · ow · cin · multiplier · kh · kw multiply-adds. Mostly it waits for memory.
 *
 * @param x images, [m, h, w, cin], float32
 * @param filter [kh, kw, cin, multiplier]
 * @returns [m, oh, ow, cin · multiplier]
 * @throws ArgumentError when the shapes do not fit, or a tensor is float64
 *
 * @example
 * const x = tensor([[1, 10], [2, 20]]).reshape([1, 2, 1, 2]); // two pixels, two channels
 * const filter = tensor([1, 3, 2, 4], [2, 1, 2, 1]); // 1 and 2 for the first channel, 3 and 4 for the second
 * engine.depthwiseConv2d(x, filter).reshape([2]).toArray() // → [5, 110]
 */
export function depthwiseConv2d(
  x: Tensor,
  filter: Tensor,
  options: DepthwiseConv2dOptions = {},
): Tensor {
  requireOptions<DepthwiseConv2dOptions>("engine.depthwiseConv2d", options, {
    stride: true,
    padding: true,
    dilation: true,
    bias: true,
  });
  const call = "engine.depthwiseConv2d";
  const shape = depthwiseConv2dShape(call, x, filter, options);
  return convolutionOf(call, shape, x, filter, options);
}

/**
 * The fast twin of `depthwiseConv2dBackward`.
 *
 * Cost: twice the forward pass.
 *
 * @param dy [m, oh, ow, cin · multiplier]
 * @throws ArgumentError when the shapes do not fit, or a tensor is float64
 *
 * @example
 * const x = tensor([3, 5], [1, 1, 1, 2]);
 * const filter = tensor([7, 9], [1, 1, 2, 1]);
 * engine.depthwiseConv2dBackward(tensor([1, 10], [1, 1, 1, 2]), x, filter).dFilter.reshape([2]).toArray() // → [3, 50]
 */
export function depthwiseConv2dBackward(
  dy: Tensor,
  x: Tensor,
  filter: Tensor,
  options: DepthwiseConv2dOptions = {},
): Conv2dGradients {
  requireOptions<DepthwiseConv2dOptions>("engine.depthwiseConv2dBackward", options, {
    stride: true,
    padding: true,
    dilation: true,
    bias: true,
  });
  const call = "engine.depthwiseConv2dBackward";
  const shape = depthwiseConv2dShape(call, x, filter, options);
  return gradientsOf(call, shape, dy, x, filter);
}
