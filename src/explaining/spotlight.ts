import { resize2d } from "../kernels";
import { ArgumentError, requireImages, type Tensor, zeros } from "../tensor";

/** How bright a photograph stays where the map says nothing. */
const DARK = 0.15;

/**
 * A photograph in the light of a map: as bright as ever where the map is largest, darkened where it is 0 or below.
 * A coarse map shows as squares, so that nobody reads outlines into it.
 *
 * @param photo [1, h, w, c]
 * @param map [1, rows, columns, 1], of any size
 * @returns [1, h, w, c]
 * @throws ArgumentError when either is not one image, or the map has more than one channel
 *
 * @example
 * const photo = tensor([100, 100], [1, 1, 2, 1]);
 * spotlight(photo, tensor([-1, 5], [1, 1, 2, 1])).reshape([2]).toArray() // → [15, 100]
 */
export function spotlight(photo: Tensor, map: Tensor): Tensor {
  const call = "spotlight";
  requireImages(call, "photo", photo);
  requireImages(call, "map", map);
  for (const [argument, x] of Object.entries({ photo, map }))
    if (x.shape[0] !== 1 || (x === map && x.shape[3] !== 1))
      throw new ArgumentError({
        call,
        argument,
        expected: argument === "photo" ? "one image, [1, h, w, c]" : "one map, [1, h, w, 1]",
        received: x,
      });
  const [, height, width, channels] = photo.shape;
  const light = resize2d(map, { outputSize: [height, width] }); // [1, h, w, 1]
  const largest = map.max();
  const result = zeros(photo.shape, photo.dtype);
  for (let pixel = 0; pixel < light.size; pixel++) {
    const relative = largest > 0 ? Math.max(0, light.data[pixel]) / largest : 0;
    for (let at = pixel * channels; at < (pixel + 1) * channels; at++)
      result.data[at] = photo.data[at] * (DARK + (1 - DARK) * relative);
  }
  return result;
}
