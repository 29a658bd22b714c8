import type { Conv2dShape } from "../../arithmetic";
import { divide, roundUp } from "../blocks";
import { isDepthwise } from "../depthwise";
import { type Finish, unfinished } from "../finish";
import { FLOAT, kernelArea, PANEL, type Phase, phasesOf, slideOverInput } from "../geometry";
import type { Job, Sliding } from "../jobs";
import { tilesOf } from "../slidingProduct";
import { transformedFloats, winogradApplies, winogradJob } from "../winograd";
import { addressOf, type Layout, type Maps, stepsOf } from "./maps";
import type { Program } from "./Program";

/** A convolution of one image; its batch is that of the run. */
export interface ConvolutionStep {
  /** Of a batch of 1. */
  shape: Conv2dShape;
  x: Maps;
  y: Maps;
  /** [kh, kw, cin / groups, cout] */
  filter: Float32Array;
  /** [cout] */
  bias?: Float32Array | undefined;
  /** Maps that are added to the sums, before the limits and the activation. */
  added?: Maps | undefined;
  finish: Finish;
  /** Whether a quarter of the products may do, where that is faster. */
  winograd: boolean;
}

/** Adds a convolution, its filters packed here and now. */
export function addConvolution(program: Program, step: ConvolutionStep): void {
  const { shape, x, y, added } = step;
  if (isDepthwise(shape)) {
    if (added) throw new Error("engine: nothing can be added to a depthwise convolution");
    addDepthwise(program, step, slideOver(shape, x, y), everyTap(shape));
  } else addProduct(program, step, slideOver(shape, x, y), "forward", everyTap(shape));
}

/**
 * Adds a transposed convolution: for each phase of the stride, a convolution of x with some of the taps. `shape` is
 * that of the convolution which it runs backwards.
 */
export function addTransposedConvolution(program: Program, step: ConvolutionStep): void {
  const { shape, x, y } = step;
  for (const row of phasesOf(shape.window.height))
    for (const column of phasesOf(shape.window.width)) {
      const taps = row.taps.flatMap((a) =>
        column.taps.map((b) => a * shape.window.width.kernel + b),
      );
      const sliding = slideOverPhase(shape, x, y, row, column);
      if (isDepthwise(shape)) addDepthwise(program, step, sliding, taps);
      else addProduct(program, step, sliding, "transposed", taps);
    }
}

/** The fields of a job that depend on the run. */
type SlidingAt = (layout: Layout) => Sliding;

function slideOver(shape: Conv2dShape, x: Maps, y: Maps): SlidingAt {
  return (layout) => {
    const sliding = slideOverInput(shape, { x: addressOf(x, layout), y: addressOf(y, layout) });
    const [from, to] = [stepsOf(x), stepsOf(y)];
    return {
      ...sliding,
      batch: layout.batch,
      inputImage: from.image,
      inputRow: from.row,
      inputPixel: from.pixel,
      outputImage: to.image,
      outputRow: to.row,
      outputPixel: to.pixel,
    };
  };
}

/** The window of a pair of phases sliding over x, writing their pixels of y: see `slideOverGradient`. */
function slideOverPhase(
  { groups, outputChannels, window: { height, width } }: Conv2dShape,
  x: Maps,
  y: Maps,
  row: Phase,
  column: Phase,
): SlidingAt {
  return (layout) => {
    const [from, to] = [stepsOf(x), stepsOf(y)];
    return {
      input: addressOf(x, layout),
      inputImage: from.image,
      inputRow: from.row,
      inputPixel: from.pixel,
      height: x.height,
      width: x.width,
      channels: outputChannels / groups,
      kernelHeight: row.taps.length,
      kernelWidth: column.taps.length,
      strideHeight: 1,
      strideWidth: 1,
      dilationHeight: row.dilation,
      dilationWidth: column.dilation,
      top: row.before,
      left: column.before,
      batch: layout.batch,
      outputHeight: row.count,
      outputWidth: column.count,
      output: addressOf(y, layout) + row.first * to.row + column.first * to.pixel,
      outputImage: to.image,
      outputRow: to.row * height.stride,
      outputPixel: to.pixel * width.stride,
    };
  };
}

