import * as kernels from "../kernels";
import type { Layer, Network } from "../network";
import { ArgumentError, Tensor } from "../tensor";
import { forward, type NetworkOperations } from "./forward";
import { layersWithWeights, requireWeights } from "./requireWeights";
import type { NetworkWeights } from "./weights";

export type { NetworkOperations };

export interface RunNetworkOptions {
  /** Those of `kernels/`, written to be read, when left out; `engine` for speed. */
  operations?: NetworkOperations;
  /** The path of the layer whose output is wanted, such as `"conv1/relu1"`. The end of the network when left out. */
  until?: string;
}

/**
 * Runs a network on images: every layer as its description says, by the operations of this library. It
 * predicts, so batch norm uses its moving averages and dropout does nothing.
 *
 * Cost: `cost(network).macs` multiply-adds an image.
 *
 * @param weights of each layer, by its path: from `initialWeights`, or `weightsOf` a trained model
 * @param x [m, ...shape of the network's input]
 * @returns [m, ...shape of the network's output], or of the layer it runs until
 * @throws ArgumentError when weights are missing or do not fit, before any work
 *
 * @example
 * const net = network("mean", [1, 4, 1], layers.averagePool({ size: [1, 2] }), layers.flatten(), layers.dense({ units: 1 }));
 * const weights = { dense1: { matrix: tensor([[1], [10]]), bias: tensor([100]) } };
 * runNetwork(net, weights, tensor([1, 3, 5, 7], [1, 1, 4, 1])).toArray() // → [[162]]
 * runNetwork(net, weights, tensor([1, 3, 5, 7], [1, 1, 4, 1]), { operations: engine }).toArray() // → [[162]]
 * runNetwork(net, weights, tensor([1, 3, 5, 7], [1, 1, 4, 1]), { until: "flatten1" }).toArray() // → [[2, 6]]
 */
export function runNetwork(
  network: Network,
  weights: NetworkWeights,
  x: Tensor,
  { operations = kernels, until }: RunNetworkOptions = {},
): Tensor {
  requireBatch("runNetwork", network.input.shape, x);
  const end = until === undefined ? network.output : network.layer(until);
  const isWanted = (layer: Layer) =>
    layer.index <= end.index && (end.auxiliary || !layer.auxiliary);
  requireWeights("runNetwork", layersWithWeights(network).filter(isWanted), weights);
  const outputs = new Map<Layer, Tensor>([[network.input, x]]);
  for (const layer of network.layers.slice(1).filter(isWanted)) {
    const inputs = layer.inputs.map((input) => outputs.get(input)!);
    outputs.set(layer, forward(layer, inputs, weights[layer.path] ?? {}, operations));
  }
  return outputs.get(end)!;
}

/** @internal */
export function requireBatch(call: string, shape: readonly number[], x: unknown): void {
  const fits = x instanceof Tensor && x.size > 0 && String(x.shape.slice(1)) === String(shape);
  if (fits) return;
  const expected = `a tensor of shape [batch, ${shape.join(", ")}]`;
  throw new ArgumentError({ call, argument: "x", expected, received: x });
}
