import { type Pair, pairOf, type ResizeMode, resizeModes, sourcesAlong } from "../arithmetic";
import {
  ArgumentError,
  requireImages,
  requireOneOf,
  requireOptions,
  requireSameShape,
  type Tensor,
  zeros,
} from "../tensor";

export interface Resize2dOptions {
  /** Height and width of what comes out; one number for a square. */
  outputSize: number | Pair;
  /** `"nearest"` when left out. */
  mode?: ResizeMode | undefined;
  /** Whether the middles of the corner pixels come to lie on each other, for `"bilinear"`. False when left out. */
  alignCorners?: boolean | undefined;
}

/**
 * Maps of another size: pixels repeated or left out ("nearest"), or mixed from those on either side
 * ("bilinear"), as PyTorch's `interpolate` has them. Nothing is averaged away before pixels are left out.
 *
 * Cost: at most 4 multiply-adds a value of the output.
 *
 * @param x images, [m, h, w, c]
 * @returns [m, oh, ow, c]
 * @throws ArgumentError when something does not fit, before any work
 *
 * @example
 * const x = tensor([1, 2], [1, 1, 2, 1]);
 * resize2d(x, { outputSize: [1, 4] }).reshape([4]).toArray() // → [1, 1, 2, 2]
 * resize2d(x, { outputSize: [1, 4], mode: "bilinear" }).reshape([4]).toArray() // → [1, 1.25, 1.75, 2]
 */
export function resize2d(x: Tensor, options: Resize2dOptions): Tensor {
  const { outputShape, forEachWeight } = prepare("resize2d", x, options);
  const y = zeros(outputShape, "float64"); // [m, oh, ow, c]
  forEachWeight((from, to, weight) => {
    y.data[to] += weight * x.data[from];
  });
  return y.as(x.dtype);
}

/**
 * The gradient of `resize2d`: each value of dy goes back to the pixels that it was made of, by their weights.
 *
 * @param dy the gradient of the loss with respect to the output, [m, oh, ow, c]
 * @param x what was resized
 * @param options those of the forward pass
 * @returns dx, shaped as x
 * @throws ArgumentError when something does not fit, before any work
 *
 * @example
 * const [dy, x] = [tensor([1, 2, 3, 4], [1, 1, 4, 1]), tensor([0, 0], [1, 1, 2, 1])];
 * resize2dBackward(dy, x, { outputSize: [1, 4] }).reshape([2]).toArray() // → [3, 7]
 */
export function resize2dBackward(dy: Tensor, x: Tensor, options: Resize2dOptions): Tensor {
  const { outputShape, forEachWeight } = prepare("resize2dBackward", x, options);
  requireSameShape("resize2dBackward", "dy", dy, outputShape, x.dtype);
  const dx = zeros(x.shape, "float64"); // [m, h, w, c]
  forEachWeight((from, to, weight) => {
    dx.data[from] += weight * dy.data[to];
  });
  return dx.as(x.dtype);
}

function prepare(call: string, x: Tensor, options: Resize2dOptions) {
  requireOptions<Resize2dOptions>(call, options, {
    outputSize: true,
    mode: true,
    alignCorners: "flag",
  });
  requireImages(call, "x", x);
  const [batch, height, width, channels] = x.shape;
  const [rows, columns] = pairOf(call, "outputSize", options.outputSize, 1);
  const mode = requireOneOf(call, "mode", options.mode ?? "nearest", resizeModes);
  const alignCorners = options.alignCorners ?? false;
  if (alignCorners && mode === "nearest") {
    const expected = 'left out with mode "nearest", which mixes nothing';
    throw new ArgumentError({ call, argument: "alignCorners", expected, received: alignCorners });
  }
  const down = sourcesAlong(mode, height, rows, alignCorners);
  const across = sourcesAlong(mode, width, columns, alignCorners);
  const forEachWeight = (visit: (from: number, to: number, weight: number) => void): void => {
    for (let m = 0; m < batch; m++)
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++)
          for (const row of down[i])
            for (const column of across[j]) {
              const from = ((m * height + row.entry) * width + column.entry) * channels;
              const to = ((m * rows + i) * columns + j) * channels;
              const weight = row.weight * column.weight;
              for (let c = 0; c < channels; c++) visit(from + c, to + c, weight);
            }
  };
  return { outputShape: [batch, rows, columns, channels], forEachWeight };
}
