import { type Layer, type Network, weightOwner } from "../network";
import { ArgumentError, Tensor, nearest } from "../tensor";
import type { LayerWeights, NetworkWeights } from "./NetworkWeights";

/** Those that own weights: what is shared is kept with the first layer that uses it. */
export function layersWithWeights(network: Network): Layer[] {
  return network.layers.filter((layer) => layer.weights.length > 0 && !layer.sharesWith);
}

/**
 * Lets through weights that hold all that these layers need, so that nothing is computed before something is missed,
 * and nothing that no layer of the network has: it would be ignored, and the result be another than the one meant.
 */
export function requireWeights(
  call: string,
  network: Network,
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
  refuseUnknown(call, network, weights);
}

function refuseUnknown(call: string, network: Network, weights: NetworkWeights): void {
  const known = new Map(
    layersWithWeights(network).map((layer) => [layer.path, layer.weights.map(({ name }) => name)]),
  );
  for (const [path, ofLayer] of Object.entries(weights ?? {})) {
    const names = known.get(path);
    // A layer without weights may stand there with none, as in what was put together layer by layer.
    const isEmptyOfLayer =
      Object.keys(ofLayer ?? {}).length === 0 &&
      network.layers.some((layer) => layer.path === path);
    if (names === undefined && !isEmptyOfLayer)
      throw new ArgumentError({
        call,
        argument: "weights",
        expected: `those of layers of "${network.name}" that have some`,
        received: path,
        remedy: meant(path, [...known.keys()]),
      });
    for (const [name, values] of Object.entries(ofLayer ?? {}))
      if (values !== undefined && !names?.some((known) => known === name))
        throw new ArgumentError({
          call,
          argument: `weights["${path}"]`,
          expected: `of ${names?.join(" and ")}`,
          received: name,
          remedy: meant(name, names ?? []),
        });
  }
}

function meant(word: string, names: readonly string[]): string {
  const near = nearest(word.slice(0, 50), names)[0];
  return near === undefined
    ? "initialWeights(network, seed) shows what belongs there."
    : `Did you mean "${near}"?`;
}

/** The weights that a layer uses, its own or shared ones. */
export function weightsFor(weights: NetworkWeights, layer: Layer): LayerWeights {
  return weights[weightOwner(layer).path] ?? {};
}
