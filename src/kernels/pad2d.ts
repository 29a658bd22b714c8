import { type Padding, slidingWindow, type WindowAxis } from "../arithmetic";
import {
  ArgumentError,
  requireImages,
  requireInteger,
  requireOneOf,
  requireOptions,
  requireSameShape,
  type Tensor,
  zeros,
} from "../tensor";

/**
 * What stands in the padding: zeros; the image mirrored at its border pixels, which are not repeated
 * (`dcb|abcd|cba`); or the border pixels continued (`aaa|abcd|ddd`).
 */
export type PadMode = "zero" | "reflect" | "edge";

/** So much on all four sides; above and below, left and right; or each side for itself. */
export type PadAmounts = Exclude<Padding, string>;

export interface Pad2dOptions {
  /** `"zero"` when left out. */
  mode?: PadMode | undefined;
}

/**
 * Adds a frame around images.
 *
 * Cost: a copy, no multiplications.
 *
 * @param x images, [m, h, w, c]
 * @param padding a number, [h, w] or [[top, bottom], [left, right]]
 * @returns [m, top + h + bottom, left + w + right, c]
 * @throws ArgumentError when the frame is to mirror more pixels than there are, before any work
 *
 * @example
 * const x = tensor([1, 2, 3], [1, 1, 3, 1]);
 * pad2d(x, [0, 2]).reshape([7]).toArray() // → [0, 0, 1, 2, 3, 0, 0]
 * pad2d(x, [0, 2], { mode: "reflect" }).reshape([7]).toArray() // → [3, 2, 1, 2, 3, 2, 1]
 * pad2d(x, [0, 2], { mode: "edge" }).reshape([7]).toArray() // → [1, 1, 1, 2, 3, 3, 3]
 */
export function pad2d(x: Tensor, padding: PadAmounts, options: Pad2dOptions = {}): Tensor {
  requireOptions<Pad2dOptions>("pad2d", options, { mode: true });
  return padded("pad2d", x, padding, options);
}

function padded(call: string, x: Tensor, padding: PadAmounts, options: Pad2dOptions): Tensor {
  const frame = frameAround(call, x, padding, options);
  const y = zeros(frame.shape, x.dtype); // [m, top + h + bottom, left + w + right, c]
  forEachPadded(frame, (xAt, yAt) => {
    y.data[yAt] = x.data[xAt];
  });
  return y;
}

/**
 * The gradient of padding: what a frame of zeros gets is cut off, what a frame of copies gets is added to
 * their originals.
 *
 * @param dy shaped as the padded images
 * @param x the images that were padded, [m, h, w, c]
 * @returns dx, shaped as x
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const x = zeros([1, 1, 2, 1]);
 * const dy = tensor([1, 10, 100, 1000], [1, 1, 4, 1]);
 * pad2dBackward(dy, x, [0, 1]).reshape([2]).toArray() // → [10, 100]
 * pad2dBackward(dy, x, [0, 1], { mode: "edge" }).reshape([2]).toArray() // → [11, 1100]
 */
export function pad2dBackward(
  dy: Tensor,
  x: Tensor,
  padding: PadAmounts,
  options: Pad2dOptions = {},
): Tensor {
  requireOptions<Pad2dOptions>("pad2dBackward", options, { mode: true });
  const frame = frameAround("pad2dBackward", x, padding, options);
  requireSameShape("pad2dBackward", "dy", dy, frame.shape, x.dtype);
  const dx = zeros(x.shape, "float64"); // [m, h, w, c]
  forEachPadded(frame, (xAt, yAt) => {
    dx.data[xAt] += dy.data[yAt];
  });
  return dx.as(x.dtype);
}

/**
 * Adds a frame of zeros, as wide on every side: the `zero_pad` of the lessons' step-by-step functions.
 *
 * @param x images, [m, nH, nW, nC]
 * @param pad rows and columns on each side
 * @returns [m, nH + 2·pad, nW + 2·pad, nC]
 * @throws ArgumentError when pad is no integer of at least 0, before any work
 *
 * @example
 * zeroPad(tensor([7], [1, 1, 1, 1]), 1).reshape([3, 3]).toArray() // → [[0, 0, 0], [0, 7, 0], [0, 0, 0]]
 */
export function zeroPad(x: Tensor, pad: number): Tensor {
  requireImages("zeroPad", "x", x);
  requireInteger("zeroPad", "pad", pad, 0);
  return padded("zeroPad", x, pad, {});
}

interface Frame {
  /** Of the padded images. */
  shape: readonly number[];
  height: WindowAxis;
  width: WindowAxis;
  mode: PadMode;
}

function frameAround(
  call: string,
  x: Tensor,
  padding: PadAmounts,
  { mode = "zero" }: Pad2dOptions,
): Frame {
  requireImages(call, "x", x);
  requireOneOf(call, "mode", mode, ["zero", "reflect", "edge"]);
  if (padding === undefined || typeof padding === "string") {
    const expected = "a number, [h, w] or [[top, bottom], [left, right]]";
    throw new ArgumentError({ call, argument: "padding", expected, received: padding });
  }
  const [batch, rows, columns, channels] = x.shape;
  // A window of one pixel stops once at each pixel of the padded image.
  const { height, width } = slidingWindow(call, [rows, columns], 1, { padding });
  if (mode === "reflect") {
    requireMirrored(call, "height", height);
    requireMirrored(call, "width", width);
  }
  return { shape: [batch, height.output, width.output, channels], height, width, mode };
}

function requireMirrored(call: string, name: string, { input, before, after }: WindowAxis): void {
  const most = Math.max(before, after);
  if (most < input) return;
  const expected = `less than the input ${name} ${input}, since "reflect" does not repeat the border pixel`;
  throw new ArgumentError({ call, argument: "padding", expected, received: most });
}

/** Visits each value of the padded images that comes from x, with its offset there and here. */
function forEachPadded(
  { shape, height, width, mode }: Frame,
  visit: (xAt: number, yAt: number) => void,
): void {
  const [batch, rows, columns, channels] = shape;
  for (let m = 0; m < batch; m++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const row = sourceOf(i - height.before, height.input, mode);
        const column = sourceOf(j - width.before, width.input, mode);
        if (row === null || column === null) continue;
        for (let c = 0; c < channels; c++)
          visit(
            ((m * height.input + row) * width.input + column) * channels + c,
            ((m * rows + i) * columns + j) * channels + c,
          );
      }
}

/** Where the value at a position comes from, which may lie outside the image; `null`: from nowhere, it is 0. */
function sourceOf(position: number, length: number, mode: PadMode): number | null {
  if (position >= 0 && position < length) return position;
  if (mode === "zero") return null;
  if (mode === "edge") return position < 0 ? 0 : length - 1;
  return position < 0 ? -position : 2 * (length - 1) - position;
}
