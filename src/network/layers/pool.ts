import {
  type Pair,
  type Window,
  type WindowOptions,
  entriesUnder,
  pairOf,
  slidingWindow,
} from "../../arithmetic";
import { ArgumentError } from "../../tensor";
import type { PoolingMode } from "../description";
import type { Module } from "../graph";
import { type Named, layer, requireMaps, spatial, requireLayerOptions } from "./draft";

export interface PoolOptions extends Named, WindowOptions {
  /** One number for a square window, or [height, width]. */
  size: number | Pair;
  /** As long as the window when left out, so that windows lie side by side. */
  stride?: number | Pair | undefined;
}

export interface AveragePoolOptions extends PoolOptions {
  /** Whether the zeros of the padding count in the average (Caffe, PyTorch) or not (TensorFlow). False when left out. */
  countPadding?: boolean | undefined;
}

/**
 * The largest value of each window, channel by channel: [h, w, c] → [oh, ow, c]. No weights.
 *
 * @example
 * network("pool", [112, 112, 64], layers.maxPool({ size: 3, stride: 2, ceilMode: true })).output.shape // → [56, 56, 64]
 */
export function maxPool(options: PoolOptions): Module {
  requireLayerOptions<PoolOptions>("layers.maxPool", options, {
    size: true,
    stride: true,
    name: true,
    ceilMode: "flag",
    padding: true,
    dilation: true,
  });
  return pool("maxPool", "max", options, false);
}

/** The mean of each window, channel by channel: [h, w, c] → [oh, ow, c]. No weights. */
export function averagePool(options: AveragePoolOptions): Module {
  requireLayerOptions<AveragePoolOptions>("layers.averagePool", options, {
    countPadding: "flag",
    size: true,
    stride: true,
    name: true,
    ceilMode: "flag",
    padding: true,
    dilation: true,
  });
  return pool("averagePool", "average", options, options.countPadding ?? false);
}

function pool(
  call: string,
  mode: PoolingMode,
  options: PoolOptions,
  countPadding: boolean,
): Module {
  return layer(call, options, (shape) => {
    const [, , channels] = requireMaps(call, shape);
    const stride = options.stride ?? options.size;
    const window = slidingWindow(call, spatial(shape), options.size, { ...options, stride });
    requireImageUnderAll(call, window, options.padding);
    return {
      operation: { kind: "pool", mode, countPadding, window },
      shape: [window.height.output, window.width.output, channels],
    };
  });
}

/** A window over nothing but padding has no maximum and no average; with dilation an image may lie between its taps. */
function requireImageUnderAll(call: string, { height, width }: Window, padding: unknown): void {
  const fits = [height, width].every((axis) =>
    Array.from({ length: axis.output }, (_, i) => i).every((i) => entriesUnder(axis, i).length > 0),
  );
  if (fits) return;
  const expected = "so small that every window has a pixel of the maps under it";
  throw new ArgumentError({ call, argument: "padding", expected, received: padding });
}

export interface GlobalPoolOptions extends Named {
  /** Gives [1, 1, c], so that 1×1 convolutions may follow, in place of [c]. False when left out. */
  keepDims?: boolean | undefined;
}

/**
 * The mean of each whole map: [h, w, c] → [c].
 *
 * @see Lin, Chen and Yan, Network in network, 2013, arXiv 1312.4400
 *
 * @example
 * network("means", [7, 7, 1024], layers.globalAveragePool()).output.shape // → [1024]
 */
export function globalAveragePool(options: GlobalPoolOptions = {}): Module {
  requireLayerOptions<GlobalPoolOptions>("layers.globalAveragePool", options, {
    keepDims: "flag",
    name: true,
  });
  return globalPool("globalAveragePool", "average", options);
}

/** The largest value of each whole map: [h, w, c] → [c]. */
export function globalMaxPool(options: GlobalPoolOptions = {}): Module {
  requireLayerOptions<GlobalPoolOptions>("layers.globalMaxPool", options, {
    keepDims: "flag",
    name: true,
  });
  return globalPool("globalMaxPool", "max", options);
}

function globalPool(call: string, mode: PoolingMode, options: GlobalPoolOptions): Module {
  const keepDims = options.keepDims ?? false;
  return layer(call, options, (shape) => {
    const [, , channels] = requireMaps(call, shape);
    return {
      operation: { kind: "globalPool", mode, keepDims },
      shape: keepDims ? [1, 1, channels] : [channels],
    };
  });
}

/**
 * The mean over windows chosen so that the output has the given size whatever comes in, as in torchvision's
 * AlexNet and VGG: [h, w, c] → [outputSize, outputSize, c]. Window i covers rows floor(i·h/n) to ceil((i+1)·h/n).
 */
export function adaptiveAveragePool(options: Named & { outputSize: number | Pair }): Module {
  requireLayerOptions<Named & { outputSize: number | Pair }>(
    "layers.adaptiveAveragePool",
    options,
    {
      name: true,
      outputSize: true,
    },
  );
  const call = "adaptiveAveragePool";
  return layer(call, options, (shape) => {
    const [, , channels] = requireMaps(call, shape);
    const outputSize = pairOf(call, "outputSize", options.outputSize, 1);
    return {
      operation: { kind: "adaptivePool", mode: "average", outputSize },
      shape: [...outputSize, channels],
    };
  });
}
