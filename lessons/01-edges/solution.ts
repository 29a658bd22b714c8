import { fromFunction, leastSquares, type Tensor } from "convbook";

/** What the filter 1 0 -1, in three rows, makes of a bright half beside a dark half. */
export function predictEdge(): number[] {
  return [0, 27, 27, 0];
}

/** The filter at every position where it fits: multiply cell by cell, add up. */
export function correlate2d(x: Tensor, k: Tensor): Tensor {
  const [height, width] = x.shape; // [h, w]
  const [kh, kw] = k.shape; // [kh, kw]
  return fromFunction([height - kh + 1, width - kw + 1], (i, j) => {
    let sum = 0;
    for (let a = 0; a < kh; a++)
      for (let b = 0; b < kw; b++) sum += x.get(i + a, j + b) * k.get(a, b);
    return sum;
  });
}

/** How steep the brightness is at each position, whatever the direction: the length of Sobel's gradient. */
export function sobelMagnitude(x: Tensor): Tensor {
  const [height, width] = x.shape; // [h, w]
  const weights = [1, 2, 1]; // along the edge
  return fromFunction([height - 2, width - 2], (i, j) => {
    let [gx, gy] = [0, 0];
    weights.forEach((weight, a) => {
      gx += weight * (x.get(i + a, j) - x.get(i + a, j + 2));
      gy += weight * (x.get(i, j + a) - x.get(i + 2, j + a));
    });
    return Math.hypot(gx, gy);
  });
}

/** The column and the row whose products are the kernel; null when there are none. */
export function separate(kernel: Tensor): [column: number[], row: number[]] | null {
  const rows = kernel.toMatrix();
  const [top, left] = kernel.map(Math.abs).argmax(); // the largest weight: never 0, and least troubled by rounding
  const column = rows.map((row) => row[left]);
  const row = rows[top].map((weight) => weight / column[top]);
  const rounding = 1e-5 * Math.abs(column[top]);
  const fits = rows.every((weights, a) =>
    weights.every((weight, b) => Math.abs(column[a] * row[b] - weight) <= rounding),
  );
  return fits ? [column, row] : null;
}

/** The kernel that made y out of x: each value of y is one linear equation in the weights. */
export function findKernel(x: Tensor, y: Tensor): Tensor {
  const [oh, ow] = y.shape; // [oh, ow]
  const [kh, kw] = [x.shape[0] - oh + 1, x.shape[1] - ow + 1];
  const patches = fromFunction([oh * ow, kh * kw], (position, tap) =>
    x.get(Math.floor(position / ow) + Math.floor(tap / kw), (position % ow) + (tap % kw)),
  ); // [oh · ow, kh · kw]
  return leastSquares(patches, y.reshape([oh * ow])).reshape([kh, kw]);
}
