import {
  type Conv2dOptions,
  type Conv2dTransposeOptions,
  coveredLength,
  type Pair,
  type Pool2dOptions,
  type Window,
  type WindowAxis,
} from "../arithmetic";
import type { Operation, OperationKind } from "../network";

/** A description has every choice made; here are the options that say the same to a kernel. */

export type OperationOf<K extends OperationKind> = Extract<Operation, { kind: K }>;

export function convolutionOf({ groups, window }: OperationOf<"conv">): Conv2dOptions {
  return { ...slidingOf(window), groups };
}

export function transposedOf({ window }: OperationOf<"transposedConv">): Conv2dTransposeOptions {
  const outputPadding: Pair = [extraOf(window.height), extraOf(window.width)];
  return { ...slidingOf(window), outputPadding };
}

export function poolingOf({ mode, countPadding, window }: OperationOf<"pool">): Pool2dOptions {
  const size: Pair = [window.height.kernel, window.width.kernel];
  // Only ceil mode lets a window hang over the end; where none does, the mode made no difference.
  const ceilMode = extraOf(window.height) < 0 || extraOf(window.width) < 0;
  return { mode, size, ...slidingOf(window), ceilMode, countPadding };
}

/** The options that give this window again. */
function slidingOf({ height, width }: Window) {
  return {
    stride: [height.stride, width.stride] as Pair,
    padding: [
      [height.before, height.after],
      [width.before, width.after],
    ] as const,
    dilation: [height.dilation, width.dilation] as Pair,
  };
}

/** How many padded entries the last window leaves unseen; negative if it hangs over the end. */
function extraOf(axis: WindowAxis): number {
  const { input, kernel, stride, dilation, before, after, output } = axis;
  return before + input + after - ((output - 1) * stride + coveredLength(kernel, dilation));
}
