import * as engine from "../engine";
import * as kernels from "../kernels";
import { type Layer, type Network, requireNetwork } from "../network";
import { requireOptions, type Tensor } from "../tensor";
import { compileNow } from "./compile";
import { forward, type NetworkOperations } from "./forward";
import { requireBatch } from "./requireBatch";
import { requireWeights, weightsFor } from "./requireWeights";
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
 * Cost: `cost(network).macs` multiply-adds an image. On the engine, `compile` prepares once what this prepares in
 * each call.
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
  options: RunNetworkOptions = {},
): Tensor {
  requireNetwork("runNetwork", network);
  requireOptions<RunNetworkOptions>("runNetwork", options, { operations: true, until: true });
  const { operations = kernels, until } = options;
  requireBatch("runNetwork", network.input.shape, x);
  const end = until === undefined ? network.output : network.layer(until);
  const isWanted = (layer: Layer) =>
    layer.index <= end.index && (end.auxiliary || !layer.auxiliary);
  requireWeights("runNetwork", network.layers.filter(isWanted), weights);
  if (isEngine(operations)) return runOnEngine(network, weights, x, end);
  const outputs = new Map<Layer, Tensor>([[network.input, x]]);
  for (const layer of network.layers.slice(1).filter(isWanted)) {
    const inputs = layer.inputs.map((input) => outputs.get(input)!);
    outputs.set(layer, forward(layer, inputs, weightsFor(weights, layer), operations));
  }
  return outputs.get(end)!;
}

/** Whether all operations are the engine's own, so that a whole network can be left to it. */
function isEngine({ conv2d, conv2dTranspose, dense, pool2d }: NetworkOperations): boolean {
  return (
    conv2d === engine.conv2d &&
    conv2dTranspose === engine.conv2dTranspose &&
    dense === engine.dense &&
    pool2d === engine.pool2d
  );
}

/** Compiles anew each time: what weights hold may have changed since. */
function runOnEngine(network: Network, weights: NetworkWeights, x: Tensor, end: Layer): Tensor {
  const model = compileNow("runNetwork", network, weights, { outputs: [end.path] });
  try {
    return (model.run(x) as Record<string, Tensor>)[end.path];
  } finally {
    model.dispose();
  }
}
