import { conv2d, type ConvCache, type PoolCache, type PoolMode, Tensor, zeros } from "convbook";

/** What each pixel, weight and bias of a convolution layer did to the loss. */
export function convBackward(
  dz: Tensor,
  cache: ConvCache,
): { daPrev: Tensor; dw: Tensor; db: Tensor } {
  const { aPrev, w, b, parameters } = cache;
  const { stride, pad } = parameters;
  const [m, height, width, channels] = aPrev.shape; // [m, h, w, cin]
  const [, outHeight, outWidth, filters] = dz.shape; // [m, oh, ow, cout]
  const f = w.shape[0]; // w is [f, f, cin, cout]
  const daPrev = zeros(aPrev.shape);
  const dw = zeros(w.shape);
  const db = zeros(b.shape); // [1, 1, 1, cout]

  for (let i = 0; i < m; i++)
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++)
        for (let c = 0; c < filters; c++) {
          const slope = dz.get(i, row, column, c);
          add(db, slope, 0, 0, 0, c);
          for (let down = 0; down < f; down++)
            for (let right = 0; right < f; right++) {
              const [y, x] = [row * stride + down - pad, column * stride + right - pad];
              if (y < 0 || y >= height || x < 0 || x >= width) continue; // a zero of the padding
              for (let k = 0; k < channels; k++) {
                add(daPrev, w.get(down, right, k, c) * slope, i, y, x, k);
                add(dw, aPrev.get(i, y, x, k) * slope, down, right, k, c);
              }
            }
        }
  return { daPrev, dw, db };
}

/** Adds to one value of a tensor. */
function add(sum: Tensor, value: number, ...index: number[]): void {
  sum.set(sum.get(...index) + value, ...index);
}

/** The gradient of a quarter of the sum of the outputs' fourth powers by central differences, and how far dw is from it. */
export function gradientCheck(
  x: Tensor,
  w: Tensor,
  dw: Tensor,
  step: number,
): { numeric: Tensor; relativeError: number } {
  const loss = (filter: Tensor): number =>
    conv2d(x, filter)
      .map((z) => z ** 4 / 4)
      .sum();

  const moved = (i: number, by: number): Tensor =>
    w.map((weight, j) => (j === i ? weight + by : weight));
  const numeric = w.map((_, i) => (loss(moved(i, step)) - loss(moved(i, -step))) / (2 * step));

  const length = (g: Tensor): number => Math.sqrt(g.map((value) => value ** 2).sum());
  const apart = length(numeric.map((value, i) => value - dw.data[i]));
  return { numeric, relativeError: apart / (length(dw) + length(numeric)) };
}

/** 1 where the maximum of a window stands, 0 elsewhere; of several equal maxima the first one counts. */
export function createMaskFromWindow(x: Tensor): Tensor {
  const [height, width] = x.shape; // [f, f]
  let [top, left] = [0, 0];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (x.get(row, column) > x.get(top, left)) [top, left] = [row, column]; // >, so that the first one stays
  const mask = zeros([height, width]);
  mask.set(1, top, left);
  return mask;
}

/** A window that shares a value out in equal parts. */
export function distributeValue(dz: number, shape: [number, number]): Tensor {
  const [height, width] = shape;
  return zeros(shape).map(() => dz / (height * width));
}

/** Hands the gradient of a pooled map on to the pixels it was pooled from. */
export function poolBackward(da: Tensor, cache: PoolCache, mode: PoolMode): Tensor {
  const { aPrev, parameters } = cache;
  const { f, stride } = parameters;
  const [m, outHeight, outWidth, channels] = da.shape; // [m, oh, ow, c]
  const daPrev = zeros(aPrev.shape); // [m, h, w, c]

  for (let i = 0; i < m; i++)
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++)
        for (let c = 0; c < channels; c++) {
          const [top, left] = [row * stride, column * stride];
          const slope = da.get(i, row, column, c);
          const window = aPrev.slice([i, top, left, c], [1, f, f, 1]).reshape([f, f]);
          const parts =
            mode === "max"
              ? createMaskFromWindow(window).map((one) => one * slope)
              : distributeValue(slope, [f, f]); // [f, f]
          for (let down = 0; down < f; down++)
            for (let right = 0; right < f; right++)
              add(daPrev, parts.get(down, right), i, top + down, left + right, c);
        }
  return daPrev;
}
