import * as engine from "../engine";
import * as kernels from "../kernels";
import { type Layer, layerAt, type Network, RecordNetwork, requireNetwork } from "../network";
import { greatest, requireOptions, type Tensor } from "../tensor";
import { compileNow } from "./compile";
import { forward, type NetworkOperations } from "./forward";
import { inputsOf, type NetworkInputs } from "./networkInputs";
import { FORWARD, requireOperations } from "./requireOperations";
import { requireWeights, weightsFor } from "./requireWeights";
import type { NetworkWeights } from "./NetworkWeights";

export type { NetworkOperations };

export interface RunNetworkOptions {
  /** Those of `kernels/`, written to be read, when left out; `engine` for speed. */
  operations?: NetworkOperations | undefined;
  /** The path of the layer whose output is wanted, such as `"conv1/relu1"`. The end of the network when left out. */
  until?: string | undefined;
}

/**
 * Runs a network on images: every layer as its description says, by the operations of this library. It
 * predicts, so batch norm uses its moving averages and dropout does nothing.
 *
 * Cost: `cost(network).macs` multiply-adds an image. On the engine, `compile` prepares once what this prepares in
 * each call.
 *
 * @param weights of each layer, by its path: from `initialWeights`, or `weightsOf` a trained model
 * @param x [m, ...shape of the network's input]; a record of such by name for a `RecordNetwork`
 * @returns [m, ...shape of the network's output], or of the layer it runs until; of a `RecordNetwork` a record of its
 *   outputs by name, or of that layer by its path
 * @throws ArgumentError when weights are missing or do not fit, before any work
 *
 * @example
 * const net = network("mean", [1, 4, 1], layers.averagePool({ size: [1, 2] }), layers.flatten(), layers.dense({ units: 1 }));
 * const weights = { dense1: { matrix: tensor([[1], [10]]), bias: tensor([100]) } };
 * runNetwork(net, weights, tensor([1, 3, 5, 7], [1, 1, 4, 1])).toArray() // → [[162]]
 * runNetwork(net, weights, tensor([1, 3, 5, 7], [1, 1, 4, 1]), { operations: engine }).toArray() // → [[162]]
 * runNetwork(net, weights, tensor([1, 3, 5, 7], [1, 1, 4, 1]), { until: "flatten1" }).toArray() // → [[2, 6]]
 * @example
 * const sum = network("sum", { a: [2], b: [2] }, ({ a, b }) => ({ sum: layers.add(a, b) }));
 * runNetwork(sum, {}, { a: tensor([[1, 2]]), b: tensor([[10, 20]]) }).sum.toArray() // → [[11, 22]]
 */
export function runNetwork(
  network: Network,
  weights: NetworkWeights,
  x: Tensor,
  options?: RunNetworkOptions,
): Tensor;
export function runNetwork(
  network: RecordNetwork,
  weights: NetworkWeights,
  x: NetworkInputs,
  options?: RunNetworkOptions,
): Record<string, Tensor>;
export function runNetwork(
  network: Network,
  weights: NetworkWeights,
  x: Tensor | NetworkInputs,
  options: RunNetworkOptions = {},
): Tensor | Record<string, Tensor> {
  requireNetwork("runNetwork", network);
  requireOptions<RunNetworkOptions>("runNetwork", options, { operations: true, until: true });
  const { operations = kernels, until } = options;
  requireOperations("runNetwork", operations, FORWARD);
  const outputs = inputsOf("runNetwork", network, x);
  const ends =
    until === undefined
      ? network.outputs
      : { [until]: layerAt("runNetwork", "until", network, until) };
  const wanted = wantedBy(network, Object.values(ends));
  requireWeights("runNetwork", network, wanted, weights);
  if (isEngine(operations)) return runOnEngine(network, weights, x, ends);
  for (const layer of wanted) {
    if (outputs.has(layer)) continue;
    const inputs = layer.inputs.map((input) => outputs.get(input)!);
    outputs.set(layer, forward(layer, inputs, weightsFor(weights, layer), operations));
  }
  return resultOf(network, ends, (layer) => outputs.get(layer)!);
}

/** The layers up to the last of these; auxiliary heads only if one of these lies in one. */
function wantedBy(network: Network, ends: readonly Layer[]): Layer[] {
  const last = greatest(ends.map(({ index }) => index));
  const auxiliary = ends.some((end) => end.auxiliary);
  return network.layers.filter((layer) => layer.index <= last && (auxiliary || !layer.auxiliary));
}

function resultOf(
  network: Network,
  ends: Readonly<Record<string, Layer>>,
  tensorOf: (layer: Layer) => Tensor,
): Tensor | Record<string, Tensor> {
  const entries = Object.entries(ends);
  if (!(network instanceof RecordNetwork)) return tensorOf(entries[0][1]);
  return Object.fromEntries(entries.map(([name, layer]) => [name, tensorOf(layer)]));
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
function runOnEngine(
  network: Network,
  weights: NetworkWeights,
  x: Tensor | NetworkInputs,
  ends: Readonly<Record<string, Layer>>,
): Tensor | Record<string, Tensor> {
  const paths = [...new Set(Object.values(ends).map(({ path }) => path))];
  const model = compileNow("runNetwork", network, weights, { outputs: paths });
  try {
    const outputs = model.run(x) as Record<string, Tensor>;
    return resultOf(network, ends, ({ path }) => outputs[path]);
  } finally {
    model.dispose();
  }
}
