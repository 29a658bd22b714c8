import { layers, network, type Network } from "convbook";

/** [parameters, multiply-adds] of a convolution. */
export function layerCost(
  input: number[],
  conv: {
    filters: number;
    f: number;
    stride: number;
    pad: number;
    groups: number;
    bias: boolean;
  },
): number[] {
  const [height, width, channels] = input;
  const { filters, f, stride, pad, groups, bias } = conv;
  const positions = (n: number): number => Math.floor((n + 2 * pad - f) / stride) + 1;
  const weights = f * f * (channels / groups) * filters;
  const multiplyAdds = positions(height) * positions(width) * weights; // each weight once a position
  return [bias ? weights + filters : weights, multiplyAdds];
}

/** [parameters, multiply-adds] of a stack of convolutions, poolings and dense layers. */
export function stackCost(
  input: number[],
  stack: { f?: number; stride?: number; pad?: number; filters?: number; units?: number }[],
): number[] {
  let [height, width, channels] = input;
  let [parameters, multiplyAdds] = [0, 0];
  for (const { f = 1, stride = 1, pad = 0, filters, units } of stack) {
    if (units !== undefined) {
      const weights = height * width * channels * units; // what comes in is flattened first
      parameters += weights + units;
      multiplyAdds += weights;
      [height, width, channels] = [1, 1, units];
      continue;
    }
    height = Math.floor((height + 2 * pad - f) / stride) + 1;
    width = Math.floor((width + 2 * pad - f) / stride) + 1;
    if (filters === undefined) continue; // a pooling multiplies nothing, and has no weights
    const weights = f * f * channels * filters;
    parameters += weights + filters;
    multiplyAdds += height * width * weights;
    channels = filters;
  }
  return [parameters, multiplyAdds];
}

/** How many multiply-adds a unit takes more when its 3 x 3 has the stride of 2 and not its first 1 x 1. */
export function strideGap(size: number, channels: number, filters: number): number {
  const everywhere = size * size * channels * filters; // the first 1 x 1 at stride 1
  const halved = (size / 2) * (size / 2) * channels * filters; // at stride 2
  return everywhere - halved; // the 3 x 3 puts out maps of half the size either way
}

/** A depthwise and a 1 x 1 convolution in place of a 3 x 3 convolution. */
export function cheaperLayer(input: number[], filters: number, stride: number): Network {
  return network(
    "depthwise separable",
    input,
    layers.depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }),
    layers.conv({ filters, kernelSize: 1, bias: false }),
  );
}
