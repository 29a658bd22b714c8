import { layers, type Network, network, type Tensor } from "convbook";

/** Parameters of an f x f convolution in groups, biases included. */
export function convParameters(
  f: number,
  channels: number,
  filters: number,
  groups: number,
): number {
  return f * f * (channels / groups) * filters + filters; // a filter reads the channels of its group
}

/** The weights of a dense layer behind flattened maps, as the filters of a convolution. */
export function denseFilter(matrix: Tensor, maps: number[]): Tensor {
  const [height, width, channels] = maps; // flattened row by row, pixel by pixel, channels last
  return matrix.reshape([height, width, channels, matrix.shape[1]]);
}

/** A stack of 3 x 3 convolutions that sees what one f x f convolution sees. */
export function smallFilters(input: number[], f: number, filters: number): Network {
  const { conv, relu, repeat, sequential } = layers;
  const step = () => sequential(conv({ filters, kernelSize: 3, padding: "same" }), relu());
  return network("small filters", input, repeat((f - 1) / 2, step)); // each sees a ring more
}
