import { requireFinite, requireImages, requireSameShape, type Tensor, zeros } from "../tensor";

/**
 * Grad-CAM: where the maps of a layer hold evidence for a class. Each map counts by the mean slope of the class's score
 * to it; what of the sum is below zero, and speaks against the class, is cut off. Behind a global average pool this is
 * the class activation map of Zhou et al. (2015).
 *
 * @param maps what a layer puts out, [m, h, w, c]
 * @param gradients of the score to each of these values, [m, h, w, c], as `scoreGradients` gives them
 * @returns [m, h, w, 1], not scaled
 * @throws ArgumentError when the shapes differ, or a value is not finite
 * @see Selvaraju et al., Grad-CAM, 2016, arXiv 1610.02391
 *
 * @example
 * const [maps, gradients] = [[2, 5], [1, 5]].map((values) => tensor(values, [1, 1, 2, 1]));
 * classActivationMap(maps, gradients).reshape([2]).toArray() // → [6, 15]
 */
export function classActivationMap(maps: Tensor, gradients: Tensor): Tensor {
  const call = "classActivationMap";
  requireImages(call, "maps", maps);
  requireSameShape(call, "gradients", gradients, maps.shape, maps.dtype);
  const [m, height, width, channels] = maps.shape;
  const positions = height * width;
  const result = zeros([m, height, width, 1], maps.dtype);
  for (let image = 0; image < m; image++) {
    const slopes = new Float64Array(channels); // the mean slope to each map
    for (let position = image * positions; position < (image + 1) * positions; position++)
      for (let c = 0; c < channels; c++)
        slopes[c] += gradients.data[position * channels + c] / positions;
    for (let position = image * positions; position < (image + 1) * positions; position++) {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += slopes[c] * maps.data[position * channels + c];
      result.data[position] = Math.max(0, requireFinite(call, "a weighted sum of the maps", sum));
    }
  }
  return result;
}
