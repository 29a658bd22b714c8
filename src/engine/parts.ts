import type { Conv2dShape, WindowAxis } from "../arithmetic";
import { inputLength, kernelArea, outputLength } from "./geometry";

/** The box that a part takes of an array: where it begins and how long it is, for each of four axes. */
export interface Box {
  begin: readonly number[];
  length: readonly number[];
}

/** A layer that is a part of a larger one, and which part of each array it works on. */
export interface Part {
  shape: Conv2dShape;
  /** In x and dx, [m, h, w, cin]. */
  x: Box;
  /** In y and dy, [m, oh, ow, cout]. */
  y: Box;
  /** In filter and dFilter, [kh, kw, cin / groups, cout]. */
  filter: Box;
}

/**
 * Cuts a layer in two, where it hurts least: a large filter by its channels, large images by batch, then by
 * rows (both halves see the rows around the cut), then by columns, channels last.
 *
 * The result of the whole is the sum of the results of both halves, each put in its box.
 */
export function halves(shape: Conv2dShape): Part[] {
  const images = Math.max(inputLength(shape), outputLength(shape));
  const filter = (kernelArea(shape) * shape.inputChannels * shape.outputChannels) / shape.groups;
  const cuts = [byBatch, byRows, byColumns];
  const channelCuts = [byGroups, byOutputChannels, byInputChannels];
  for (const cut of filter > images ? [...channelCuts, ...cuts] : [...cuts, ...channelCuts]) {
    const parts = cut(shape);
    if (parts) return parts;
  }
  throw new Error(
    `engine: a kernel of ${shape.window.height.kernel} by ${shape.window.width.kernel} does not fit into the memory allowed. Raise it: engine.configure({ memory })`,
  );
}

type Cut = (shape: Conv2dShape) => Part[] | undefined;

const byBatch: Cut = (shape) =>
  inHalf(shape.batch, (begin, batch) => {
    const part = partOf({ ...shape, batch });
    return { ...part, x: moved(part.x, 0, begin), y: moved(part.y, 0, begin) };
  });

const byRows: Cut = (shape) =>
  inHalf(shape.window.height.output, (begin, length) => {
    const { first, axis } = band(shape.window.height, begin, length);
    const part = partOf({ ...shape, window: { ...shape.window, height: axis } });
    return { ...part, x: moved(part.x, 1, first), y: moved(part.y, 1, begin) };
  });

const byColumns: Cut = (shape) =>
  inHalf(shape.window.width.output, (begin, length) => {
    const { first, axis } = band(shape.window.width, begin, length);
    const part = partOf({ ...shape, window: { ...shape.window, width: axis } });
    return { ...part, x: moved(part.x, 2, first), y: moved(part.y, 2, begin) };
  });

const byGroups: Cut = (shape) =>
  inHalf(shape.groups, (begin, groups) => {
    const inputs = shape.inputChannels / shape.groups;
    const outputs = shape.outputChannels / shape.groups;
    const part = partOf({
      ...shape,
      groups,
      inputChannels: inputs * groups,
      outputChannels: outputs * groups,
    });
    return {
      ...part,
      x: moved(part.x, 3, begin * inputs),
      y: moved(part.y, 3, begin * outputs),
      filter: moved(part.filter, 3, begin * outputs),
    };
  });

const byOutputChannels: Cut = (shape) => {
  if (shape.groups > 1) return undefined;
  return inHalf(shape.outputChannels, (begin, outputChannels) => {
    const part = partOf({ ...shape, outputChannels });
    return { ...part, y: moved(part.y, 3, begin), filter: moved(part.filter, 3, begin) };
  });
};

const byInputChannels: Cut = (shape) => {
  if (shape.groups > 1) return undefined;
  return inHalf(shape.inputChannels, (begin, inputChannels) => {
    const part = partOf({ ...shape, inputChannels });
    return { ...part, x: moved(part.x, 3, begin), filter: moved(part.filter, 2, begin) };
  });
};

/** The parts [0, half) and [half, length); none when there is but one to cut. */
function inHalf(length: number, part: (begin: number, length: number) => Part): Part[] | undefined {
  if (length < 2) return undefined;
  const half = Math.ceil(length / 2);
  return [part(0, half), part(half, length - half)];
}

/** The outputs from `begin` on, and the range of the input that their windows see, at least one entry of it. */
function band(
  axis: WindowAxis,
  begin: number,
  output: number,
): { first: number; axis: WindowAxis } {
  const from = begin * axis.stride - axis.before;
  const to = from + (output - 1) * axis.stride + (axis.kernel - 1) * axis.dilation + 1;
  const first = Math.min(Math.max(from, 0), axis.input - 1);
  const last = Math.max(Math.min(to, axis.input), first + 1);
  const after = Math.min(to, axis.input + axis.after) - last;
  return { first, axis: { ...axis, input: last - first, before: first - from, after, output } };
}

function partOf(shape: Conv2dShape): Part {
  const { batch, inputChannels, outputChannels, groups, window } = shape;
  const { height, width } = window;
  const whole = (length: number[]): Box => ({ begin: length.map(() => 0), length });
  return {
    shape,
    x: whole([batch, height.input, width.input, inputChannels]),
    y: whole([batch, height.output, width.output, outputChannels]),
    filter: whole([height.kernel, width.kernel, inputChannels / groups, outputChannels]),
  };
}

function moved(box: Box, axis: number, begin: number): Box {
  return { ...box, begin: box.begin.map((b, i) => (i === axis ? begin : b)) };
}

/** The values of a box, copied out. */
export function cutOut(all: Float32Array, shape: readonly number[], box: Box): Float32Array {
  const values = new Float32Array(box.length.reduce((product, n) => product * n, 1));
  forEachRun(shape, box, (whole, part, length) =>
    values.set(all.subarray(whole, whole + length), part),
  );
  return values;
}

/** Adds values to those in a box. */
export function addInto(
  all: Float32Array,
  shape: readonly number[],
  box: Box,
  values: Float32Array,
): void {
  forEachRun(shape, box, (whole, part, length) => {
    for (let i = 0; i < length; i++) all[whole + i] += values[part + i];
  });
}

/** Visits the runs along the last axis: where each begins in the whole and in the box, and its length. */
function forEachRun(
  [, height, width, channels]: readonly number[],
  { begin, length }: Box,
  visit: (whole: number, part: number, length: number) => void,
): void {
  let part = 0;
  for (let m = 0; m < length[0]; m++)
    for (let i = 0; i < length[1]; i++)
      for (let j = 0; j < length[2]; j++) {
        const row = ((begin[0] + m) * height + begin[1] + i) * width + begin[2] + j;
        visit(row * channels + begin[3], part, length[3]);
        part += length[3];
      }
}
