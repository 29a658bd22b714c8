import { type Tensor, tensor, zeros } from "convbook";

/** Where a unit is excited most: image, row and column of its largest value in each image, the best images first. */
export function topPatches(maps: Tensor, unit: number, count: number): Tensor {
  const [m, height, width] = maps.shape; // [m, h, w, c]
  const best = Array.from({ length: m }, (_, image) => {
    let top = -Infinity;
    let position: number[] = [];
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const value = maps.get(image, row, column, unit);
        if (value <= top) continue;
        top = value;
        position = [image, row, column];
      }
    return { top, position };
  });
  best.sort((a, b) => b.top - a.top);
  return tensor(best.slice(0, count).map(({ position }) => position)); // [count, 3]
}

/** Copies of one image, in each of which a square is covered: row by row, as a window would slide. */
export function occluded(x: Tensor, size: number, stride: number, value: number): Tensor {
  const [, height, width, channels] = x.shape; // [1, h, w, c]
  const rows = Math.floor((height - size) / stride) + 1;
  const columns = Math.floor((width - size) / stride) + 1;
  const copies = zeros([rows * columns, height, width, channels]);
  const isUnder = (at: number, window: number) =>
    at >= window * stride && at < window * stride + size;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let down = 0; down < height; down++)
        for (let right = 0; right < width; right++)
          for (let c = 0; c < channels; c++) {
            const covered = isUnder(down, row) && isUnder(right, column);
            const pixel = covered ? value : x.get(0, down, right, c);
            copies.set(pixel, row * columns + column, down, right, c);
          }
  return copies; // [rows · columns, h, w, c]
}

/** How much each pixel matters: the largest slope of its channels, each image's largest made 1. */
export function saliency(gradient: Tensor): Tensor {
  const [m, height, width, channels] = gradient.shape; // [m, h, w, c]
  const map = zeros([m, height, width, 1]);
  for (let image = 0; image < m; image++) {
    let largest = 0;
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        let slope = 0;
        for (let c = 0; c < channels; c++)
          slope = Math.max(slope, Math.abs(gradient.get(image, row, column, c)));
        map.set(slope, image, row, column, 0);
        largest = Math.max(largest, slope);
      }
    if (largest === 0) continue;
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        map.set(map.get(image, row, column, 0) / largest, image, row, column, 0);
  }
  return map; // [m, h, w, 1]
}

/** Grad-CAM: the maps, each weighted by the mean slope of the score to it, added up; what speaks against is cut. */
export function gradCam(maps: Tensor, gradients: Tensor): Tensor {
  const [m, height, width, channels] = maps.shape; // [m, h, w, c]
  const result = zeros([m, height, width, 1]);
  for (let image = 0; image < m; image++)
    for (let c = 0; c < channels; c++) {
      let slope = 0;
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++)
          slope += gradients.get(image, row, column, c) / (height * width);
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++) {
          const sum = result.get(image, row, column, 0) + slope * maps.get(image, row, column, c);
          result.set(sum, image, row, column, 0);
        }
    }
  return result.map((value) => Math.max(0, value)); // [m, h, w, 1]
}
