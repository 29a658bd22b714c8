import * as engine from "../engine";
import { type Layer, type Network, requireNetwork } from "../network";
import { requireInteger, requireOneOf, requireOptions, type Tensor } from "../tensor";
import { forward, type NetworkOperations } from "./forward";
import { inputsOf, type NetworkInputs } from "./networkInputs";
import { FORWARD, requireOperations } from "./requireOperations";
import { requireWeights, weightsFor } from "./requireWeights";
import { clockNames, type Timing, timings, type TimingsOptions } from "./timings";
import type { NetworkWeights } from "./NetworkWeights";

export interface LayerTimingsOptions extends TimingsOptions {
  /** `engine` when left out; those of `kernels/` are some hundred times as slow. */
  operations?: NetworkOperations | undefined;
}

/**
 * How long each layer of a network takes by itself, on what comes out of the layers before it. The layers take turns,
 * so that they can be compared with each other. Run together, by `compile`, they take less: it does several at once.
 * Auxiliary heads are left out.
 *
 * Cost: at least `rounds` + 2 times that of `runNetwork`; the outputs of all layers are held at once.
 *
 * @param x [m, ...shape of the network's input]; a record of such by name for a `RecordNetwork`
 * @param options rounds, 5 when left out, and clock as for `timings`
 * @returns by the path of the layer: `summary(network, { times })` sets them beside the counts
 * @throws ArgumentError when something does not fit, before any work
 *
 * @example
 * const net = network("net", [8, 8, 3], layers.conv({ filters: 4, kernelSize: 3 }), layers.relu());
 * const times = layerTimings(net, initialWeights(net, 1), randomNormal([1, 8, 8, 3], random(1)), { rounds: 3 });
 * Object.keys(times) // → ["conv1", "relu1"]
 * times.conv1.median > 0 // → true
 */
export function layerTimings(
  network: Network,
  weights: NetworkWeights,
  x: Tensor | NetworkInputs,
  options: LayerTimingsOptions = {},
): Record<string, Timing> {
  const call = "layerTimings";
  requireNetwork(call, network);
  requireOptions<LayerTimingsOptions>(call, options, {
    operations: true,
    rounds: true,
    clock: true,
  });
  const { operations = engine, rounds = 5, clock } = options;
  requireOperations(call, operations, FORWARD);
  const settings = { rounds: requireInteger(call, "rounds", rounds, 1), clock };
  if (clock !== undefined) requireOneOf(call, "clock", clock, clockNames);
  const outputs = inputsOf(call, network, x);
  const layers = network.layers.filter((layer) => !layer.auxiliary && !outputs.has(layer));
  requireWeights(call, network, layers, weights);
  const run = (layer: Layer): Tensor => {
    const inputs = layer.inputs.map((input) => outputs.get(input)!);
    return forward(layer, inputs, weightsFor(weights, layer), operations);
  };
  for (const layer of layers) outputs.set(layer, run(layer));
  if (layers.length === 0) return {};
  const tasks = Object.fromEntries(layers.map((layer) => [layer.path, () => run(layer)]));
  return timings(tasks, settings);
}
