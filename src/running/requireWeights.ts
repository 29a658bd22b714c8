import type { Layer, Network } from "../network";
import { ArgumentError, Tensor } from "../tensor";
import type { NetworkWeights } from "./weights";

export function layersWithWeights(network: Network): Layer[] {
  return network.layers.filter((layer) => layer.weights.length > 0);
}

/**
 * Lets through weights that hold all a network needs, so that nothing is computed before something is missed.
 */
export function requireWeights(
  call: string,
  layers: readonly Layer[],
  weights: NetworkWeights,
): void {
  for (const { path, weights: described } of layers)
    for (const { name, shape } of described) {
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
