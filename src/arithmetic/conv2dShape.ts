import {
  ArgumentError,
  requireImages,
  requireInteger,
  requireSameShape,
  requireTensor,
  type Tensor,
} from "../tensor";
import { slidingWindow, type Window, type WindowOptions } from "./window";

export interface Conv2dOptions extends Omit<WindowOptions, "ceilMode"> {
  /** One number added to each output channel, [cout]. */
  bias?: Tensor | undefined;
  /** The channels are split into this many consecutive blocks, each with filters of its own. 1 when left out. */
  groups?: number | undefined;
}

/** The number of groups is not for choosing here: it is the number of channels. */
export type DepthwiseConv2dOptions = Omit<Conv2dOptions, "groups">;

/** What the backward pass of a convolution gives. */
export interface Conv2dGradients {
  /** Shaped as x. */
  dx: Tensor;
  /** Shaped as filter. */
  dFilter: Tensor;
  /** [cout]. */
  dBias: Tensor;
}

/** A convolution worked out: everything its loops need. */
export interface Conv2dShape {
  batch: number;
  inputChannels: number;
  outputChannels: number;
  groups: number;
  window: Window;
}

/**
 * Checks everything that could be wrong with the arguments of a convolution, and works out its shape.
 *
 * @param call the public function that asks, for the error message
 * @param x [m, h, w, cin]
 * @param filter [kh, kw, cin / groups, cout]
 *
 * @example
 * conv2dShape("conv2d", zeros([8, 28, 28, 1]), zeros([5, 5, 1, 6])).window.height.output // → 24
 */
export function conv2dShape(
  call: string,
  x: Tensor,
  filter: Tensor,
  options: Conv2dOptions = {},
): Conv2dShape {
  requireImages(call, "x", x);
  requireTensor(call, "filter", filter, ["kh", "kw", "cin / groups", "cout"], x.dtype);
  const [batch, height, width, inputChannels] = x.shape;
  const [kernelHeight, kernelWidth, channelsPerGroup, outputChannels] = filter.shape;
  const groups = requireInteger(call, "groups", options.groups ?? 1, 1);
  if (inputChannels % groups !== 0 || outputChannels % groups !== 0) {
    const expected = `a divisor of the ${inputChannels} input channels and of the ${outputChannels} output channels`;
    throw new ArgumentError({ call, argument: "groups", expected, received: groups });
  }
  if (channelsPerGroup !== inputChannels / groups) {
    const expected = `[${kernelHeight}, ${kernelWidth}, ${inputChannels / groups}, ${outputChannels}], since x has ${inputChannels} channels in ${groups} group${groups === 1 ? "" : "s"}`;
    throw new ArgumentError({ call, argument: "filter's shape", expected, received: filter.shape });
  }
  if (options.bias !== undefined)
    requireSameShape(call, "bias", options.bias, [outputChannels], x.dtype);
  const window = slidingWindow(call, [height, width], [kernelHeight, kernelWidth], options);
  return { batch, inputChannels, outputChannels, groups, window };
}

/**
 * The same for a depthwise convolution, which is a convolution in as many groups as x has channels.
 *
 * @param filter [kh, kw, cin, multiplier]
 *
 * @example
 * depthwiseConv2dShape("depthwiseConv2d", zeros([1, 8, 8, 3]), zeros([3, 3, 3, 2])).outputChannels // → 6
 */
export function depthwiseConv2dShape(
  call: string,
  x: Tensor,
  filter: Tensor,
  options: DepthwiseConv2dOptions = {},
): Conv2dShape {
  requireImages(call, "x", x);
  requireTensor(call, "filter", filter, ["kh", "kw", "cin", "multiplier"], x.dtype);
  const [kernelHeight, kernelWidth, filterChannels, multiplier] = filter.shape;
  const channels = x.shape[3];
  if (filterChannels !== channels) {
    const expected = `[${kernelHeight}, ${kernelWidth}, ${channels}, multiplier], since x has ${channels} channels`;
    throw new ArgumentError({ call, argument: "filter's shape", expected, received: filter.shape });
  }
  const grouped = filter.reshape([kernelHeight, kernelWidth, 1, channels * multiplier]);
  return conv2dShape(call, x, grouped, { ...options, groups: channels });
}
