import type { Pair, WindowAxis } from "../arithmetic";
import type { Layer } from "./description";
import { type Network, requireNetwork } from "./network";
import { ArgumentError, greatest, least } from "../tensor";

/** Which part of the image one value of a layer can depend on. */
export interface LayerReceptiveField {
  readonly layer: Layer;
  /** Rows and columns of the image; no more than it has once a layer has looked at whole maps. */
  readonly size: Pair;
  /** How far the field moves in the image from one value to the next: the product of the strides. */
  readonly jump: Pair;
  /** First row and column of the field of the first value; negative where it begins in the padding. */
  readonly start: Pair;
}

/** The field along one axis: the positions start, ..., end, and the distance to the next value's. */
interface AxisField {
  start: number;
  end: number;
  jump: number;
}

/**
 * The receptive field of every layer, along the widest path from the image. The gates of
 * squeeze-and-excitation, which see whole maps, are left out of the maps they multiply. (`receptiveField` of
 * `src/arithmetic/` needs no network: it takes the kernel sizes and strides of a stack.)
 *
 * @see Araujo, Norris and Sim, Computing receptive fields of convolutional neural networks, 2019
 *
 * @example
 * const { conv } = layers;
 * const three = network("three 3×3", [32, 32, 1], ...[1, 2, 3].map(() => conv({ filters: 1, kernelSize: 3 })));
 * receptiveFields(three).map((field) => field.size) // → [[1, 1], [3, 3], [5, 5], [7, 7]]
 */
export function receptiveFields(network: Network): LayerReceptiveField[] {
  requireNetwork("receptiveFields", network);
  const images = Object.values(network.inputs);
  if (images.length > 1) {
    throw new ArgumentError({
      call: "receptiveFields",
      argument: "network",
      expected: "of one input, in which the fields lie",
      received: network,
      receivedAs: `${network.name} with ${images.map(({ name }) => name).join(" and ")}`,
      remedy: "Describe the way from one of them as a network of its own.",
    });
  }
  const image = images[0].shape;
  const fields = new Map<Layer, readonly [AxisField, AxisField]>();
  return network.layers.map((layer) => {
    const along = (axis: 0 | 1) =>
      fieldAlong(axis, layer, image[axis] ?? 1, (input) => fields.get(input)![axis]);
    const field = [along(0), along(1)] as const;
    fields.set(layer, field);
    const pair = (of: (axis: AxisField) => number): Pair => [of(field[0]), of(field[1])];
    return {
      layer,
      size: pair(({ start, end }) => end - start + 1),
      jump: pair(({ jump }) => jump),
      start: pair(({ start }) => start),
    };
  });
}

function fieldAlong(
  axis: 0 | 1,
  layer: Layer,
  imageSize: number,
  fieldOf: (input: Layer) => AxisField,
): AxisField {
  const whole = { start: 0, end: imageSize - 1, jump: imageSize };
  const { operation } = layer;
  if (layer.inputs.length === 0) return { start: 0, end: 0, jump: 1 };
  const inputs = layer.inputs
    .filter((input, i) => !(operation.kind === "multiply" && i > 0 && isGate(input, layer)))
    .map(fieldOf);
  // Branches with different strides meet in maps of the same size; the widest field counts.
  const [first] = inputs;
  const field = {
    start: least(inputs.map(({ start }) => start)),
    end: greatest(inputs.map(({ end }) => end)),
    jump: first.jump,
  };
  switch (operation.kind) {
    case "conv":
    case "pool":
      return slide(field, [operation.window.height, operation.window.width][axis]);
    case "transposedConv":
      return slideBack(field, [operation.window.height, operation.window.width][axis]);
    case "zeroPad":
      return shift(field, -operation.padding[axis][0]);
    case "crop":
      return shift(field, operation.cropping[axis][0]);
    case "dense":
    case "flatten":
    case "globalPool":
      return whole;
    case "resize": {
      const [n, outputs] = [layer.inputs[0].shape[axis], operation.outputSize[axis]];
      const reach = operation.mode === "nearest" ? 0 : field.jump;
      return { start: field.start, end: field.end + reach, jump: (field.jump * n) / outputs };
    }
    case "groupNorm":
      return whole;
    case "adaptivePool": {
      const ratio = layer.inputs[0].shape[axis] / operation.outputSize[axis];
      const reach = (Math.ceil(ratio) - 1) * field.jump;
      return { start: field.start, end: field.end + reach, jump: field.jump * ratio };
    }
    case "activation":
    case "add":
    case "batchNorm":
    case "channelScale":
    case "channelShuffle":
    case "concat":
    case "dropout":
    case "input":
    case "inputNorm":
    case "layerNorm":
    case "localResponseNorm":
    case "multiply":
    case "scaledAdd":
    case "slice":
    case "unknown": // whatever it does, nothing is known of a window
      return field;
    default: {
      const none: never = operation; // a new kind says here what it sees
      void none;
      return field;
    }
  }
}

function slide({ start, end, jump }: AxisField, window: WindowAxis): AxisField {
  const { kernel, stride, dilation, before } = window;
  return {
    start: start - before * jump,
    end: end + (dilation * (kernel - 1) - before) * jump,
    jump: jump * stride,
  };
}

/** A value of a transposed convolution gathers from as many inputs as windows overlap. */
function slideBack({ start, end, jump }: AxisField, window: WindowAxis): AxisField {
  const overlapping = Math.ceil(window.kernel / window.stride);
  return { start, end: end + (overlapping - 1) * jump, jump: jump / window.stride };
}

function shift({ start, end, jump }: AxisField, by: number): AxisField {
  return { start: start + by * jump, end: end + by * jump, jump };
}

function isGate(input: Layer, product: Layer): boolean {
  return input.shape[0] === 1 && product.shape[0] * product.shape[1] > 1;
}
