import { type Pair, pairOf, type ResizeMode, resizeModes } from "../../arithmetic";
import { ArgumentError, requireOneOf } from "../../tensor";
import type { Module } from "../graph";
import { type Named, layer, requireLayerOptions, requireMaps } from "./draft";

interface ResizingOptions extends Named {
  /** `"nearest"` when left out. */
  mode?: ResizeMode | undefined;
  /** Whether the middles of the corner pixels come to lie on each other, for `"bilinear"`. False when left out. */
  alignCorners?: boolean | undefined;
}

export interface ResizeOptions extends ResizingOptions {
  /** Height and width of what comes out; one number for a square. */
  outputSize: number | Pair;
}

/**
 * Maps of another size: [h, w, c] → [outputSize, outputSize, c]. No weights.
 *
 * @example
 * network("net", [7, 5, 64], layers.resize({ outputSize: [14, 14], mode: "bilinear" })).output.shape // → [14, 14, 64]
 */
export function resize(options: ResizeOptions): Module {
  requireLayerOptions<ResizeOptions>("layers.resize", options, {
    outputSize: true,
    mode: true,
    alignCorners: "flag",
    name: true,
  });
  return resizing("resize", options, () => pairOf("resize", "outputSize", options.outputSize, 1));
}

export interface UpsampleOptions extends ResizingOptions {
  /** How often each pixel comes, down and across; one number for both. */
  factor: number | Pair;
}

/**
 * Maps a whole number of times as large: [h, w, c] → [factor · h, factor · w, c]. No weights.
 *
 * @example
 * network("net", [7, 7, 64], layers.upsample({ factor: 2 })).output.shape // → [14, 14, 64]
 */
export function upsample(options: UpsampleOptions): Module {
  requireLayerOptions<UpsampleOptions>("layers.upsample", options, {
    factor: true,
    mode: true,
    alignCorners: "flag",
    name: true,
  });
  return resizing("upsample", options, ([height, width]) => {
    const [down, across] = pairOf("upsample", "factor", options.factor, 1);
    return [down * height, across * width];
  });
}

function resizing(call: string, options: ResizingOptions, sizeFor: (size: Pair) => Pair): Module {
  return layer(call, options, (shape) => {
    const [height, width, channels] = requireMaps(call, shape);
    const mode = requireOneOf(call, "mode", options.mode ?? "nearest", resizeModes);
    const alignCorners = options.alignCorners ?? false;
    if (typeof alignCorners !== "boolean" || (alignCorners && mode === "nearest")) {
      const expected = 'true or false, and false with mode "nearest", which mixes nothing';
      throw new ArgumentError({ call, argument: "alignCorners", expected, received: alignCorners });
    }
    const outputSize = sizeFor([height, width]);
    return {
      operation: { kind: "resize", mode, outputSize, alignCorners },
      shape: [...outputSize, channels],
    };
  });
}
