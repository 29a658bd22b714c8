import { sizeOf } from "../tensor";
import type { Layer, Weight } from "./description";

/** The quantities that every way of counting is made of, for one layer and one image. */

export function weightSize(weight: Weight): number {
  return sizeOf(weight.shape);
}

export function outputValues(layer: Layer): number {
  return sizeOf(layer.shape);
}

/** Values in the first input. */
export function inputValues(layer: Layer): number {
  return layer.inputs.length === 0 ? 0 : sizeOf(layer.inputs[0].shape);
}

/** The weight of this name, if the layer has it, as a number of values. */
export function sizeOfWeight(layer: Layer, name: Weight["name"]): number {
  for (const weight of layer.weights) if (weight.name === name) return weightSize(weight);
  return 0;
}

/**
 * Multiplications of a weight by an activation: each weight of a filter once for every position of its
 * window (of the input, when the convolution is transposed), each weight of a dense layer once.
 */
export function products(layer: Layer): number {
  switch (layer.operation.kind) {
    case "conv":
      return layer.shape[0] * layer.shape[1] * sizeOfWeight(layer, "filter");
    case "transposedConv": {
      const [height, width] = layer.inputs[0].shape;
      return height * width * sizeOfWeight(layer, "filter");
    }
    case "dense":
      return sizeOfWeight(layer, "matrix");
    default:
      return 0;
  }
}