function everyTap(shape: Conv2dShape): number[] {
  return Array.from({ length: kernelArea(shape) }, (_, tap) => tap);
}

function addDepthwise(
  program: Program,
  { shape: { groups }, x, y, filter, bias, finish }: ConvolutionStep,
  slidingAt: SlidingAt,
  taps: readonly number[],
): void {
  const chosen = new Float32Array(taps.length * groups);
  taps.forEach((tap, t) =>
    chosen.set(filter.subarray(tap * groups, (tap + 1) * groups), t * groups),
  );
  const weights = program.constant(chosen);
  const start = program.constant(bias ?? new Float32Array(groups));
  program.add({
    kernel: "depthwiseTile",
    reads: [x],
    writes: y,
    job(layout, threads) {
      const sliding = slidingAt(layout);
      const rows = sliding.batch * sliding.outputHeight;
      const rowBlock = divide(rows, 16, 1, 4 * threads);
      const fields = {
        ...sliding,
        channels: groups,
        ...unfinished,
        ...finish,
        filter: weights,
        bias: start,
        rowBlock,
      };
      return { fields, tiles: Math.ceil(rows / rowBlock) };
    },
  });
}

function addProduct(
  program: Program,
  step: ConvolutionStep,
  slidingAt: SlidingAt,
  direction: "forward" | "transposed",
  taps: readonly number[],
): void {
  const { shape, x, y, filter, added, finish } = step;
  const { groups, inputChannels, outputChannels } = shape;
  const [inputs, outputs] = [inputChannels / groups, outputChannels / groups];
  const [rows, columns] = direction === "forward" ? [inputs, outputs] : [outputs, inputs];
  const sample = slidingAt({ base: 0, batch: 1 });
  const winograd = step.winograd && direction === "forward" && winogradApplies(sample, groups);

  const padded = roundUp(columns, PANEL);
  const start = new Float32Array(groups * padded);
  for (let g = 0; step.bias && g < groups; g++)
    start.set(step.bias.subarray(g * columns, (g + 1) * columns), g * padded);
  const bias = program.constant(start);

  const panels = program.reserveConstant(
    winograd ? transformedFloats(rows, columns) : groups * taps.length * rows * padded,
  );
  const { workspace } = program;
  const source = program.reserve(filter.length);
  workspace.floats(source, filter.length).set(filter);
  const tapBytes = inputs * outputChannels * FLOAT;
  const list = program.reserve(taps.length);
  workspace.integers(list, taps.length).set(taps.map((tap) => tap * tapBytes));
  const toInput = outputChannels * FLOAT;
  const packing: Job<"packPanel"> = {
    source,
    sourceGroup: outputs * FLOAT,
    sourceRow: direction === "forward" ? toInput : FLOAT,
    sourceColumn: direction === "forward" ? FLOAT : toInput,
    taps: list,
    tapCount: taps.length,
    rows,
    columns,
    panels,
  };
  const address = program.reserve(16);
  const kernel = (winograd ? "transformFilterPanel" : "packPanel") as "packPanel"; // of the same fields
  workspace.writeJob(address, kernel, packing);
  workspace.run(kernel, address, groups * Math.ceil(columns / PANEL));
  program.forget();

  const finishing = (layout: Layout) => ({
    ...unfinished,
    ...finish,
    ...(added && {
      added: addressOf(added, layout),
      addedImage: stepsOf(added).image,
      addedRow: stepsOf(added).row,
      addedPixel: stepsOf(added).pixel,
    }),
  });
  const reads = added ? [x, added] : [x];
  if (winograd)
    program.add({
      kernel: "winogradTile",
      reads,
      writes: y,
      job(layout, threads) {
        const { fields, tiles } = winogradJob(
          slidingAt(layout),
          columns,
          { panels, bias },
          threads,
        );
        return { fields: { ...fields, ...finishing(layout) }, tiles };
      },
    });
  else
    program.add({
      kernel: "convolveTile",
      reads,
      writes: y,
      job(layout, threads) {
        const sliding = slidingAt(layout);
        const { blocks, tiles } = tilesOf(sliding, columns, groups, threads);
        const fields = { ...sliding, ...finishing(layout), panels, bias, columns, ...blocks };
        return { fields, tiles };
      },
    });
}
