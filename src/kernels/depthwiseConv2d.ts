import {
  type Conv2dGradients,
  type DepthwiseConv2dOptions,
  depthwiseConv2dShape,
} from "../arithmetic";
import type { Tensor } from "../tensor";
import { conv2d, conv2dBackward } from "./conv2d";
import { requireOptions } from "../tensor";

/**
 * Depthwise convolution: every channel is filtered for itself, `multiplier` times, and channels never
 * mix. That is a convolution in as many groups as there are channels, and the filter of the one is that
 * of the other, reshaped.
 *
 *     y[m, i, j, c·multiplier + q] = bias[c·multiplier + q] + sum over a, b of  x[m, i·stride + ..., j·stride + ..., c] · filter[a, b, c, q]
 *
 * Cost: m · oh · ow · cin · multiplier · kh · kw multiply-adds, a cout-th part of the full convolution's
 * when multiplier is 1.
 *
 * @param x images, [m, h, w, cin]
 * @param filter [kh, kw, cin, multiplier], as in tfjs
 * @returns [m, oh, ow, cin · multiplier]
 * @throws ArgumentError when the shapes do not fit, before any work
 * @see Howard et al., MobileNets, 2017, arXiv 1704.04861
 *
 * @example
 * const x = tensor([[1, 10], [2, 20]]).reshape([1, 2, 1, 2]); // two pixels, two channels
 * const filter = tensor([1, 3, 2, 4], [2, 1, 2, 1]); // 1 and 2 for the first channel, 3 and 4 for the second
 * depthwiseConv2d(x, filter).reshape([2]).toArray() // → [5, 110]
 */
export function depthwiseConv2d(
  x: Tensor,
  filter: Tensor,
  options: DepthwiseConv2dOptions = {},
): Tensor {
  requireOptions<DepthwiseConv2dOptions>("depthwiseConv2d", options, {
    stride: true,
    padding: true,
    dilation: true,
    bias: true,
  });
  depthwiseConv2dShape("depthwiseConv2d", x, filter, options);
  return conv2d(x, asGroups(filter), { ...options, groups: filter.shape[2] });
}

/**
 * The gradients of a depthwise convolution.
 *
 * Cost: twice the forward pass.
 *
 * @param dy [m, oh, ow, cin · multiplier]
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const x = tensor([3, 5], [1, 1, 1, 2]);
 * const filter = tensor([7, 9], [1, 1, 2, 1]);
 * depthwiseConv2dBackward(tensor([1, 10], [1, 1, 1, 2]), x, filter).dFilter.reshape([2]).toArray() // → [3, 50]
 */
export function depthwiseConv2dBackward(
  dy: Tensor,
  x: Tensor,
  filter: Tensor,
  options: DepthwiseConv2dOptions = {},
): Conv2dGradients {
  requireOptions<DepthwiseConv2dOptions>("depthwiseConv2dBackward", options, {
    stride: true,
    padding: true,
    dilation: true,
    bias: true,
  });
  depthwiseConv2dShape("depthwiseConv2dBackward", x, filter, options);
  const grouped = { ...options, groups: filter.shape[2] };
  const { dx, dFilter, dBias } = conv2dBackward(dy, x, asGroups(filter), grouped);
  return { dx, dFilter: dFilter.reshape(filter.shape), dBias };
}

/** [kh, kw, cin, multiplier] read as [kh, kw, 1, cin · multiplier]: the numbers already lie in that order. */
function asGroups(filter: Tensor): Tensor {
  const [kernelHeight, kernelWidth, channels, multiplier] = filter.shape;
  return filter.reshape([kernelHeight, kernelWidth, 1, channels * multiplier]);
}
