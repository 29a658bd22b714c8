import { ArgumentError, describeValue, didYouMean } from "../tensor";
import {
  type AxisOptions,
  type AxisPadding,
  type Pair,
  pairOf,
  slideAlong,
  unseenEntries,
  type WindowAxis,
} from "./axis";

/**
 * How much is added around the input before the window slides over it.
 *
 * - `"valid"`: nothing.
 * - `"same"`: so much that the output is ceil(input / stride) long, the odd one after the end, as TensorFlow has it.
 * - `"full"`: kernel - 1 on every side, so that each position where the window touches the input counts.
 * - a number: so much on all four sides; `[h, w]`: above and below, left and right;
 *   `[[top, bottom], [left, right]]`: each side for itself.
 */
export type Padding = "valid" | "same" | "full" | number | Pair | readonly [Pair, Pair];

/** The options that every sliding window has. A single number stands for both axes. */
export interface WindowOptions {
  /** Step of the window from one output to the next. 1 when left out. */
  stride?: number | Pair | undefined;
  /** `"valid"` when left out. */
  padding?: Padding | undefined;
  /** Distance between neighbouring taps of the kernel. 1 when left out. */
  dilation?: number | Pair | undefined;
  /** Round the output size up, so that a last window may hang over the end (pooling in GoogLeNet). */
  ceilMode?: boolean | undefined;
}

export interface Window {
  height: WindowAxis;
  width: WindowAxis;
}

/** More than any picture has pixels; a padding that gives more was meant otherwise. */
const MOST_OUTPUTS = 2 ** 30;

/** How messages about two axes name what belongs to one. */
export const HEIGHT = { input: "input height", kernel: "kernel height" };
export const WIDTH = { input: "input width", kernel: "kernel width" };

/**
 * Works out both axes of a sliding window, and refuses one that does not fit. Where each of its positions lies on the
 * input, `tapsOnInput` and `entriesUnder` say of the height or the width.
 *
 * @param call the public function that asks, for the error message
 *
 * @example
 * slidingWindow("conv2d", [224, 224], 7, { stride: 2, padding: 3 }).height.output // → 112
 */
export function slidingWindow(
  call: string,
  input: Pair,
  kernel: number | Pair,
  options: WindowOptions = {},
): Window {
  const [vertical, horizontal] = splitAxes(call, kernel, options);
  const height = slideAlong(call, input[0], vertical.kernel, vertical, HEIGHT);
  const width = slideAlong(call, input[1], horizontal.kernel, horizontal, WIDTH);
  if (height.output * width.output > MOST_OUTPUTS) {
    throw new ArgumentError({
      call,
      argument: options.padding === undefined ? "the image" : "padding",
      expected: `so small that an image has at most ${MOST_OUTPUTS} outputs`,
      received: options.padding,
      receivedAs: `${options.padding === undefined ? `${input[0]} × ${input[1]} pixels` : describeValue(options.padding)}, which gives ${height.output} × ${width.output}`,
    });
  }
  return { height, width };
}

/**
 * The options that give a window again, apart from ceil mode (see `hangsOver`), for whoever has only what was worked
 * out.
 *
 * @example
 * const window = slidingWindow("example", [8, 7], 3, { stride: 2, padding: "same" });
 * windowOptions(window) // → { stride: [2, 2], padding: [[0, 1], [1, 1]], dilation: [1, 1] }
 */
export function windowOptions({ height, width }: Window): {
  stride: Pair;
  padding: readonly [Pair, Pair];
  dilation: Pair;
} {
  return {
    stride: [height.stride, width.stride],
    padding: [
      [height.before, height.after],
      [width.before, width.after],
    ],
    dilation: [height.dilation, width.dilation],
  };
}

/**
 * Whether a last window hangs over the end of the padded input, which only ceil mode lets it: where none does, the
 * mode made no difference.
 *
 * @example
 * hangsOver(slidingWindow("example", [8, 8], 3, { stride: 2, ceilMode: true })) // → true
 */
export function hangsOver({ height, width }: Window): boolean {
  return unseenEntries(height) < 0 || unseenEntries(width) < 0;
}

/** The kernel size and the options of the height and of the width, each for itself. */
export function splitAxes(
  call: string,
  kernel: number | Pair,
  options: WindowOptions,
): [AxisOptions & { kernel: number }, AxisOptions & { kernel: number }] {
  const kernels = pairOf(call, "kernel size", kernel, 1);
  const strides = pairOf(call, "stride", options.stride ?? 1, 1);
  const dilations = pairOf(call, "dilation", options.dilation ?? 1, 1);
  const paddings = splitPadding(call, options.padding ?? "valid");
  const axis = (i: 0 | 1) => ({
    kernel: kernels[i],
    stride: strides[i],
    padding: paddings[i],
    dilation: dilations[i],
    ceilMode: options.ceilMode,
  });
  return [axis(0), axis(1)];
}

function splitPadding(call: string, padding: Padding): [AxisPadding, AxisPadding] {
  if (padding === "valid" || padding === "same" || padding === "full") return [padding, padding];
  if (Array.isArray(padding) && padding.length === 2 && padding.every(Array.isArray)) {
    return [pairOf(call, "padding[0]", padding[0], 0), pairOf(call, "padding[1]", padding[1], 0)];
  }
  if (typeof padding === "number" || (Array.isArray(padding) && padding.length === 2)) {
    return [...pairOf(call, "padding", padding as number | Pair, 0)];
  }
  const expected = `"valid", "same", "full", a number, [h, w] or [[top, bottom], [left, right]]`;
  const remedy = didYouMean(padding, ["valid", "same", "full"]);
  throw new ArgumentError({ call, argument: "padding", expected, received: padding, remedy });
}
