import {
  type Conv2dOptions,
  type Conv2dTransposeOptions,
  hangsOver,
  type Pool2dOptions,
  transposedWindowOptions,
  windowOptions,
} from "../arithmetic";
import type { OperationOf } from "../network";

/** A description has every choice made; here are the options that say the same to a kernel. */

export function convolutionOf({ groups, window }: OperationOf<"conv">): Conv2dOptions {
  return { ...windowOptions(window), groups };
}

export function transposedOf({
  groups,
  window,
}: OperationOf<"transposedConv">): Conv2dTransposeOptions {
  return { ...transposedWindowOptions(window), groups };
}

export function poolingOf({ mode, countPadding, window }: OperationOf<"pool">): Pool2dOptions {
  const options = { ...windowOptions(window), ceilMode: hangsOver(window), countPadding };
  return { mode, size: [window.height.kernel, window.width.kernel], ...options };
}
