import {
  ArgumentError,
  requireFinite,
  requireInteger,
  requirePositive,
  requireFraction,
} from "../../tensor";
import type { Weight } from "../description";
import type { Module } from "../graph";
import { type Named, elementwise, layer, requireMaps, weight, requireLayerOptions } from "./draft";

export interface BatchNormOptions extends Named {
  /** Whether each channel is multiplied by a learnt gamma. True when left out; Keras's Inception v3 does without. */
  scale?: boolean | undefined;
  /** Whether a learnt beta is added to each channel. True when left out. */
  center?: boolean | undefined;
  /** Added to the variance before the root. 1e-5 when left out, as in PyTorch; Keras has 1e-3. */
  epsilon?: number | undefined;
  /**
   * The fraction of themselves that the moving mean and variance keep at each step of training, 0 to 1. 0.9 when left
   * out: PyTorch calls it a momentum of 0.1. Keras has 0.99, which needs some hundred steps to be of use.
   */
  momentum?: number | undefined;
  /** Whether the moving variance follows the unbiased one, as in PyTorch. False when left out, as in tfjs. */
  unbiased?: boolean | undefined;
}

/**
 * Batch normalisation: each channel shifted and scaled to mean 0 and variance 1, then by a learnt gamma
 * and beta. Its moving mean and variance are weights that training does not follow the gradient of:
 * Keras counts them as parameters, PyTorch does not.
 *
 * @see Ioffe and Szegedy, Batch normalization, 2015, arXiv 1502.03167
 *
 * @example
 * network("net", [8, 8, 64], layers.batchNorm()).output.weights.map((weight) => weight.trainable) // → [true, true, false, false]
 */
export function batchNorm(options: BatchNormOptions = {}): Module {
  const call = "layers.batchNorm";
  requireLayerOptions<BatchNormOptions>(call, options, {
    ...affineOptions,
    momentum: true,
    unbiased: "flag",
  });
  const affine = affineOf(call, options);
  const momentum = requireFraction(call, "momentum", options.momentum ?? MOMENTUM);
  const unbiased = options.unbiased ?? false;
  if (typeof unbiased !== "boolean") {
    const expected = "true or false";
    throw new ArgumentError({ call, argument: "unbiased", expected, received: unbiased });
  }
  return layer("batchNorm", options, (shape) => {
    const channels = [shape[shape.length - 1]];
    const weights = [
      ...affineWeights(shape, affine.scale, affine.center),
      weight("movingMean", channels, false),
      weight("movingVariance", channels, false),
    ];
    const averages = {
      ...(momentum !== MOMENTUM && { momentum }),
      ...(unbiased && { unbiased }),
    };
    return { operation: { kind: "batchNorm", ...affine, ...averages }, shape, weights };
  });
}

/** Of batch norm, when nothing is said. */
const MOMENTUM = 0.9;

/** The options of normalisations that take their statistics from each image itself. */
export type LayerNormOptions = Omit<BatchNormOptions, "momentum" | "unbiased">;

/**
 * Layer normalisation: the channels of each pixel, or the features of a vector, shifted and scaled to mean 0 and
 * variance 1, then by a learnt gamma and beta, [c] each.
 *
 * @see Ba, Kiros and Hinton, Layer normalization, 2016, arXiv 1607.06450
 *
 * @example
 * cost(network("net", [8, 8, 64], layers.layerNorm())).params // → 128
 */
export function layerNorm(options: LayerNormOptions = {}): Module {
  const call = "layerNorm";
  requireLayerOptions<LayerNormOptions>("layers.layerNorm", options, affineOptions);
  const { scale, center, epsilon } = affineOf("layers.layerNorm", options);
  return layer(call, options, (shape) => ({
    operation: { kind: call, scale, center, epsilon },
    shape,
    weights: affineWeights(shape, scale, center),
  }));
}

export interface GroupNormOptions extends LayerNormOptions {
  /** The channels are split into this many consecutive blocks. */
  groups: number;
}

/**
 * Group normalisation: within each image, a group of channels shifted and scaled to mean 0 and variance 1, then each
 * channel by a learnt gamma and beta. In as many groups as channels it is instance normalisation.
 *
 * @see Wu and He, Group normalization, 2018, arXiv 1803.08494
 *
 * @example
 * cost(network("net", [8, 8, 64], layers.groupNorm({ groups: 32 }))).params // → 128
 */
