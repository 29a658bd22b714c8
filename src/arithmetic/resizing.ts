import type { Pair } from "./axis";

export const resizeModes = ["nearest", "bilinear"] as const;
export type ResizeMode = (typeof resizeModes)[number];

/** How maps become other maps of a given size. */
export interface Resizing {
  /** `"nearest"` repeats or leaves out pixels; `"bilinear"` mixes the two on either side, along each axis. */
  mode: ResizeMode;
  /** Height and width of what comes out. */
  outputSize: Pair;
  /** Whether the middles of the corner pixels come to lie on each other, and not the corners of the maps. */
  alignCorners: boolean;
}

/** An entry that an output is made of, and its weight. */
export interface ResizeSource {
  readonly entry: number;
  readonly weight: number;
}

/**
 * Along one axis of a resizing: the entries that each output is made of.
 *
 * The nearest one to output i is floor(i · n / outputs), computed exactly. (PyTorch multiplies by n / outputs in
 * single precision, and is an entry off at a few sizes.) Bilinear weights follow where the middle of output i
 * lies: (i + 1/2) · n / outputs - 1/2, not below 0, or i · (n - 1) / (outputs - 1) with aligned corners.
 *
 * @param n entries of the input
 *
 * @example
 * sourcesAlong("bilinear", 2, 4, false)[1] // → [{ entry: 0, weight: 0.75 }, { entry: 1, weight: 0.25 }]
 */
export function sourcesAlong(
  mode: ResizeMode,
  n: number,
  outputs: number,
  alignCorners: boolean,
): ResizeSource[][] {
  return Array.from({ length: outputs }, (_, i) => {
    if (mode === "nearest") return [{ entry: Math.floor((i * n) / outputs), weight: 1 }];
    const position = alignCorners
      ? (i * (n - 1)) / Math.max(outputs - 1, 1)
      : Math.max(((i + 0.5) * n) / outputs - 0.5, 0);
    const before = Math.min(Math.floor(position), n - 1);
    const weight = before === n - 1 ? 0 : position - before;
    const sources = [
      { entry: before, weight: 1 - weight },
      { entry: before + 1, weight },
    ];
    return sources.filter((each) => each.weight > 0);
  });
}
