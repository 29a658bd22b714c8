import { type Pair, pairOf } from "../../arithmetic";
import { ArgumentError, requireInteger } from "../../tensor";
import type { Module, SymbolicTensor } from "../graph";
import { type Named, layer, requireMaps, requireSymbolic, requireLayerOptions } from "./draft";

/** The channels `from` (included) to `to` (excluded): [h, w, c] → [h, w, to - from]. */
export function slice(options: Named & { from: number; to: number }): Module {
  requireLayerOptions<Named & { from: number; to: number }>("layers.slice", options, {
    name: true,
    from: true,
    to: true,
  });
  return layer("slice", options, (shape) => {
    const [height, width, channels] = requireMaps("slice", shape);
    const from = requireInteger("slice", "from", options.from, 0);
    const to = requireInteger("slice", "to", options.to, from + 1);
    if (to > channels) {
      const expected = `at most the ${channels} channels`;
      throw new ArgumentError({ call: "slice", argument: "to", expected, received: to });
    }
    return { operation: { kind: "slice", from, to }, shape: [height, width, to - from] };
  });
}

/**
 * The channels in equal consecutive parts, as ShuffleNet v2 splits them in two.
 *
 * @example
 * const halves = (x: SymbolicTensor) => layers.add(...layers.split(x, 2));
 * network("halves", [28, 28, 116], halves).output.shape // → [28, 28, 58]
 */
export function split(x: SymbolicTensor, parts: number): SymbolicTensor[] {
  requireInteger("layers.split", "parts", parts, 1);
  requireSymbolic("split", x);
  return Array.from({ length: parts }, (_, i) => part(i, parts)(x));
}

function part(i: number, parts: number): Module {
  return layer("split", {}, (shape) => {
    const [height, width, channels] = requireMaps("split", shape);
    if (channels % parts !== 0) {
      const expected = `a divisor of the ${channels} channels`;
      throw new ArgumentError({ call: "split", argument: "parts", expected, received: parts });
    }
    const size = channels / parts;
    const operation = { kind: "slice", from: i * size, to: (i + 1) * size } as const;
    return { operation, shape: [height, width, size] };
  });
}

/**
 * Reorders the channels so that each group of the next grouped convolution sees some of every group:
 * they are written as rows of a [groups, c / groups] table and read by columns. A fixed permutation.
 *
 * @see Zhang et al., ShuffleNet, 2017, arXiv 1707.01083
 *
 * @example
 * network("net", [28, 28, 240], layers.channelShuffle({ groups: 3 })).output.shape // → [28, 28, 240]
 */
export function channelShuffle(options: Named & { groups: number }): Module {
  requireLayerOptions<Named & { groups: number }>("layers.channelShuffle", options, {
    name: true,
    groups: true,
  });
  const call = "channelShuffle";
  return layer(call, options, (shape) => {
    const [, , channels] = requireMaps(call, shape);
    const groups = requireInteger(call, "groups", options.groups, 1);
    if (channels % groups !== 0) {
      const expected = `a divisor of the ${channels} channels`;
      throw new ArgumentError({ call, argument: "groups", expected, received: groups });
    }
    return { operation: { kind: call, groups }, shape };
  });
}

export type Sides = readonly [Pair, Pair];

export interface ZeroPadOptions extends Named {
  /** `[[top, bottom], [left, right]]`; none when left out. */
  padding?: Sides | undefined;
  /** Whole maps of zeros before and after the others; none when left out. */
  channels?: Pair | undefined;
}

/**
 * Rows and columns of zeros around the maps, and maps of zeros beside them.
 *
 * @example
 * network("framed", [28, 28, 3], layers.zeroPad({ padding: [[2, 2], [2, 2]] })).output.shape // → [32, 32, 3]
 */
export function zeroPad(options: ZeroPadOptions): Module {
  requireLayerOptions<ZeroPadOptions>("layers.zeroPad", options, {
    padding: true,
    channels: true,
    name: true,
  });
  const call = "zeroPad";
  return layer(call, options, (shape) => {
    const [height, width, channels] = requireMaps(call, shape);
    const sides = requireSides(call, "padding", options.padding ?? NONE);
    const padding = [...sides, pairOf(call, "channels", options.channels ?? 0, 0)] as const;
    const [down, across, deep] = padding.map(([before, after]) => before + after);
    return {
      operation: { kind: call, padding },
      shape: [height + down, width + across, channels + deep],
    };
  });
}

const NONE: Sides = [
  [0, 0],
  [0, 0],
];

/** Rows and columns cut off around the maps: `[[top, bottom], [left, right]]`. */
export function crop(options: Named & { cropping: Sides }): Module {
  requireLayerOptions<Named & { cropping: Sides }>("layers.crop", options, {
    name: true,
    cropping: true,
  });
  const call = "crop";
  return layer(call, options, (shape) => {
    const [height, width, channels] = requireMaps(call, shape);
    const cropping = requireSides(call, "cropping", options.cropping);
    const [vertical, horizontal] = cropping.map(([before, after]) => before + after);
    if (vertical >= height || horizontal >= width) {
      const expected = `less than the ${height} rows and ${width} columns`;
      throw new ArgumentError({ call, argument: "cropping", expected, received: cropping });
    }
    const left = [height - vertical, width - horizontal, channels];
    return { operation: { kind: call, cropping }, shape: left };
  });
}

function requireSides(call: string, argument: string, sides: Sides): Sides {
  const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2;
  if (Array.isArray(sides) && sides.length === 2 && sides.every(isPair)) {
    sides.flat().forEach((n) => requireInteger(call, argument, n, 0));
    return sides;
  }
  const expected = "[[top, bottom], [left, right]]";
  throw new ArgumentError({ call, argument, expected, received: sides });
}