export function groupNorm(options: GroupNormOptions): Module {
  const call = "groupNorm";
  requireLayerOptions<GroupNormOptions>("layers.groupNorm", options, {
    groups: true,
    ...affineOptions,
  });
  const { scale, center, epsilon } = affineOf("layers.groupNorm", options);
  return layer(call, options, (shape) => {
    const [, , channels] = requireMaps(call, shape);
    const groups = requireInteger(call, "groups", options.groups, 1);
    if (channels % groups !== 0) {
      const expected = `a divisor of the ${channels} channels`;
      throw new ArgumentError({ call, argument: "groups", expected, received: groups });
    }
    return {
      operation: { kind: call, groups, scale, center, epsilon },
      shape,
      weights: affineWeights(shape, scale, center),
    };
  });
}

const affineOptions = { scale: "flag", center: "flag", epsilon: true, name: true } as const;

function affineOf(call: string, { scale = true, center = true, epsilon = 1e-5 }: LayerNormOptions) {
  return { scale, center, epsilon: requirePositive(call, "epsilon", epsilon) };
}

function affineWeights(shape: readonly number[], scale: boolean, center: boolean): Weight[] {
  const channels = [shape[shape.length - 1]];
  return [
    ...(scale ? [weight("gamma", channels)] : []),
    ...(center ? [weight("beta", channels)] : []),
  ];
}

export interface LocalResponseNormOptions extends Named {
  /** How many neighbouring channels, itself in the middle, share a sum. 5 when left out. */
  size?: number | undefined;
  /** Factor of the sum of squares (not of their mean). 1e-4 when left out. */
  alpha?: number | undefined;
  /** 0.75 when left out. */
  beta?: number | undefined;
  /** 2 when left out. */
  k?: number | undefined;
}

/**
 * Local response normalisation: each value divided by (k + alpha · sum of the squares of its neighbours
 * across channels)^beta. No weights.
 *
 * @see Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks, 2012
 *
 * @example
 * network("net", [55, 55, 96], layers.localResponseNorm({ size: 5 })).output.shape // → [55, 55, 96]
 */
export function localResponseNorm(options: LocalResponseNormOptions = {}): Module {
  requireLayerOptions<LocalResponseNormOptions>("layers.localResponseNorm", options, {
    size: true,
    alpha: true,
    beta: true,
    k: true,
    name: true,
  });
  const call = "localResponseNorm";
  const size = requireInteger(`layers.${call}`, "size", options.size ?? 5, 1);
  const alpha = requireFinite(`layers.${call}`, "alpha", options.alpha ?? 1e-4);
  const beta = requireFinite(`layers.${call}`, "beta", options.beta ?? 0.75);
  const k = requirePositive(`layers.${call}`, "k", options.k ?? 2);
  if (alpha < 0) {
    const expected = "0 or more, or a sum could be 0";
    throw new ArgumentError({
      call: `layers.${call}`,
      argument: "alpha",
      expected,
      received: alpha,
    });
  }
  return layer(call, options, (shape) => {
    requireMaps(call, shape);
    return { operation: { kind: call, size, alpha, beta, k }, shape };
  });
}

/** One learnt factor and one learnt offset for each channel, as in the pooling layers of the first LeNet-5. */
export function channelScale(options: Named = {}): Module {
  requireLayerOptions<Named>("layers.channelScale", options, { name: true });
  return layer("channelScale", options, (shape) => {
    const channels = [shape[shape.length - 1]];
    const weights = [weight("gamma", channels), weight("beta", channels)];
    return { operation: { kind: "channelScale" }, shape, weights };
  });
}

/**
 * Images shifted and scaled by the mean and variance of the training set, as a layer of the network: Keras's
 * EfficientNet begins with one, whose mean, variance and count it counts as 2 · c + 1 parameters.
 */
export function inputNorm(options: Named = {}): Module {
  requireLayerOptions<Named>("layers.inputNorm", options, { name: true });
  return layer("inputNorm", options, (shape) => {
    const channels = [shape[shape.length - 1]];
    const weights = [
      weight("movingMean", channels, false),
      weight("movingVariance", channels, false),
      weight("count", [], false),
    ];
    return { operation: { kind: "inputNorm" }, shape, weights };
  });
}

/**
 * Sets a fraction of the values to 0 while training, at random; does nothing afterwards.
 *
 * @example
 * network("net", [4096], layers.dropout({ rate: 0.5 })).output.shape // → [4096]
 */
export function dropout(options: Named & { rate: number }): Module {
  requireLayerOptions<Named & { rate: number }>("layers.dropout", options, {
    rate: true,
    name: true,
  });
  const rate = requireFinite("layers.dropout", "rate", options.rate);
  if (rate < 0 || rate >= 1) {
    const expected = "at least 0 and less than 1";
    throw new ArgumentError({ call: "layers.dropout", argument: "rate", expected, received: rate });
  }
  return elementwise("dropout", options, { kind: "dropout", rate });
}
