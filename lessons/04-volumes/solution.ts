import { fromFunction, type Tensor } from "convbook";

/** One filter on one window: every number times its weight, all added up, and the bias once. */
export function convSingleStep(window: Tensor, w: Tensor, b: number): number {
  const [height, width, channels] = window.shape; // [f, f, cin], like w
  let sum = b;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      for (let k = 0; k < channels; k++) sum += window.get(row, column, k) * w.get(row, column, k);
  return sum;
}

/** A convolution layer: each filter at each position of each image. */
export function convForward(
  aPrev: Tensor,
  w: Tensor,
  b: Tensor,
  { stride, pad }: { stride: number; pad: number },
): Tensor {
  const [m, height, width, channels] = aPrev.shape; // [m, h, w, cin]
  const [f, , , filters] = w.shape; // [f, f, cin, cout]
  const positions = (n: number): number => Math.floor((n + 2 * pad - f) / stride) + 1;

  const step = (i: number, row: number, column: number, c: number): number => {
    let sum = b.get(c);
    for (let down = 0; down < f; down++)
      for (let right = 0; right < f; right++) {
        const [y, x] = [row * stride + down - pad, column * stride + right - pad];
        if (y < 0 || y >= height || x < 0 || x >= width) continue; // a zero of the padding
        for (let k = 0; k < channels; k++) sum += aPrev.get(i, y, x, k) * w.get(down, right, k, c);
      }
    return sum;
  };
  return fromFunction([m, positions(height), positions(width), filters], step); // [m, oh, ow, cout]
}

/** What is to be learned by a convolution (stride 1, no padding), and by a dense layer in its place. */
export function parameterCounts(
  [height, width, channels]: [number, number, number],
  f: number,
  filters: number,
): [number, number] {
  const inputs = height * width * channels;
  const outputs = (height - f + 1) * (width - f + 1) * filters;
  return [(f * f * channels + 1) * filters, (inputs + 1) * outputs];
}

/** How far a layer's map of the moved image is from the moved map, where both are known. */
export function equivarianceError(map: Tensor, movedMap: Tensor, rows: number): number {
  const [m, height, width, channels] = map.shape; // [m, h, w, c]
  const difference = fromFunction(
    [m, height - rows, width, channels],
    (i, row, column, c) => movedMap.get(i, row + rows, column, c) - map.get(i, row, column, c),
  );
  return difference.map(Math.abs).max();
}
