import { ArgumentError, requireInteger } from "../tensor";

/** Two numbers: those of the height and the width, or those before and after the input along one axis. */
export type Pair = readonly [number, number];

/**
 * The padding of one axis: as `Padding`, with a number for both ends or `[before, after]`.
 */
export type AxisPadding = "valid" | "same" | "full" | number | Pair;

/** The options of a window that slides along one axis. */
export interface AxisOptions {
  /** Step of the window from one output to the next. 1 when left out. */
  stride?: number | undefined;
  /** `"valid"` when left out. */
  padding?: AxisPadding | undefined;
  /** Distance between neighbouring taps of the kernel. 1 when left out. */
  dilation?: number | undefined;
  /** Round the output size up, so that a last window may hang over the end (pooling in GoogLeNet). */
  ceilMode?: boolean | undefined;
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

/**
 * Works out one axis of a sliding window, and refuses a kernel that does not fit.
 *
 * @param call the public function that asks, for the error message
 * @param names what that function calls its input and its kernel
 *
 * @example
 * slideAlong("pool2d", 112, 3, { stride: 2, ceilMode: true }).output // → 56
 */
export function slideAlong(
  call: string,
  n: number,
  f: number,
  options: AxisOptions = {},
  names = { input: "n", kernel: "f" },
): WindowAxis {
  const input = requireInteger(call, names.input, n, 1);
  const kernel = requireInteger(call, names.kernel, f, 1);
  const stride = requireInteger(call, "stride", options.stride ?? 1, 1);
  const dilation = requireInteger(call, "dilation", options.dilation ?? 1, 1);
  const padding = requireAxisPadding(call, options.padding ?? "valid");
  const covered = coveredLength(kernel, dilation);
  const [before, after] = paddingAround(padding, input, covered, stride);
  const padded = input + before + after;
  if (covered > padded) {
    const reach =
      dilation === 1 ? "" : ` (dilation ${dilation} stretches ${kernel} taps over ${covered})`;
    throw new ArgumentError({
      call,
      argument: `${names.kernel}${reach}`,
      expected: `at most the padded input's ${padded} (${input} + ${before} + ${after})`,
      received: covered,
      remedy: "Use a smaller kernel, or more padding.",
    });
  }
  let output = Math.floor((padded - covered) / stride) + 1;
  // One more window may hang over the end, unless it begins past the input and sees padding only (as in PyTorch).
  const leftOver = (padded - covered) % stride;
  if (options.ceilMode && leftOver > 0 && output * stride < input + before) output += 1;
  return { input, kernel, stride, dilation, before, after, output };
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

/** A tap of the kernel that lies on the input, and the entry of the input under it. */
export interface Tap {
  tap: number;
  entry: number;
}

/**
 * The taps of one window that lie on the input, in order. Those in the padding are left out.
 *
 *     entry = output·stride + tap·dilation - before
 *
 * @example
 * tapsOnInput(slideAlong("example", 8, 3, { padding: 1, stride: 2 }), 0)
 * // → [{ tap: 1, entry: 0 }, { tap: 2, entry: 1 }]
 */
export function tapsOnInput(axis: WindowAxis, output: number): Tap[] {
  const taps: Tap[] = [];
  for (let tap = 0; tap < axis.kernel; tap++) {
    const entry = output * axis.stride + tap * axis.dilation - axis.before;
    if (entry >= 0 && entry < axis.input) taps.push({ tap, entry });
  }
  return taps;
}

/**
 * The entries of the input that lie under the taps of one window, in order. Taps in the padding have none.
 *
 * @example
 * entriesUnder(slideAlong("example", 8, 3, { padding: 1, stride: 2 }), 0) // → [0, 1]
 */
export function entriesUnder(axis: WindowAxis, output: number): number[] {
  return tapsOnInput(axis, output).map(({ entry }) => entry);
}

/**
 * How many taps of one window lie on the padded input: all, unless ceil mode lets the last window hang over
 * its end.
 *
 * @example
 * tapsOnPadded(slideAlong("example", 6, 3, { stride: 2, ceilMode: true }), 2) // → 2
 */
export function tapsOnPadded(axis: WindowAxis, output: number): number {
  const room = axis.before + axis.input + axis.after - output * axis.stride;
  return Math.min(axis.kernel, Math.ceil(room / axis.dilation));
}

/**
 * How many entries of the padded input lie behind the last window, where none sees them. Negative where that window
 * hangs over the end, as ceil mode lets it.
 *
 * @example
 * unseenEntries(slideAlong("example", 8, 3, { stride: 2 })) // → 1
 * unseenEntries(slideAlong("example", 8, 3, { stride: 2, ceilMode: true })) // → -1
 */
export function unseenEntries(axis: WindowAxis): number {
  const { input, kernel, stride, dilation, before, after, output } = axis;
  return before + input + after - ((output - 1) * stride + coveredLength(kernel, dilation));
}

/** The zeros before and after an input, for a kernel that covers a number of pixels. */
export function paddingAround(
  padding: AxisPadding,
  input: number,
  covered: number,
  stride: number,
): Pair {
  if (padding === "valid") return [0, 0];
  if (padding === "full") return [covered - 1, covered - 1];
  if (padding === "same") {
    const total = Math.max((Math.ceil(input / stride) - 1) * stride + covered - input, 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  }
  return typeof padding === "number" ? [padding, padding] : padding;
}

/** Lets through the padding of one axis: a name, a number, or one number for each end. */
export function requireAxisPadding(call: string, padding: AxisPadding): AxisPadding {
  if (padding === "valid" || padding === "same" || padding === "full") return padding;
  if (typeof padding === "number") return requireInteger(call, "padding", padding, 0);
  if (Array.isArray(padding) && padding.length === 2) return pairOf(call, "padding", padding, 0);
  const expected = `"valid", "same", "full", a number or [before, after]`;
  throw new ArgumentError({ call, argument: "padding", expected, received: padding });
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
  if (Array.isArray(value)) {
    const expected = "one number, or [height, width]";
    throw new ArgumentError({ call, argument, expected, received: value });
  }
  const both = requireInteger(call, argument, value, least);
  return [both, both];
}
