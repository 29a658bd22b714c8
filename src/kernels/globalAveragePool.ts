import { requireImages, requireSameShape, type Tensor, zeros } from "../tensor";

/**
 * The average of each channel over the whole image: what stands between the last convolution and the
 * classifier since Network in Network, instead of huge dense layers.
 *
 * Cost: m · h · w · c additions.
 *
 * @param x images, [m, h, w, c]
 * @returns [m, c]
 * @see Lin et al., Network In Network, 2013, arXiv 1312.4400
 *
 * @example
 * globalAveragePool(tensor([1, 10, 3, 30], [1, 2, 1, 2])).toArray() // → [[2, 20]]
 */
export function globalAveragePool(x: Tensor): Tensor {
  requireImages("globalAveragePool", "x", x);
  const [batch, height, width, channels] = x.shape;
  const pixels = height * width;
  const sums = zeros([batch, channels], "float64"); // [m, c]
  for (let i = 0; i < x.size; i++) sums.data[channelOf(i, pixels, channels)] += x.data[i];
  return sums.map((sum) => sum / pixels).as(x.dtype);
}

/**
 * The gradient of the global average: every pixel gets the same part of dy.
 *
 * @param dy [m, c]
 * @param x the images that were averaged, [m, h, w, c]
 * @returns dx, shaped as x
 *
 * @example
 * globalAveragePoolBackward(tensor([[8]]), zeros([1, 2, 2, 1])).toArray() // → [[[[2], [2]], [[2], [2]]]]
 */
export function globalAveragePoolBackward(dy: Tensor, x: Tensor): Tensor {
  requireImages("globalAveragePoolBackward", "x", x);
  const [batch, height, width, channels] = x.shape;
  requireSameShape("globalAveragePoolBackward", "dy", dy, [batch, channels], x.dtype);
  const pixels = height * width;
  return x.map((_, i) => dy.data[channelOf(i, pixels, channels)] / pixels); // [m, h, w, c]
}

/** The offset in [m, c] of the channel that a value of [m, h, w, c] belongs to. */
function channelOf(offset: number, pixels: number, channels: number): number {
  return Math.floor(offset / (pixels * channels)) * channels + (offset % channels);
}
