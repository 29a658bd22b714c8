import { ArgumentError, requireInteger, requireOptions } from "../tensor";
import {
  type AxisOptions,
  coveredLength,
  type Pair,
  pairOf,
  paddingAround,
  requireAxisPadding,
  slideAlong,
  unseenEntries,
  type WindowAxis,
} from "./axis";
import { HEIGHT, splitAxes, type Window, WIDTH, windowOptions, type WindowOptions } from "./window";

/** The options of a transposed convolution along one axis. */
export interface TransposedAxisOptions extends Omit<AxisOptions, "ceilMode"> {
  /**
   * Pixels added at the end of the output, fewer than the stride. A strided convolution gives several
   * input sizes the same output size; this says which of them to go back to. 0 when left out.
   */
  outputPadding?: number | undefined;
}

/** The options of a transposed convolution. A single number stands for both axes. */
export interface TransposedWindowOptions extends Omit<WindowOptions, "ceilMode"> {
  /** Rows and columns added at the end of the output, fewer than the stride. 0 when left out. */
  outputPadding?: number | Pair | undefined;
}

/**
 * The output size of a transposed convolution: the input size of the convolution that it runs backwards.
 *
 *     (n - 1)·stride - before - after + dilation·(f - 1) + 1 + outputPadding
 *
 * So padding makes the output smaller. `"same"` gives n·stride, as in TensorFlow.
 *
 * @param n length of the input
 * @param f taps of the kernel
 * @throws ArgumentError when nothing would be left of the output
 * @see Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, arXiv 1603.07285
 *
 * @example
 * transposedOutputSize(14, 4, { stride: 2, padding: 1 }) // → 28
 */
export function transposedOutputSize(
  n: number,
  f: number,
  options: TransposedAxisOptions = {},
): number {
  requireOptions<TransposedAxisOptions>("transposedOutputSize", options, {
    outputPadding: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  return slideBack("transposedOutputSize", n, f, options).input;
}

/**
 * Works out both axes of a transposed convolution: the window of the convolution that it runs backwards.
 * There `input` is the larger side, which the transposed convolution puts out, and `output` the one that
 * it takes in.
 *
 * @param call the public function that asks, for the error message
 *
 * @example
 * transposedWindow("conv2dTranspose", [7, 7], 3, { stride: 2, padding: 1, outputPadding: 1 }).height.input // → 14
 */
export function transposedWindow(
  call: string,
  input: Pair,
  kernel: number | Pair,
  options: TransposedWindowOptions = {},
): Window {
  const [height, width] = splitAxes(call, kernel, options);
  const extra = pairOf(call, "outputPadding", options.outputPadding ?? 0, 0);
  return {
    height: slideBack(
      call,
      input[0],
      height.kernel,
      { ...height, outputPadding: extra[0] },
      HEIGHT,
    ),
    width: slideBack(call, input[1], width.kernel, { ...width, outputPadding: extra[1] }, WIDTH),
  };
}

/**
 * The options that give the window of a transposed convolution again.
 *
 * @example
 * const window = transposedWindow("example", [7, 7], 3, { stride: 2, padding: 1, outputPadding: 1 });
 * transposedWindowOptions(window).outputPadding // → [1, 1]
 */
export function transposedWindowOptions(window: Window) {
  const outputPadding: Pair = [unseenEntries(window.height), unseenEntries(window.width)];
  return { ...windowOptions(window), outputPadding };
}

function slideBack(
  call: string,
  n: number,
  f: number,
  options: TransposedAxisOptions,
  names = { input: "n", kernel: "f" },
): WindowAxis {
  requireInteger(call, names.input, n, 1);
  requireInteger(call, names.kernel, f, 1);
  const stride = requireInteger(call, "stride", options.stride ?? 1, 1);
  const dilation = requireInteger(call, "dilation", options.dilation ?? 1, 1);
  const padding = requireAxisPadding(call, options.padding ?? "valid");
  const outputPadding = requireInteger(call, "outputPadding", options.outputPadding ?? 0, 0);
  if (outputPadding >= stride || (padding === "same" && outputPadding > 0)) {
    const expected =
      padding === "same" ? `0 with "same", which gives n·stride` : `less than the stride ${stride}`;
    throw new ArgumentError({ call, argument: "outputPadding", expected, received: outputPadding });
  }

  const covered = coveredLength(f, dilation);
  const whole = (n - 1) * stride + covered + outputPadding;
  const [before, after] = paddingAround(padding, n * stride, covered, stride);
  const length = padding === "same" ? n * stride : whole - before - after;
  if (length < 1) {
    throw new ArgumentError({
      call,
      argument: "padding",
      expected: `less than the ${whole} pixels that it is cut from`,
      received: before + after,
      receivedAs: `${before} before and ${after} after`,
    });
  }
  return slideAlong(call, length, f, { stride, dilation, padding: [before, after] }, names);
}
