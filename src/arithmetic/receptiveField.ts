import { ArgumentError, requireInteger, requireOptions } from "../tensor";
import {
  type AxisOptions,
  coveredLength,
  entriesUnder,
  paddingAround,
  requireAxisPadding,
  slideAlong,
  type WindowAxis,
} from "./axis";

/** One layer of a stack: what its window does along one axis. */
export interface StackedLayer extends AxisOptions {
  /** Taps of the kernel. */
  kernelSize: number;
  name?: string;
}

/** What the cells of one layer's output see of the stack's input, along one axis. */
export interface ReceptiveField {
  /** The layer's name, or its kind and position: "layer 1". */
  name: string;
  /** Length of the output. `null` when the length of the stack's input was not given. */
  size: number | null;
  /** Input pixels between what two neighbouring cells see. */
  jump: number;
  /** Input pixels from the first that a cell sees to the last, both included. */
  field: number;
  /** The first input pixel that cell 0 sees. Negative when it lies in the padding. */
  start: number;
  /** The middle of what cell 0 sees, in pixels: 0 is the middle of the first pixel. */
  centre: number;
}

/**
 * What each layer of a stack sees of the input, along one axis, from kernel sizes and strides alone (`receptiveFields` of
 * `src/network/` follows a network, with its branches, along both). The jump multiplies with every stride, and every kernel
 * widens the field by the steps between its taps, in the jump it finds:
 *
 *     field += dilation·(kernelSize - 1)·jump        start -= before·jump        jump *= stride
 *
 * @param layers from the input up
 * @param n length of the stack's input. It gives the sizes; "same" padding with a stride needs it
 * @returns one entry a layer
 * @see Araujo, Norris and Sim, Computing receptive fields of convolutional neural networks, 2019, doi 10.23915/distill.00021
 *
 * @example
 * receptiveField([{ kernelSize: 3 }, { kernelSize: 3 }, { kernelSize: 3 }]).map((layer) => layer.field) // → [3, 5, 7]
 */
export function receptiveField(layers: readonly StackedLayer[], n?: number): ReceptiveField[] {
  requireStack("receptiveField", layers);
  const axes = n === undefined ? null : slideThrough("receptiveField", layers, n);
  let [jump, field, start] = [1, 1, 0];
  return layers.map((layer, i) => {
    const { kernelSize, stride = 1, dilation = 1 } = layer;
    const before = axes ? axes[i].before : paddingBefore(layer, i);
    field += (coveredLength(kernelSize, dilation) - 1) * jump;
    start -= before * jump;
    jump *= stride;
    const name = layer.name ?? `layer ${i + 1}`;
    return {
      name,
      size: axes?.[i].output ?? null,
      jump,
      field,
      start,
      centre: start + (field - 1) / 2,
    };
  });
}

/** The input pixels behind one cell of a stack's last layer. */
export interface InputWindow {
  /** The ends of its receptive field, which may lie in the padding, outside the input. */
  first: number;
  last: number;
  /** The pixels of the input that it really sees, in order: dilation leaves gaps, padding shows none. */
  pixels: number[];
}

/**
 * The window of input pixels that one output cell of a stack sees, found by walking back through the
 * layers tap by tap.
 *
 * @param layers from the input up
 * @param n length of the stack's input
 * @param cell which cell of the last layer's output, from 0
 *
 * @example
 * inputWindow([{ kernelSize: 3, padding: 1 }, { kernelSize: 2, stride: 2 }], 8, 0) // → { first: -1, last: 2, pixels: [0, 1, 2] }
 */
export function inputWindow(layers: readonly StackedLayer[], n: number, cell: number): InputWindow {
  requireStack("inputWindow", layers);
  const axes = slideThrough("inputWindow", layers, n);
  const size = axes[axes.length - 1].output;
  if (!Number.isInteger(cell) || cell < 0 || cell >= size) {
    const expected = `one of the last layer's ${size} cells, 0 to ${size - 1}`;
    throw new ArgumentError({ call: "inputWindow", argument: "cell", expected, received: cell });
  }
  const { start, field, jump } = receptiveField(layers, n)[layers.length - 1];
  const first = start + cell * jump;
  const pixels = axes.reduceRight(
    (cells, axis) => unique(cells.flatMap((i) => entriesUnder(axis, i))),
    [cell],
  );
  return { first, last: first + field - 1, pixels };
}

function unique(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** Each layer's window on the output of the one before. */
function slideThrough(call: string, layers: readonly StackedLayer[], n: number): WindowAxis[] {
  let size = requireInteger(call, "n", n, 1);
  return layers.map((layer, i) => {
    const names = {
      input: `input of ${layer.name ?? `layers[${i}]`}`,
      kernel: `layers[${i}].kernelSize`,
    };
    const axis = slideAlong(call, size, layer.kernelSize, layer, names);
    size = axis.output;
    return axis;
  });
}

/** The zeros before an input whose length is not known. */
function paddingBefore(layer: StackedLayer, i: number): number {
  const { kernelSize, stride = 1, dilation = 1, padding = "valid" } = layer;
  if (padding === "same" && stride > 1) {
    throw new ArgumentError({
      call: "receptiveField",
      argument: "n",
      expected: `the length of the input, since layers[${i}] has "same" padding and a stride`,
      received: undefined,
    });
  }
  const covered = coveredLength(kernelSize, dilation);
  return paddingAround(padding, covered, covered, stride)[0]; // of "same" at stride 1, any length asks the same
}

function requireStack(call: string, layers: readonly StackedLayer[]): void {
  if (!Array.isArray(layers) || layers.length === 0) {
    const expected = "an array of at least one layer, like { kernelSize: 3, stride: 2 }";
    throw new ArgumentError({ call, argument: "layers", expected, received: layers });
  }
  layers.forEach((layer, i) => {
    requireOptions<StackedLayer>(call, layer, {
      kernelSize: true,
      stride: true,
      padding: true,
      dilation: true,
      ceilMode: "flag",
      name: true,
    });
    requireInteger(call, `layers[${i}].kernelSize`, layer.kernelSize, 1);
    requireInteger(call, `layers[${i}].stride`, layer.stride ?? 1, 1);
    requireInteger(call, `layers[${i}].dilation`, layer.dilation ?? 1, 1);
    requireAxisPadding(call, layer.padding ?? "valid");
  });
}
