import type { Window } from "../../arithmetic";
import { divide } from "../blocks";
import { asTheyAre, type Finish, mappings } from "../finish";
import { FLOAT, slideOverInput } from "../geometry";
import { addressOf, isWhole, type Layout, type Maps, stepsOf } from "./maps";
import type { Program } from "./Program";

/** What is computed value by value. */
export type Mapping =
  | { kind: "copy" }
  /** x + scale · second */
  | { kind: "add"; second: Maps; scale: number }
  /** x · second, which may be one number for each channel of an image: [1, 1, c] */
  | { kind: "multiply"; second: Maps }
  /** x · factors[c] + shifts[c] */
  | { kind: "scaleChannels"; factors: Float32Array; shifts: Float32Array };

/** Numbers of a tile: few enough for the caches, many enough to be worth a call. */
const TILE = 16384;

/** Adds a function of each value, with limits and an activation behind it. y may be x. */
export function addMapping(
  program: Program,
  mapping: Mapping,
  x: Maps,
  y: Maps,
  finish: Finish = asTheyAre,
): void {
  const second = "second" in mapping ? mapping.second : undefined;
  const isGate = second !== undefined && second.height * second.width < x.height * x.width;
  const perChannel = mapping.kind === "scaleChannels";
  const factors = perChannel ? program.constant(mapping.factors) : 0;
  const shifts = perChannel ? program.constant(mapping.shifts) : 0;
  // Where nothing depends on the channel, a row counts as one pixel: no loop begins anew at each.
  const joined = [x, y, ...(second ? [second] : [])].every(isWhole) && !isGate && !perChannel;
  program.add({
    kernel: "mapTile",
    reads: second ? [x, second] : [x],
    writes: y,
    job(layout, threads) {
      const run = joined ? x.width : 1;
      const pixels = (layout.batch * x.height * x.width) / run;
      const channels = x.channels * run;
      const pixelBlock = divide(pixels, Math.ceil(TILE / channels), 1, 2 * threads);
      const fields = {
        input: addressOf(x, layout),
        inputPixel: x.pixel * run * FLOAT,
        second: second ? addressOf(second, layout) : 0,
        secondPixel: second ? second.pixel * run * FLOAT : 0,
        output: addressOf(y, layout),
        outputPixel: y.pixel * run * FLOAT,
        pixels,
        channels,
        pixelBlock,
        operation: mappings[mapping.kind],
        repeat: isGate ? x.height * x.width : 1,
        scale: mapping.kind === "add" ? mapping.scale : 1,
        factors,
        shifts,
        ...finish,
      };
      return { fields, tiles: Math.ceil(pixels / pixelBlock) };
    },
  });
}

/** Which pixel of x comes to which of y: x is cut off or put into zeros where they differ. */
export interface CopyOptions {
  /** The row and the column of x that come first, */
  from?: readonly [number, number];
  /** and where they come to in y. */
  to?: readonly [number, number];
  /** How many rows and columns. All of x when left out. */
  size?: readonly [number, number];
  /** Above 1, channels are dealt out among this many groups. */
  groups?: number;
}

/** Adds a copy of a block of x to y. */
export function addCopy(
  program: Program,
  x: Maps,
  y: Maps,
  { from = [0, 0], to = [0, 0], size = [x.height, x.width], groups = 1 }: CopyOptions = {},
): void {
  program.add({
    kernel: "copyTile",
    reads: [x],
    writes: y,
    job(layout) {
      const [source, target] = [stepsOf(x), stepsOf(y)];
      const fields = {
        input: addressOf(x, layout) + from[0] * source.row + from[1] * source.pixel,
        inputImage: source.image,
        inputRow: source.row,
        inputPixel: source.pixel,
        output: addressOf(y, layout) + to[0] * target.row + to[1] * target.pixel,
        outputImage: target.image,
        outputRow: target.row,
        outputPixel: target.pixel,
        batch: layout.batch,
        height: size[0],
        width: size[1],
        channels: x.channels,
        groups,
      };
      return { fields, tiles: layout.batch * size[0] };
    },
  });
}

