import { ArgumentError, requireInteger } from "../tensor";

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
export type Pair = readonly [number, number];

/** The options that every sliding window has. A single number stands for both axes. */
export interface WindowOptions {
  /** Step of the window from one output to the next. 1 when left out. */
  stride?: number | Pair;
  /** `"valid"` when left out. */
  padding?: Padding;
  /** Distance between neighbouring taps of the kernel. 1 when left out. */
  dilation?: number | Pair;
  /** Round the output size up, so that a last window may hang over the end (pooling in GoogLeNet). */
  ceilMode?: boolean;
}

/** One axis of a sliding window, worked out: everything a loop needs. */
export interface WindowAxis {
  input: number;
  kernel: number;
  stride: number;
  dilation: number;
  /** Zeros added before the first and after the last entry. */
  before: number;
  after: number;
  output: number;
}

export interface Window {
  height: WindowAxis;
  width: WindowAxis;
}

/**
 * Works out both axes of a sliding window, and refuses one that does not fit.
 *
 * @param call the public function on whose behalf this is asked, for the error message
 *
 * @example
 * const { height, width } = slidingWindow("conv2d", [28, 32], 5, { stride: 2, padding: 1 });
 * [height.output, width.output] // → [13, 15]
 */
export function slidingWindow(
  call: string,
  input: Pair,
  kernel: number | Pair,
  options: WindowOptions = {},
): Window {
  const kernels = pairOf(call, "kernel size", kernel, 1);
  const strides = pairOf(call, "stride", options.stride ?? 1, 1);
  const dilations = pairOf(call, "dilation", options.dilation ?? 1, 1);
  const paddings = paddingOf(call, options.padding ?? "valid");
  const axis = (i: 0 | 1): WindowAxis =>
    slideAlong(call, ["height", "width"][i], {
      input: requireInteger(call, `input ${["height", "width"][i]}`, input[i], 1),
      kernel: kernels[i],
      stride: strides[i],
      dilation: dilations[i],
      padding: paddings[i],
      ceilMode: options.ceilMode ?? false,
    });
  return { height: axis(0), width: axis(1) };
}

/**
 * The length that a dilated kernel covers: dilation * (kernel - 1) + 1.
 *
 * @example
 * coveredLength(3, 2) // → 5
 */
export function coveredLength(kernel: number, dilation = 1): number {
  return dilation * (kernel - 1) + 1;
}

type AxisPadding = "valid" | "same" | "full" | Pair;

function slideAlong(
  call: string,
  name: string,
  axis: {
    input: number;
    kernel: number;
    stride: number;
    dilation: number;
    padding: AxisPadding;
    ceilMode: boolean;
  },
): WindowAxis {
  const { input, kernel, stride, dilation, padding, ceilMode } = axis;
  const covered = coveredLength(kernel, dilation);
  const [before, after] = zerosAround(padding, input, covered, stride);
  const room = input + before + after - covered;
  if (room < 0) {
    const reach =
      dilation === 1 ? "" : ` (dilation ${dilation} stretches ${kernel} taps over ${covered})`;
    throw new ArgumentError({
      call,
      argument: `kernel ${name}${reach}`,
      expected: `at most the padded input's ${input + before + after} (${input} + ${before} + ${after})`,
      received: covered,
      remedy: "Use a smaller kernel, or more padding.",
    });
  }
  let output = (ceilMode ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
  // A window that would begin in the padding after the end sees no input at all: it does not count (as in PyTorch).
  if (ceilMode && (output - 1) * stride >= input + before) output -= 1;
  return { input, kernel, stride, dilation, before, after, output };
}

function zerosAround(padding: AxisPadding, input: number, covered: number, stride: number): Pair {
  if (padding === "valid") return [0, 0];
  if (padding === "full") return [covered - 1, covered - 1];
  if (padding === "same") {
    const total = Math.max((Math.ceil(input / stride) - 1) * stride + covered - input, 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  }
  return padding;
}

/**
 * One number for both axes, or one for each.
 *
 * @example
 * pairOf("conv2d", "stride", 2, 1) // → [2, 2]
 */
export function pairOf(call: string, argument: string, value: number | Pair, least: number): Pair {
  if (Array.isArray(value) && value.length === 2) {
    return [
      requireInteger(call, `${argument}[0]`, value[0], least),
      requireInteger(call, `${argument}[1]`, value[1], least),
    ];
  }
  const both = requireInteger(call, argument, value, least);
  return [both, both];
}

function paddingOf(call: string, padding: Padding): [AxisPadding, AxisPadding] {
  if (padding === "valid" || padding === "same" || padding === "full") return [padding, padding];
  if (Array.isArray(padding) && padding.length === 2 && padding.every(Array.isArray)) {
    return [pairOf(call, "padding[0]", padding[0], 0), pairOf(call, "padding[1]", padding[1], 0)];
  }
  if (typeof padding === "number" || (Array.isArray(padding) && padding.length === 2)) {
    const [h, w] = pairOf(call, "padding", padding as number | Pair, 0);
    return [
      [h, h],
      [w, w],
    ];
  }
  const expected = `"valid", "same", "full", a number, [h, w] or [[top, bottom], [left, right]]`;
  throw new ArgumentError({ call, argument: "padding", expected, received: padding });
}
