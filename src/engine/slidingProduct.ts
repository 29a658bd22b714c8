import type { Conv2dShape } from "../arithmetic";
import { ArgumentError } from "../tensor";
import { divide, roundUp } from "./blocks";
import { unfinished } from "./finish";
import { FLOAT, kernelArea, PANEL } from "./geometry";
import type { Job, Sliding } from "./jobs";
import type { Runtime } from "./runtime";
import { multiplyByWinograd, transformedFloats, winogradApplies, winogradWins } from "./winograd";

/** How a convolution is computed. */
export type Method = "direct" | "winograd";

/** `"fastest"`: the engine's choice for the layer. */
export type WantedMethod = Method | "fastest";

/** Products added up before the next block of the panels is fetched: 16 kB of a panel, within the L1 cache. */
const DEPTH_BLOCK = 512;
/** Output pixels of a tile: their windows, 60 · 512 floats, stay in the L2 cache. */
const PIXEL_BLOCK = 60;

/**
 * A window sliding over images, each position multiplied with all filters: the forward pass, and the
 * gradient to the input with the filters transposed (cin and cout swapped).
 */
export interface SlidingProduct {
  shape: Conv2dShape;
  direction: "forward" | "transposed";
  method: Method;
}

/** Chooses the method for a window, and refuses one that cannot be. */
export function methodFor(
  sliding: Sliding,
  groups: number,
  columns: number,
  wanted: WantedMethod = "direct",
): Method {
  const applies = winogradApplies(sliding, groups);
  if (wanted === "winograd" && !applies) {
    throw new ArgumentError({
      call: "engine.conv2d",
      argument: "method",
      expected: `"direct" here: "winograd" is for 3x3 kernels at stride, dilation and groups 1`,
      received: wanted,
    });
  }
  if (wanted !== "fastest") return wanted;
  return applies && winogradWins(sliding, columns) ? "winograd" : "direct";
}

/** How many floats the packed or transformed filters take, how many the start values, and how many the list of taps. */
export function filterFloats({ shape, direction, method }: SlidingProduct) {
  const { rows, columns } = matrixOf(shape, direction);
  const panels =
    method === "winograd"
      ? transformedFloats(rows, columns)
      : shape.groups * kernelArea(shape) * rows * roundUp(columns, PANEL);
  const bias = shape.groups * roundUp(columns, PANEL);
  return { panels, bias, taps: kernelArea(shape) };
}

/** Packs these taps of the filter, lays out what the sums begin with, and has every tile computed. */
export function slideAndMultiply(
  engine: Runtime,
  { shape, direction, method }: SlidingProduct,
  sliding: Sliding,
  taps: readonly number[],
  at: { filter: number; taps: number; panels: number; bias: number },
  bias: Float32Array | undefined,
): void {
  const { groups, inputChannels, outputChannels } = shape;
  const { rows, columns } = matrixOf(shape, direction);
  layBias(engine, at.bias, groups, columns, bias);
  const tapBytes = (inputChannels / groups) * outputChannels * FLOAT;
  engine.integers(at.taps, taps.length).set(taps.map((tap) => tap * tapBytes));
  const toInput = outputChannels * FLOAT;
  const packing: Job<"packPanel"> = {
    source: at.filter,
    sourceGroup: (outputChannels / groups) * FLOAT,
    sourceRow: direction === "forward" ? toInput : FLOAT,
    sourceColumn: direction === "forward" ? FLOAT : toInput,
    taps: at.taps,
    tapCount: taps.length,
    rows,
    columns,
    panels: at.panels,
  };
  if (method === "winograd") multiplyByWinograd(engine, sliding, packing, at.bias);
  else multiply(engine, sliding, packing, groups, at.bias);
}

/** The filter as a matrix: rows and columns of each tap and group. */
function matrixOf({ groups, inputChannels, outputChannels }: Conv2dShape, direction: string) {
  const inputs = inputChannels / groups;
  const outputs = outputChannels / groups;
  return direction === "forward"
    ? { rows: inputs, columns: outputs }
    : { rows: outputs, columns: inputs };
}

function multiply(
  engine: Runtime,
  sliding: Sliding,
  packing: Job<"packPanel">,
  groups: number,
  bias: number,
): void {
  const { columns, panels } = packing;
  engine.prepare("packPanel", packing, groups * Math.ceil(columns / PANEL));
  const { blocks, tiles } = tilesOf(sliding, columns, groups, engine.threads);
  engine.run(
    "convolveTile",
    { ...sliding, ...unfinished, panels, bias, columns, ...blocks },
    tiles,
  );
}

/** Tiles are blocks of pixels; where these are too few to share out, blocks of output channels as well. */
export function tilesOf(sliding: Sliding, columns: number, groups: number, threads: number) {
  const pixels = sliding.batch * sliding.outputHeight * sliding.outputWidth;
  const pixelBlock = divide(pixels, PIXEL_BLOCK, 5, (2 * threads) / groups);
  const pixelBlocks = Math.ceil(pixels / pixelBlock);
  const wanted = threads === 1 ? 1 : (3 * threads) / (groups * pixelBlocks);
  const columnBlock = divide(columns, roundUp(columns, PANEL), 32, wanted);
  return {
    blocks: { pixelBlock, columnBlock, depthBlock: DEPTH_BLOCK },
    tiles: groups * pixelBlocks * Math.ceil(columns / columnBlock),
  };
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
