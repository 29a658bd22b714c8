import type { Tensor } from "../tensor";
import { requireGroups } from "./requireGroups";

/**
 * The channel shuffle of ShuffleNet: deals the channels of each group out to all groups, so that the next
 * group convolution sees every one of them. A fixed permutation, nothing is random: written in g rows of
 * c / g, read in columns.
 *
 * Cost: a copy, no multiplications.
 *
 * @param x images, [m, h, w, c]
 * @returns shaped as x
 * @throws ArgumentError when the groups do not divide the channels, before any work
 * @see Zhang et al., ShuffleNet, 2017, arXiv 1707.01083
 *
 * @example
 * channelShuffle(tensor([0, 1, 2, 3, 4, 5], [1, 1, 1, 6]), 2).reshape([6]).toArray() // → [0, 3, 1, 4, 2, 5]
 */
export function channelShuffle(x: Tensor, groups: number): Tensor {
  return shuffle(x, requireGroups("channelShuffle", x, groups));
}

/**
 * The gradient of the channel shuffle: dy dealt back, which is the shuffle in c / g groups.
 *
 * @param dy the gradient of the loss with respect to the output, [m, h, w, c]
 * @param groups those of the forward pass
 * @returns dx, shaped as dy
 * @throws ArgumentError when the groups do not divide the channels, before any work
 *
 * @example
 * channelShuffleBackward(tensor([0, 3, 1, 4, 2, 5], [1, 1, 1, 6]), 2).reshape([6]).toArray() // → [0, 1, 2, 3, 4, 5]
 */
export function channelShuffleBackward(dy: Tensor, groups: number): Tensor {
  requireGroups("channelShuffleBackward", dy, groups, "dy");
  return shuffle(dy, dy.shape[3] / groups);
}

function shuffle(x: Tensor, groups: number): Tensor {
  const [batch, height, width, channels] = x.shape;
  return x
    .reshape([batch * height * width, groups, channels / groups])
    .transpose([0, 2, 1])
    .reshape(x.shape);
}
