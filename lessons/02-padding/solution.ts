import { fromFunction, Tensor, zeros } from "convbook";

/** Puts `pad` rings of zeros around each image of a batch. */
export function zeroPad(x: Tensor, pad: number): Tensor {
  const [m, height, width, channels] = x.shape;
  const padded = zeros([m, height + 2 * pad, width + 2 * pad, channels]); // [m, h + 2p, w + 2p, c]
  for (let i = 0; i < m; i++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let c = 0; c < channels; c++)
          padded.set(x.get(i, row, column, c), i, row + pad, column + pad, c);
  return padded;
}

/** The zeros before and after one axis that make ceil(n / s) outputs: TensorFlow's SAME. */
export function samePadding(n: number, f: number, s: number): [number, number] {
  const outputs = Math.ceil(n / s);
  const total = Math.max((outputs - 1) * s + f - n, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** How many windows of size f and stride 1 cover each pixel of an n x n image with p zeros around it. */
export function coverage(n: number, f: number, p: number): Tensor {
  return fromFunction(
    [n, n],
    (row, column) => windowsOver(row, n, f, p) * windowsOver(column, n, f, p),
  );
}

function windowsOver(i: number, n: number, f: number, p: number): number {
  const outputs = n + 2 * p - f + 1;
  const last = Math.min(i + p, outputs - 1); // a window that starts later begins behind the pixel, or falls off
  const first = Math.max(i + p - f + 1, 0); // one that starts earlier ends before it
  return last - first + 1;
}

/** The value that stands at position `i` of a row of length n, when positions outside are mirrored. */
export function reflectIndex(i: number, n: number): number {
  const period = 2 * (n - 1);
  const within = ((i % period) + period) % period; // % keeps the sign in JavaScript
  return within < n ? within : period - within;
}
