import { ArgumentError, requireImages, requireOneOf, type Tensor } from "../tensor";
import { entriesUnder, type Pair, type WindowAxis } from "./axis";
import { slidingWindow, type Window, type WindowOptions } from "./window";

export interface Pool2dOptions extends WindowOptions {
  /** The largest value under the window, or their average. */
  mode: "max" | "average";
  /** Height and width of the window. */
  size: number | Pair;
  /** The size of the window when left out, so that the windows do not overlap. */
  stride?: number | Pair | undefined;
  /**
   * Whether the average counts the zeros of the padding. `false` when left out: it divides by the number of
   * pixels under the window, as in TensorFlow. `true` divides by the taps on the padded image, as PyTorch
   * does by default.
   */
  countPadding?: boolean | undefined;
}

/** A pooling worked out: everything its loops need. */
export interface Pool2dShape {
  batch: number;
  channels: number;
  window: Window;
  /** For each row of the output, the rows of the image under its windows; never none. */
  rows: number[][];
  /** The same for the columns. */
  columns: number[][];
}

/**
 * Checks everything that could be wrong with the arguments of a pooling, and works out its shape.
 *
 * @param call the public function that asks, for the error message
 * @param x [m, h, w, c]
 *
 * @example
 * pool2dShape("pool2d", zeros([1, 5, 5, 3]), { mode: "max", size: 2 }).window.height.output // → 2
 */
export function pool2dShape(call: string, x: Tensor, options: Pool2dOptions): Pool2dShape {
  requireImages(call, "x", x);
  requireOneOf(call, "mode", options?.mode, ["max", "average"]);
  const [batch, height, width, channels] = x.shape;
  const stride = options.stride ?? options.size;
  const window = slidingWindow(call, [height, width], options.size, { ...options, stride });
  const rows = windowsAlong(window.height);
  const columns = windowsAlong(window.width);
  if ([...rows, ...columns].some((pixels) => pixels.length === 0)) {
    throw new ArgumentError({
      call,
      argument: "padding",
      expected: "so small that every window has a pixel of the image under it",
      received: options.padding,
      remedy: "A window over nothing but padding has no maximum and no average.",
    });
  }
  return { batch, channels, window, rows, columns };
}

function windowsAlong(axis: WindowAxis): number[][] {
  return Array.from({ length: axis.output }, (_, i) => entriesUnder(axis, i));
}
