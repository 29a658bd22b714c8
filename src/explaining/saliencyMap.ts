import { requireFinite, requireImages, type Tensor, zeros } from "../tensor";

/**
 * How much each pixel matters to a score: the largest of its channels' slopes, whatever their signs, as a fraction of
 * the image's largest. An image without any slope stays 0.
 *
 * @param gradient of the score to the images, [m, h, w, c], as `scoreGradients` gives it
 * @returns [m, h, w, 1], from 0 to 1
 * @throws ArgumentError when it is no batch of images, or a slope is not finite
 * @see Simonyan, Vedaldi and Zisserman, Deep inside convolutional networks, 2013, arXiv 1312.6034
 *
 * @example
 * const gradient = tensor([0, -4, 1, 8, 0, 0], [1, 1, 2, 3]); // two pixels of three channels
 * saliencyMap(gradient).reshape([2]).toArray() // → [0.5, 1]
 */
export function saliencyMap(gradient: Tensor): Tensor {
  requireImages("saliencyMap", "gradient", gradient);
  const [m, height, width, channels] = gradient.shape;
  const map = zeros([m, height, width, 1], gradient.dtype);
  const pixels = height * width;
  for (let image = 0; image < m; image++) {
    let largest = 0;
    for (let pixel = image * pixels; pixel < (image + 1) * pixels; pixel++) {
      let slope = 0;
      for (let c = 0; c < channels; c++) {
        const one = requireFinite("saliencyMap", "a slope", gradient.data[pixel * channels + c]);
        slope = Math.max(slope, Math.abs(one));
      }
      map.data[pixel] = slope;
      largest = Math.max(largest, slope);
    }
    if (largest === 0) continue;
    for (let pixel = image * pixels; pixel < (image + 1) * pixels; pixel++)
      map.data[pixel] /= largest;
  }
  return map;
}
