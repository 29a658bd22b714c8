import { type Pool2dOptions, type Pool2dShape, pool2dShape, tapsOnPadded } from "../arithmetic";
import { requireOptions, requireSameShape, type Tensor, zeros } from "../tensor";

/**
 * Pooling: each channel of each window becomes one number, its maximum or its average. There is nothing
 * to learn. A window sees only what lies on the image: padding is never the maximum, and it is not
 * averaged either unless `countPadding` says so.
 *
 * Cost: m · oh · ow · c · size² comparisons or additions, no multiplications.
 *
 * @param x images, [m, h, w, c]
 * @returns [m, oh, ow, c]
 * @throws ArgumentError when the window does not fit or lies over padding only, before any work
 *
 * @example
 * const x = tensor([[1, 2, 5, 6], [3, 4, 7, 8]]).reshape([1, 2, 4, 1]);
 * pool2d(x, { mode: "max", size: 2 }).reshape([2]).toArray() // → [4, 8]
 * pool2d(x, { mode: "average", size: 2 }).reshape([2]).toArray() // → [2.5, 6.5]
 */
export function pool2d(x: Tensor, options: Pool2dOptions): Tensor {
  requireOptions<Pool2dOptions>("pool2d", options, {
    mode: true,
    size: true,
    stride: true,
    countPadding: "flag",
    padding: true,
    dilation: true,
    ceilMode: "flag",
  });
  const shape = pool2dShape("pool2d", x, options);
  const y = zeros(outputShape(shape), x.dtype); // [m, oh, ow, c]

  forEachWindow(shape, options, (xAts, yAt, divisor) => {
    y.data[yAt] =
      options.mode === "max"
        ? x.data[firstMaximum(x, xAts)]
        : xAts.reduce((sum, xAt) => sum + x.data[xAt], 0) / divisor;
  });
  return y;
}

/**
 * The gradient of a pooling. The maximum passes dy on whole to the pixel it came from, the average in equal
 * parts to all. Of several equal maxima only the first one in row-major order gets it, as in PyTorch: shared
 * out to all of them, it would count several times.
 *
 * Cost: as the forward pass.
 *
 * @param dy the gradient of the loss with respect to the output, [m, oh, ow, c]
 * @param x the images that were pooled, [m, h, w, c]
 * @returns dx, shaped as x
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const x = tensor([[1, 9], [9, 2]]).reshape([1, 2, 2, 1]);
 * const dy = tensor([8], [1, 1, 1, 1]);
 * pool2dBackward(dy, x, { mode: "max", size: 2 }).reshape([2, 2]).toArray() // → [[0, 8], [0, 0]]
 * pool2dBackward(dy, x, { mode: "average", size: 2 }).reshape([2, 2]).toArray() // → [[2, 2], [2, 2]]
 */
export function pool2dBackward(dy: Tensor, x: Tensor, options: Pool2dOptions): Tensor {
  requireOptions<Pool2dOptions>("pool2dBackward", options, {
    mode: true,
    size: true,
    stride: true,
    countPadding: "flag",
    padding: true,
    dilation: true,
    ceilMode: "flag",
  });
  const shape = pool2dShape("pool2dBackward", x, options);
  requireSameShape("pool2dBackward", "dy", dy, outputShape(shape), x.dtype);
  const dx = zeros(x.shape, "float64"); // [m, h, w, c]

  forEachWindow(shape, options, (xAts, yAt, divisor) => {
    if (options.mode === "max") dx.data[firstMaximum(x, xAts)] += dy.data[yAt];
    else for (const xAt of xAts) dx.data[xAt] += dy.data[yAt] / divisor;
  });
  return dx.as(x.dtype);
}

function outputShape({ batch, window, channels }: Pool2dShape): number[] {
  return [batch, window.height.output, window.width.output, channels];
}

/** Visits each window of each channel: the offsets of its pixels in row-major order, that of its output, and what an average divides by. */
function forEachWindow(
  { batch, channels, window, rows, columns }: Pool2dShape,
  { countPadding = false }: Pool2dOptions,
  visit: (xAts: number[], yAt: number, divisor: number) => void,
): void {
  const { height, width } = window;
  for (let m = 0; m < batch; m++)
    for (let i = 0; i < height.output; i++)
      for (let j = 0; j < width.output; j++)
        for (let c = 0; c < channels; c++) {
          const xAts: number[] = [];
          for (const row of rows[i])
            for (const column of columns[j])
              xAts.push(((m * height.input + row) * width.input + column) * channels + c);
          const yAt = ((m * height.output + i) * width.output + j) * channels + c;
          const divisor = countPadding
            ? tapsOnPadded(height, i) * tapsOnPadded(width, j)
            : xAts.length;
          visit(xAts, yAt, divisor);
        }
}

/** NaN counts as the largest number of all, so that it is not lost on the way. */
function firstMaximum(x: Tensor, offsets: number[]): number {
  let best = offsets[0];
  for (const offset of offsets)
    if (x.data[offset] > x.data[best] || Number.isNaN(x.data[offset])) best = offset;
  return best;
}
