import { fromFunction, type Tensor } from "convbook";

/** Pooling: of each channel of each f x f window, the largest value or the average. */
export function poolForward(
  aPrev: Tensor,
  { f, stride }: { f: number; stride: number },
  mode: "max" | "average",
): Tensor {
  const [m, height, width, channels] = aPrev.shape; // [m, h, w, c]
  const positions = (n: number): number => Math.floor((n - f) / stride) + 1;

  const pool = (i: number, row: number, column: number, c: number): number => {
    let largest = -Infinity;
    let sum = 0;
    for (let down = 0; down < f; down++)
      for (let right = 0; right < f; right++) {
        const value = aPrev.get(i, row * stride + down, column * stride + right, c);
        largest = Math.max(largest, value);
        sum += value;
      }
    return mode === "max" ? largest : sum / (f * f);
  };
  return fromFunction([m, positions(height), positions(width), channels], pool); // [m, oh, ow, c]
}

/** The shape after each layer; those with `filters` are convolutions, the others poolings. */
export function shapesThrough(
  input: number[],
  layers: { f: number; stride: number; pad: number; filters?: number }[],
): number[][] {
  let [height, width, channels] = input; // [h, w, c]
  return layers.map(({ f, stride, pad, filters }) => {
    height = Math.floor((height + 2 * pad - f) / stride) + 1;
    width = Math.floor((width + 2 * pad - f) / stride) + 1;
    channels = filters ?? channels; // pooling leaves the number of channels as it is
    return [height, width, channels];
  });
}

/** Another image with the same f x f pooled maps: in each window, every value moves on by one offset. */
export function twin(x: Tensor, f: number): Tensor {
  return fromFunction(x.shape, (i, row, column, c) => {
    const [top, left] = [row - (row % f), column - (column % f)];
    const offset = (row - top) * f + (column - left); // 0 to f² - 1, row by row
    const next = (offset + 1) % (f * f);
    return x.get(i, top + Math.floor(next / f), left + (next % f), c);
  });
}

/** How often an f x f max pooling overlooks that a single bright pixel has moved. */
export function unmovedShare(f: number, down: number, right: number): number {
  const along = (shift: number): number => Math.max(0, 1 - Math.abs(shift) / f);
  return along(down) * along(right);
}

/** The average of each channel over the whole image. */
export function globalAverage(x: Tensor): Tensor {
  const [m, height, width, channels] = x.shape; // [m, h, w, c]
  return fromFunction([m, channels], (i, c) => {
    let sum = 0;
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) sum += x.get(i, row, column, c);
    return sum / (height * width);
  });
}
