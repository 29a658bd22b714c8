import {
  ArgumentError,
  requireImages,
  requireInteger,
  requireSameShape,
  requireTensor,
  type Tensor,
} from "../tensor";
import type { Conv2dShape } from "./conv2dShape";
import { transposedWindow, type TransposedWindowOptions } from "./transposed";

export interface Conv2dTransposeOptions extends TransposedWindowOptions {
  /** One number added to each output channel, [cout]. */
  bias?: Tensor | undefined;
  /** The channels are split into this many consecutive blocks, each with filters of its own. 1 when left out. */
  groups?: number | undefined;
}

/**
 * Checks everything that could be wrong with the arguments of a transposed convolution, and works out the
 * shape of the convolution that it runs backwards: what the one takes in, the other puts out.
 *
 * @param call the public function that asks, for the error message
 * @param x [m, h, w, cin]: what that convolution would put out
 * @param filter [kh, kw, cout / groups, cin]
 *
 * @example
 * conv2dTransposeShape("conv2dTranspose", zeros([1, 4, 4, 8]), zeros([2, 2, 3, 8]), { stride: 2 }).inputChannels // → 3
 */
export function conv2dTransposeShape(
  call: string,
  x: Tensor,
  filter: Tensor,
  options: Conv2dTransposeOptions = {},
): Conv2dShape {
  requireImages(call, "x", x);
  requireTensor(call, "filter", filter, ["kh", "kw", "cout / groups", "cin"], x.dtype);
  const [batch, height, width, channels] = x.shape;
  const [kernelHeight, kernelWidth, filtersPerGroup, filterChannels] = filter.shape;
  const groups = requireInteger(call, "groups", options.groups ?? 1, 1);
  if (channels % groups !== 0) {
    const expected = `a divisor of the ${channels} input channels`;
    throw new ArgumentError({ call, argument: "groups", expected, received: groups });
  }
  if (filterChannels !== channels) {
    const expected = `[${kernelHeight}, ${kernelWidth}, cout / groups, ${channels}], since x has ${channels} channels`;
    throw new ArgumentError({ call, argument: "filter's shape", expected, received: filter.shape });
  }
  const outputs = filtersPerGroup * groups;
  if (options.bias !== undefined) requireSameShape(call, "bias", options.bias, [outputs], x.dtype);
  const window = transposedWindow(call, [height, width], [kernelHeight, kernelWidth], options);
  return { batch, inputChannels: outputs, outputChannels: channels, groups, window };
}
