import { requireOptions, type Tensor } from "../tensor";
import { requireGroups } from "./requireGroups";
import {
  type NormGradients,
  type NormOptions,
  type Sets,
  standardise,
  standardiseBackward,
} from "./standardise";

export interface GroupNormOptions extends NormOptions {
  /** The channels are split into this many consecutive blocks. */
  groups: number;
}

/**
 * Group normalisation: within each image, the values of a group of channels get mean 0 and variance 1, then each
 * channel a scale and a shift that are learnt. In as many groups as channels it is instance normalisation. Other
 * images play no part, so it does the same in batches of any size, and in training and inference.
 *
 * Cost: one multiply-add a value once the statistics are known, two passes over x before that.
 *
 * @param x images, [m, h, w, c]
 * @returns shaped as x
 * @throws ArgumentError when the groups do not divide the channels, or shapes do not fit, before any work
 * @see Wu and He, Group normalization, 2018, arXiv 1803.08494
 *
 * @example
 * const x = tensor([1, 3, 10, 30], [1, 1, 1, 4]);
 * groupNorm(x, { groups: 2, epsilon: 1e-12 }).reshape([4]).toArray() // → [-1, 1, -1, 1]
 */
export function groupNorm(x: Tensor, options: GroupNormOptions): Tensor {
  requireOptions<GroupNormOptions>("groupNorm", options, optionNames);
  return standardise("groupNorm", x, blocksOf("groupNorm", x, options), options);
}

/**
 * The gradients of group normalisation.
 *
 * Cost: some six multiply-adds a value.
 *
 * @param dy the gradient of the loss with respect to the output, shaped as x
 * @param options those of the forward pass; beta does not matter
 * @throws ArgumentError when the groups do not divide the channels, or shapes do not fit, before any work
 *
 * @example
 * const [dy, x] = [tensor([1, 5], [1, 1, 1, 2]), tensor([1, 3], [1, 1, 1, 2])];
 * groupNormBackward(dy, x, { groups: 1, epsilon: 1e-12 }).dBeta.toArray() // → [1, 5]
 */
export function groupNormBackward(dy: Tensor, x: Tensor, options: GroupNormOptions): NormGradients {
  const call = "groupNormBackward";
  requireOptions<GroupNormOptions>(call, options, optionNames);
  return standardiseBackward(call, dy, x, blocksOf(call, x, options), options);
}

const optionNames = { groups: true, gamma: true, beta: true, epsilon: true } as const;

/** A set is a group of channels of one image. */
function blocksOf(call: string, x: Tensor, options: GroupNormOptions): Sets {
  const groups = requireGroups(call, x, options.groups);
  const [batch, height, width, channels] = x.shape;
  const valuesPerImage = height * width * channels;
  const together = channels / groups;
  return {
    count: batch * groups,
    of: (offset) =>
      Math.floor(offset / valuesPerImage) * groups + Math.floor((offset % channels) / together),
  };
}