/** Adds the filling of maps, which must be whole, with zeros. */
export function addZeros(program: Program, y: Maps): void {
  program.add({
    kernel: "fillTile",
    reads: [],
    writes: y,
    job(layout) {
      const length = layout.batch * y.height * y.width * y.channels;
      const block = TILE * 4;
      const fields = { output: addressOf(y, layout), length, block };
      return { fields, tiles: Math.ceil(length / block) };
    },
  });
}

/** Adds a pooling by a window. */
export function addPooling(
  program: Program,
  window: Window,
  { mode, countPadding }: { mode: "max" | "average"; countPadding: boolean },
  x: Maps,
  y: Maps,
): void {
  const { height, width } = window;
  const { channels } = x;
  const shape = { batch: 1, inputChannels: channels, outputChannels: channels, groups: channels };
  program.add({
    kernel: "poolTile",
    reads: [x],
    writes: y,
    job(layout) {
      const addresses = { x: addressOf(x, layout), y: addressOf(y, layout) };
      const [source, target] = [stepsOf(x), stepsOf(y)];
      const fields = {
        ...slideOverInput({ ...shape, window }, addresses),
        channels,
        batch: layout.batch,
        inputImage: source.image,
        inputRow: source.row,
        inputPixel: source.pixel,
        outputImage: target.image,
        outputRow: target.row,
        outputPixel: target.pixel,
        maximum: Number(mode === "max"),
        countPadding: Number(countPadding),
        paddedHeight: height.before + height.input + height.after,
        paddedWidth: width.before + width.input + width.after,
        gradient: 0,
      };
      return { fields, tiles: layout.batch * height.output };
    },
  });
}

/** Adds the averages or maxima of a grid of cells of the maps; y's height and width are the grid's. */
export function addReduction(program: Program, mode: "max" | "average", x: Maps, y: Maps): void {
  const channelBlock = 32;
  program.add({
    kernel: "reduceTile",
    reads: [x],
    writes: y,
    job(layout) {
      const [source, target] = [stepsOf(x), stepsOf(y)];
      const fields = {
        input: addressOf(x, layout),
        inputImage: source.image,
        inputRow: source.row,
        inputPixel: source.pixel,
        height: x.height,
        width: x.width,
        channels: x.channels,
        output: addressOf(y, layout),
        outputImage: target.image,
        outputPixel: target.pixel,
        rows: y.height,
        columns: y.width,
        maximum: Number(mode === "max"),
        channelBlock,
      };
      const tiles = layout.batch * y.height * y.width * Math.ceil(x.channels / channelBlock);
      return { fields, tiles };
    },
  });
}

/** Adds a softmax over the channels of each pixel. */
export function addSoftmax(program: Program, x: Maps, y: Maps): void {
  const nothing = { size: 0, alpha: 0, exponent: 0, constant: 0 };
  program.add({
    kernel: "softmaxTile",
    reads: [x],
    writes: y,
    job: (layout, threads) => alongChannels(x, y, layout, threads, nothing),
  });
}

/** Adds a local response normalisation. */
export function addLocalResponseNorm(
  program: Program,
  { size, alpha, beta, k }: { size: number; alpha: number; beta: number; k: number },
  x: Maps,
  y: Maps,
): void {
  const options = { size, alpha, exponent: beta, constant: k };
  program.add({
    kernel: "localResponseNormTile",
    reads: [x],
    writes: y,
    job: (layout, threads) => alongChannels(x, y, layout, threads, options),
  });
}

function alongChannels<Options extends object>(
  x: Maps,
  y: Maps,
  layout: Layout,
  threads: number,
  options: Options,
) {
  const pixels = layout.batch * x.height * x.width;
  const pixelBlock = divide(pixels, Math.ceil(TILE / x.channels), 1, 4 * threads);
  const fields = {
    input: addressOf(x, layout),
    inputPixel: x.pixel * FLOAT,
    output: addressOf(y, layout),
    outputPixel: y.pixel * FLOAT,
    pixels,
    channels: x.channels,
    pixelBlock,
    ...options,
  };
  return { fields, tiles: Math.ceil(pixels / pixelBlock) };
}
