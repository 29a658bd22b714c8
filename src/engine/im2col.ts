import {
  type Pair,
  slidingWindow,
  tapsOnInput,
  type Window,
  type WindowOptions,
} from "../arithmetic";
import {
  ArgumentError,
  requireImages,
  requireOptions,
  requireSameShape,
  type Tensor,
  zeros,
} from "../tensor";

/**
 * The first stage from the definition to a fast convolution: what each window sees, as a row of a matrix. The
 * convolution is then the product of this matrix with the filter, read as [kh · kw · cin, cout].
 *
 * It costs memory: the matrix is kh · kw times as large as x at stride 1. The engine itself never makes the
 * whole of it, only blocks that stay in the cache.
 *
 * @param x images, [m, h, w, c]
 * @param kernelSize height and width of the window
 * @returns [m · oh · ow, kh · kw · c]; the numbers of a row in the order kernel row, kernel column, channel
 * @throws ArgumentError when the window does not fit
 * @see Chellapilla, Puri and Simard, High performance convolutional neural networks for document processing, 2006
 *
 * @example
 * const x = tensor([[1, 2, 3], [4, 5, 6]]).reshape([1, 2, 3, 1]);
 * engine.im2col(x, 2).toArray() // → [[1, 2, 4, 5], [2, 3, 5, 6]]
 */
export function im2col(
  x: Tensor,
  kernelSize: number | Pair,
  options: Omit<WindowOptions, "ceilMode"> = {},
): Tensor {
  requireOptions<Omit<WindowOptions, "ceilMode">>("engine.im2col", options, {
    stride: true,
    padding: true,
    dilation: true,
  });
  requireImages("engine.im2col", "x", x);
  const [batch, height, width, channels] = x.shape;
  const window = slidingWindow("engine.im2col", [height, width], kernelSize, options);
  const columns = zeros(columnsShape(batch, channels, window), x.dtype); // [m · oh · ow, kh · kw · c]
  forEachTap(batch, channels, window, (xAt, columnsAt) => {
    for (let c = 0; c < channels; c++) columns.data[columnsAt + c] = x.data[xAt + c];
  });
  return columns;
}

/**
 * The way back: adds each number of the matrix to the pixel that it was copied from. Where windows overlap,
 * several meet. It is the transposed of `im2col`, so it takes the gradient of the matrix to that of x.
 *
 * @param columns [m · oh · ow, kh · kw · c]
 * @param shape of the images, [m, h, w, c]
 * @returns images of that shape
 * @throws ArgumentError when the shapes do not fit
 *
 * @example
 * const columns = tensor([[1, 1, 1, 1], [1, 1, 1, 1]]);
 * engine.col2im(columns, [1, 2, 3, 1], 2).reshape([2, 3]).toArray() // → [[1, 2, 1], [1, 2, 1]]
 */
export function col2im(
  columns: Tensor,
  shape: readonly [number, number, number, number],
  kernelSize: number | Pair,
  options: Omit<WindowOptions, "ceilMode"> = {},
): Tensor {
  requireOptions<Omit<WindowOptions, "ceilMode">>("engine.col2im", options, {
    stride: true,
    padding: true,
    dilation: true,
  });
  if (!Array.isArray(shape) || shape.length !== 4) {
    const expected = "that of the images, [m, h, w, c]";
    throw new ArgumentError({
      call: "engine.col2im",
      argument: "shape",
      expected,
      received: shape,
    });
  }
  const [batch, height, width, channels] = shape as readonly number[];
  const window = slidingWindow("engine.col2im", [height, width], kernelSize, options);
  requireSameShape("engine.col2im", "columns", columns, columnsShape(batch, channels, window));
  const x = zeros(shape, columns.dtype); // [m, h, w, c]
  forEachTap(batch, channels, window, (xAt, columnsAt) => {
    for (let c = 0; c < channels; c++) x.data[xAt + c] += columns.data[columnsAt + c];
  });
  return x;
}

function columnsShape(batch: number, channels: number, { height, width }: Window): number[] {
  return [batch * height.output * width.output, height.kernel * width.kernel * channels];
}

/** Visits each tap of each window that lies on the image: where its channels begin in x and in the matrix. */
function forEachTap(
  batch: number,
  channels: number,
  { height, width }: Window,
  visit: (xAt: number, columnsAt: number) => void,
): void {
  const rowTaps = Array.from({ length: height.output }, (_, i) => tapsOnInput(height, i));
  const columnTaps = Array.from({ length: width.output }, (_, j) => tapsOnInput(width, j));
  let rowAt = 0; // where the window's row of the matrix begins
  for (let m = 0; m < batch; m++)
    for (let i = 0; i < height.output; i++)
      for (let j = 0; j < width.output; j++) {
        for (const { tap: a, entry: row } of rowTaps[i])
          for (const { tap: b, entry: column } of columnTaps[j]) {
            const xAt = ((m * height.input + row) * width.input + column) * channels;
            visit(xAt, rowAt + (a * width.kernel + b) * channels);
          }
        rowAt += height.kernel * width.kernel * channels;
      }
}
