import {
  type Pair,
  slidingWindow,
  type TransposedWindowOptions,
  transposedWindow,
  type WindowOptions,
} from "../../arithmetic";
import { ArgumentError, requireInteger } from "../../tensor";
import { type Module, NetworkError } from "../graph";
import {
  type Named,
  layer,
  requireMaps,
  requireSymbolic,
  spatial,
  weight,
  requireLayerOptions,
} from "./draft";

export interface ConvOptions extends Named, Omit<WindowOptions, "ceilMode"> {
  /** Output channels. */
  filters: number;
  /** One number for a square filter, or [height, width]. */
  kernelSize: number | Pair;
  /** The channels are split into this many consecutive blocks, each with filters of its own. 1 when left out. */
  groups?: number | undefined;
  /** Whether one number is added to each output channel. True when left out; batch norm makes it needless. */
  bias?: boolean | undefined;
}

/**
 * A convolution: [h, w, cin] → [oh, ow, filters].
 *
 * Weights: kh · kw · cin / groups · filters, and one bias a filter.
 * Cost: oh · ow times the weights in multiply-adds.
 *
 * @example
 * const first = network("AlexNet's first layer", [227, 227, 3], layers.conv({ filters: 96, kernelSize: 11, stride: 4 }));
 * first.output.shape // → [55, 55, 96]
 */
export function conv(options: ConvOptions): Module {
  requireLayerOptions<ConvOptions>("layers.conv", options, {
    filters: true,
    kernelSize: true,
    groups: true,
    bias: "flag",
    name: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  return layer("conv", options, (shape) => {
    const [, , inputChannels] = requireMaps("conv", shape);
    const filters = requireInteger("conv", "filters", options.filters, 1);
    const groups = requireGroups("conv", options.groups, inputChannels, filters);
    const window = slidingWindow("conv", spatial(shape), options.kernelSize, options);
    const { height, width } = window;
    const bias = options.bias ?? true;
    const filter = weight("filter", [height.kernel, width.kernel, inputChannels / groups, filters]);
    return {
      operation: { kind: "conv", filters, groups, bias, window },
      shape: [height.output, width.output, filters],
      weights: bias ? [filter, weight("bias", [filters])] : [filter],
    };
  });
}

export interface DepthwiseConvOptions extends Omit<ConvOptions, "filters" | "groups"> {
  /** Output channels for each input channel. 1 when left out. */
  multiplier?: number | undefined;
}

/**
 * A convolution in which every input channel has filters of its own and channels do not mix:
 * [h, w, c] → [oh, ow, c · multiplier]. The grouped convolution with as many groups as channels.
 *
 * @example
 * network("depthwise", [14, 14, 512], layers.depthwiseConv({ kernelSize: 3, padding: "same" })).output.weights[0].shape // → [3, 3, 1, 512]
 */
export function depthwiseConv(given: DepthwiseConvOptions): Module {
  requireLayerOptions<DepthwiseConvOptions>("layers.depthwiseConv", given, {
    multiplier: true,
    kernelSize: true,
    stride: true,
    padding: true,
    dilation: true,
    bias: "flag",
    name: true,
  });
  const { multiplier = 1, ...options } = given;
  requireInteger("layers.depthwiseConv", "multiplier", multiplier, 1);
  return (x) => {
    requireSymbolic("depthwiseConv", x);
    const channels = x.shape[x.shape.length - 1];
    try {
      return conv({ ...options, filters: channels * multiplier, groups: channels })(x);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      const problem = { ...error.problem, call: "layers.depthwiseConv" };
      throw new NetworkError(problem, error.path, error.inputShapes);
    }
  };
}

export interface TransposedConvOptions extends Named, TransposedWindowOptions {
  /** Output channels. */
  filters: number;
  /** One number for a square filter, or [height, width]. */
  kernelSize: number | Pair;
  /** The channels are split into this many consecutive blocks, each with filters of its own. 1 when left out. */
  groups?: number | undefined;
  /** True when left out. */
  bias?: boolean | undefined;
}

/**
 * A transposed convolution: the gradient of a convolution taken as a layer, which makes maps larger.
 * [h, w, cin] → [oh, ow, filters], where [oh, ow] is what a convolution with these options makes [h, w] of.
 *
 * Weights: kh · kw · filters / groups · cin, and one bias a filter.
 * Cost: h · w times the weights in multiply-adds, at the size of the input.
 *
 * @example
 * network("up", [7, 7, 64], layers.transposedConv({ filters: 32, kernelSize: 4, stride: 2, padding: 1 })).output.shape // → [14, 14, 32]
 */
export function transposedConv(options: TransposedConvOptions): Module {
  requireLayerOptions<TransposedConvOptions>("layers.transposedConv", options, {
    filters: true,
    kernelSize: true,
    groups: true,
    bias: "flag",
    name: true,
    outputPadding: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  const call = "transposedConv";
  return layer(call, options, (shape) => {
    const [, , inputChannels] = requireMaps(call, shape);
    const filters = requireInteger(call, "filters", options.filters, 1);
    const groups = requireGroups(call, options.groups, inputChannels, filters);
    const window = transposedWindow(call, spatial(shape), options.kernelSize, options);
    const { height, width } = window;
    const bias = options.bias ?? true;
    const filter = weight("filter", [height.kernel, width.kernel, filters / groups, inputChannels]);
    return {
      operation: { kind: call, filters, groups, bias, window },
      shape: [height.input, width.input, filters],
      weights: bias ? [filter, weight("bias", [filters])] : [filter],
    };
  });
}

function requireGroups(
  call: string,
  groups: number | undefined,
  inputChannels: number,
  filters: number,
): number {
  const count = requireInteger(call, "groups", groups ?? 1, 1);
  if (inputChannels % count === 0 && filters % count === 0) return count;
  const expected = `a divisor of the ${inputChannels} input channels and of the ${filters} filters`;
  throw new ArgumentError({ call, argument: "groups", expected, received: groups });
}
