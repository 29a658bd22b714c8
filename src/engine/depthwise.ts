import type { Conv2dShape } from "../arithmetic";
import { divide } from "./blocks";
import { unfinished } from "./finish";
import {
  inputLength,
  kernelArea,
  outputLength,
  phasesOf,
  slideOverGradient,
  slideOverInput,
} from "./geometry";
import type { Sliding } from "./jobs";
import { runtime, type Runtime } from "./runtime";

/** The three passes of a depthwise convolution with one filter a channel. Each is `undefined` when it does not fit into the memory. */

/** Channels of a tile of the filter's gradient, as in `assembly/depthwiseFilterGradient.ts`. */
const CHANNELS = 16;

export function isDepthwise({ groups, inputChannels, outputChannels }: Conv2dShape): boolean {
  return groups > 1 && inputChannels === groups && outputChannels === groups;
}

export function depthwise(
  shape: Conv2dShape,
  x: Float32Array,
  filter: Float32Array,
  bias: Float32Array | undefined,
): Float32Array | undefined {
  const engine = runtime();
  const length = outputLength(shape);
  const at = engine.reserve({
    x: x.length,
    filter: filter.length,
    bias: shape.outputChannels,
    y: length,
  });
  if (!at) return undefined;

  const result = engine.newResult(length);
  engine.copyIn(at.x, x);
  engine.copyIn(at.filter, filter);
  layBias(engine, at.bias, shape.groups, bias);
  slide(engine, { ...slideOverInput(shape, at), channels: shape.groups }, at);
  return engine.copyOut(at.y, result);
}

export function depthwiseInputGradient(
  shape: Conv2dShape,
  dy: Float32Array,
  filter: Float32Array,
  bias?: Float32Array,
): Float32Array | undefined {
  const engine = runtime();
  const channels = shape.groups;
  const at = engine.reserve({
    dy: dy.length,
    filter: filter.length,
    bias: channels,
    dx: inputLength(shape),
  });
  if (!at) return undefined;

  const result = engine.newResult(inputLength(shape));
  engine.copyIn(at.dy, dy);
  layBias(engine, at.bias, channels, bias);
  for (const row of phasesOf(shape.window.height))
    for (const column of phasesOf(shape.window.width)) {
      const taps = row.taps.flatMap((a) =>
        column.taps.map((b) => a * shape.window.width.kernel + b),
      );
      const chosen = engine.floats(at.filter, taps.length * channels);
      taps.forEach((tap, t) =>
        chosen.set(filter.subarray(tap * channels, (tap + 1) * channels), t * channels),
      );
      slide(engine, { ...slideOverGradient(shape, at, row, column), channels }, at);
    }
  return engine.copyOut(at.dx, result);
}

export function depthwiseFilterGradient(
  shape: Conv2dShape,
  dy: Float32Array,
  x: Float32Array,
): Float32Array | undefined {
  const engine = runtime();
  const length = kernelArea(shape) * shape.groups;
  const at = engine.reserve({ x: x.length, y: dy.length, gradient: length });
  if (!at) return undefined;

  const result = engine.newResult(length);
  engine.copyIn(at.x, x);
  engine.copyIn(at.y, dy);
  const channels = shape.groups;
  const job = { ...slideOverInput(shape, at), channels, gradient: at.gradient };
  engine.run("depthwiseFilterGradientTile", job, Math.ceil(channels / CHANNELS));
  return engine.copyOut(at.gradient, result);
}

function slide(engine: Runtime, sliding: Sliding, at: { filter: number; bias: number }): void {
  const rows = sliding.batch * sliding.outputHeight;
  const rowBlock = divide(rows, 16, 1, 4 * engine.threads);
  const job = { ...sliding, ...unfinished, filter: at.filter, bias: at.bias, rowBlock };
  engine.run("depthwiseTile", job, Math.ceil(rows / rowBlock));
}

function layBias(engine: Runtime, address: number, channels: number, bias?: Float32Array): void {
  const start = engine.floats(address, channels);
  if (bias) start.set(bias);
  else start.fill(0);
}
