import { type Layer, type Network, weightOwner } from "../network";
import { ArgumentError, Tensor } from "../tensor";
import type { LayerWeights, NetworkWeights } from "./weights";

/** Those that own weights: what is shared is kept with the first layer that uses it. */
export function layersWithWeights(network: Network): Layer[] {
  return network.layers.filter((layer) => layer.weights.length > 0 && !layer.sharesWith);
}

/**
 * Lets through weights that hold all a network needs, so that nothing is computed before something is missed.
 */
export function requireWeights(
  call: string,
  layers: readonly Layer[],
  weights: NetworkWeights,
): void {
  for (const layer of layers) {
    const { path } = weightOwner(layer);
    for (const { name, shape } of layer.weights) {
      const received = weights?.[path]?.[name];
      if (received instanceof Tensor && String(received.shape) === String(shape)) continue;
      throw new ArgumentError({
        call,
        argument: `weights["${path}"].${name}`,
        expected: `a tensor of shape [${shape.join(", ")}]`,
        received,
        remedy: "initialWeights(network, seed) gives a whole set.",
      });
    }
  }
}

/** The weights that a layer uses, its own or shared ones. */
export function weightsFor(weights: NetworkWeights, layer: Layer): LayerWeights {
  return weights[weightOwner(layer).path] ?? {};
}
