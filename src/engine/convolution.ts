import type { Conv2dShape } from "../arithmetic";
import {
  FLOAT,
  inputLength,
  kernelArea,
  outputLength,
  PANEL,
  phasesOf,
  slideOverGradient,
  slideOverInput,
} from "./geometry";
import type { Sliding } from "./jobs";
import { runtime, type Runtime } from "./runtime";
import { divide, roundUp } from "./blocks";

/** The three passes of a convolution, on plain arrays whose shapes have been checked. */

/** y = conv2d(x, filter) + bias */
export function convolve(
  shape: Conv2dShape,
  x: Float32Array,
  filter: Float32Array,
  bias: Float32Array | undefined,
): Float32Array | undefined {
  const { groups, outputChannels } = shape;
  const columns = outputChannels / groups;
  const engine = runtime();
  const at = engine.reserve({
    x: x.length,
    filter: filter.length,
    panels: panelFloats(shape, columns),
    bias: groups * roundUp(columns, PANEL),
    taps: kernelArea(shape),
    y: outputLength(shape),
  });
  if (!at) return undefined;

  engine.floats(at.x, x.length).set(x);
  engine.floats(at.filter, filter.length).set(filter);
  layBias(engine, at.bias, groups, columns, bias);
  const taps = Array.from({ length: kernelArea(shape) }, (_, t) => t);
  packFilter(engine, at, shape, taps, "forward");
  multiply(engine, slideOverInput(shape, at), at, groups, columns);
  return engine.floats(at.y, outputLength(shape)).slice();
}

/**
 * dx = the gradient of conv2d to its input: for each phase of the stride, a convolution of dy with some taps
 * of the transposed filter.
 */
export function convolveInputGradient(
  shape: Conv2dShape,
  dy: Float32Array,
  filter: Float32Array,
  bias?: Float32Array,
): Float32Array | undefined {
  const { groups, inputChannels, window } = shape;
  const columns = inputChannels / groups;
  const engine = runtime();
  const at = engine.reserve({
    dy: dy.length,
    filter: filter.length,
    panels: panelFloats(shape, columns),
    bias: groups * roundUp(columns, PANEL),
    taps: kernelArea(shape),
    dx: inputLength(shape),
  });
  if (!at) return undefined;

  engine.floats(at.dy, dy.length).set(dy);
  engine.floats(at.filter, filter.length).set(filter);
  layBias(engine, at.bias, groups, columns, bias);
  for (const row of phasesOf(window.height))
    for (const column of phasesOf(window.width)) {
      const taps = row.taps.flatMap((a) => column.taps.map((b) => a * window.width.kernel + b));
      packFilter(engine, at, shape, taps, "transposed");
      multiply(engine, slideOverGradient(shape, at, row, column), at, groups, columns);
    }
  return engine.floats(at.dx, inputLength(shape)).slice();
}

/** dFilter = the gradient of conv2d to its filter: the windows of x, transposed, times dy. */
export function convolveFilterGradient(
  shape: Conv2dShape,
  dy: Float32Array,
  x: Float32Array,
): Float32Array | undefined {
  const { groups, outputChannels } = shape;
  const columns = outputChannels / groups;
  const depth = (kernelArea(shape) * shape.inputChannels) / groups;
  const engine = runtime();
  const at = engine.reserve({
    x: x.length,
    y: dy.length,
    gradient: depth * outputChannels,
  });
  if (!at) return undefined;

  engine.floats(at.x, x.length).set(x);
  engine.floats(at.y, dy.length).set(dy);
  const columnBlock = 128;
  const columnBlocks = Math.ceil(columns / columnBlock);
  const depthBlock = divide(depth, 320, 5, (3 * engine.threads) / (groups * columnBlocks));
  engine.run(
    "filterGradientTile",
    {
      ...slideOverInput(shape, at),
      gradient: at.gradient,
      gradientRow: outputChannels * FLOAT,
      columns,
      pixelBlock: 240,
      depthBlock,
      columnBlock,
    },
    groups * columnBlocks * Math.ceil(depth / depthBlock),
  );
  return engine.floats(at.gradient, depth * outputChannels).slice();
}

/** Has every tile of a convolution computed: blocks of pixels, of output channels, and groups. */
function multiply(
  engine: Runtime,
  sliding: Sliding,
  at: { panels: number; bias: number },
  groups: number,
  columns: number,
): void {
  const pixels = sliding.batch * sliding.outputHeight * sliding.outputWidth;
  const pixelBlock = divide(pixels, 60, 5, (2 * engine.threads) / groups);
  const pixelBlocks = Math.ceil(pixels / pixelBlock);
  // Too few blocks of pixels to share out: share out the output channels as well.
  const wanted = Math.ceil((3 * engine.threads) / (groups * pixelBlocks));
  const columnBlock = engine.threads === 1 ? columns : divide(columns, columns, 32, wanted);
  engine.run(
    "convolveTile",
    {
      ...sliding,
      panels: at.panels,
      bias: at.bias,
      columns,
      pixelBlock,
      columnBlock: roundUp(columnBlock, PANEL),
      depthBlock: 512,
    },
    groups * pixelBlocks * Math.ceil(columns / roundUp(columnBlock, PANEL)),
  );
}

/** Packs these taps of the filter, as they are or each transposed (cin and cout change places). */
function packFilter(
  engine: Runtime,
  at: { filter: number; taps: number; panels: number },
  shape: Conv2dShape,
  taps: readonly number[],
  direction: "forward" | "transposed",
): void {
  const { groups, inputChannels, outputChannels } = shape;
  const inputs = inputChannels / groups;
  const outputs = outputChannels / groups;
  const [rows, columns] = direction === "forward" ? [inputs, outputs] : [outputs, inputs];
  const toInput = outputChannels * FLOAT;
  const [sourceRow, sourceColumn] = direction === "forward" ? [toInput, FLOAT] : [FLOAT, toInput];
  engine.integers(at.taps, taps.length).set(taps.map((tap) => tap * inputs * toInput));
  engine.run(
    "packPanel",
    {
      source: at.filter,
      sourceGroup: outputs * FLOAT,
      sourceRow,
      sourceColumn,
      taps: at.taps,
      tapCount: taps.length,
      rows,
      columns,
      panels: at.panels,
    },
    groups * Math.ceil(columns / PANEL),
  );
}

/** What the sums begin with: the bias or zeros, each group's filled up to whole panels. */
function layBias(
  engine: Runtime,
  address: number,
  groups: number,
  columns: number,
  bias: Float32Array | undefined,
): void {
  const padded = roundUp(columns, PANEL);
  const target = engine.floats(address, groups * padded).fill(0);
  if (!bias) return;
  for (let g = 0; g < groups; g++)
    target.set(bias.subarray(g * columns, (g + 1) * columns), g * padded);
}

function panelFloats(shape: Conv2dShape, columns: number): number {
  const { groups, inputChannels, outputChannels } = shape;
  const rows = (inputChannels * outputChannels) / (groups * groups * columns);
  return groups * kernelArea(shape) * rows * roundUp(columns, PANEL);
}
