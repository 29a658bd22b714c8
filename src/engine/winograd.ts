import { divide, roundUp } from "./blocks";
import { unfinished } from "./finish";
import { FLOAT, PANEL } from "./geometry";
import type { Job, Sliding } from "./jobs";
import type { Runtime } from "./runtime";
import { SCRATCH_BYTES } from "./workspace";

/** Side of a patch of the output and of the input, and products for each, as in `assembly/winograd.ts`. */
const OUT = 4;
const IN = 6;
const PRODUCTS = IN * IN;
/** Input channels that are multiplied at a time, and output channels of a tile. */
const DEPTH_BLOCK = 256;
const COLUMN_BLOCK = 128;
/** What addresses and small buffers take of the scratch memory. */
const ADDRESSES_BYTES = 32768;

/** Whether Winograd's method F(4x4, 3x3) can compute this. */
export function winogradApplies(sliding: Sliding, groups: number): boolean {
  const { kernelHeight, kernelWidth, strideHeight, strideWidth } = sliding;
  const { dilationHeight, dilationWidth, channels } = sliding;
  return (
    groups === 1 &&
    [kernelHeight, kernelWidth].every((n) => n === 3) &&
    [strideHeight, strideWidth, dilationHeight, dilationWidth].every((n) => n === 1) &&
    patchesInScratch(channels, COLUMN_BLOCK) >= 5
  );
}

/**
 * What the transforms cost, in multiply-adds of the micro-kernel that take as long: for each channel of a patch,
 * and for each filter of one input and one output channel (mostly the writing and reading of its 36 values).
 * Measured with layers of 8 to 512 channels.
 */
const PATCH_COST = 300;
const FILTER_COST = 1000;

/**
 * Whether it is the faster way. It saves up to three of four multiply-adds, less where patches hang over
 * the edge, and pays with three transforms: of x, for each input channel; of y, for each output channel;
 * of the filter, for each pair of them, which only many pixels repay.
 */
export function winogradWins(sliding: Sliding, columns: number): boolean {
  const { batch, outputHeight, outputWidth, channels } = sliding;
  const patches = batch * Math.ceil(outputHeight / OUT) * Math.ceil(outputWidth / OUT);
  const passesOverInput = Math.ceil(columns / COLUMN_BLOCK);
  const direct = 9 * batch * outputHeight * outputWidth * channels * columns;
  const products = PRODUCTS * roundUp(patches, 5) * channels * columns;
  const patchTransforms = PATCH_COST * patches * (passesOverInput * channels + columns);
  const filterTransforms = FILTER_COST * channels * columns;
  return products + patchTransforms + filterTransforms < 0.95 * direct;
}

/** How many floats the transformed filters take. */
export function transformedFloats(rows: number, columns: number): number {
  // A cache line more for each panel, as in `assembly/winogradTransforms.ts`.
  return PRODUCTS * (rows * PANEL + 16) * Math.ceil(columns / PANEL);
}

/** Transforms the filters and has all tiles computed. `sliding` is that of the 3x3 window. */
export function multiplyByWinograd(
  engine: Runtime,
  sliding: Sliding,
  packing: Job<"transformFilterPanel">,
  bias: number,
): void {
  const { columns, panels } = packing;
  engine.prepare("transformFilterPanel", packing, Math.ceil(columns / PANEL));

  const { fields, tiles } = winogradJob(sliding, columns, { panels, bias }, engine.threads);
  engine.run("winogradTile", fields, tiles);
}

/** The job of a 3x3 window, and into how many tiles it is cut. */
export function winogradJob(
  sliding: Sliding,
  columns: number,
  at: { panels: number; bias: number },
  threads: number,
): { fields: Job<"winogradTile">; tiles: number } {
  const { outputHeight: resultHeight, outputWidth: resultWidth, channels } = sliding;
  const outputHeight = Math.ceil(resultHeight / OUT);
  const outputWidth = Math.ceil(resultWidth / OUT);
  const patches = sliding.batch * outputHeight * outputWidth;
  const columnBlock = Math.min(roundUp(columns, PANEL), COLUMN_BLOCK);
  const columnBlocks = Math.ceil(columns / columnBlock);
  const most = Math.min(40, patchesInScratch(channels, columnBlock));
  const patchBlock = divide(patches, most - (most % 5), 5, (2 * threads) / columnBlocks);
  return {
    fields: {
      ...sliding,
      ...unfinished,
      kernelHeight: IN,
      kernelWidth: IN,
      strideHeight: OUT,
      strideWidth: OUT,
      outputHeight,
      outputWidth,
      resultHeight,
      resultWidth,
      ...at,
      columns,
      patchBlock,
      columnBlock,
      depthBlock: DEPTH_BLOCK,
    },
    tiles: Math.ceil(patches / patchBlock) * columnBlocks,
  };
}

function patchesInScratch(channels: number, columnBlock: number): number {
  const patchBytes = PRODUCTS * (Math.min(channels, DEPTH_BLOCK) + 4 + columnBlock) * FLOAT;
  const edgeBytes = PRODUCTS * channels * FLOAT;
  return Math.floor((SCRATCH_BYTES - ADDRESSES_BYTES - edgeBytes) / patchBytes);
}
