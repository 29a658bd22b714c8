import { type Network, requireNetwork } from "../network";
import { ArgumentError, sizeOf, Tensor } from "../tensor";
import type { LayersModel } from "./LayersModel";
import { layerName } from "./layerName";
import { layersWithWeights, type NetworkWeights } from "../running";

/**
 * The weights that a tfjs model has now, after training say, by layer path: for `runNetwork`, or for
 * `toLayersModel` of the same network once more. Copies, on which training leaves no trace.
 *
 * @param model from `toLayersModel(network)` or `loadLayersModel`
 * @returns all weights of the layers that the model has; auxiliary heads only if it was built with them
 *
 * @example
 * const net = network("net", [4], layers.dense({ units: 2 }));
 * const weights = initialWeights(net, random(7));
 * const model = toLayersModel(net, { weights });
 * allClose(weightsOf(net, model)["dense1"].matrix, weights["dense1"].matrix) // → true
 */
export function weightsOf(network: Network, model: LayersModel): NetworkWeights {
  requireNetwork("weightsOf", network);
  if (!Array.isArray(model?.layers) || !model.layers.every(hasWeights)) {
    const expected = "a model, as toLayersModel(network) makes it";
    throw new ArgumentError({ call: "weightsOf", argument: "model", expected, received: model });
  }
  const modelLayers = new Map(model.layers.map((layer) => [layer.name, layer]));
  const described = layersWithWeights(network).flatMap((layer) => {
    const modelLayer = modelLayers.get(layerName(layer));
    if (!modelLayer && layer.auxiliary) return [];
    const values = modelLayer?.getWeights() ?? [];
    const fits =
      values.length === layer.weights.length &&
      values.every(({ shape }, i) => sizeOf(shape) === sizeOf(layer.weights[i].shape));
    if (!fits) {
      throw new ArgumentError({
        call: "weightsOf",
        argument: "model",
        expected: `the one of ${network.name}, with the weights of "${layer.path}"`,
        received: model,
        receivedAs: modelLayer ? "other weights there" : "one without that layer",
      });
    }
    return [{ layer, values }];
  });
  return Object.fromEntries(
    described.map(({ layer, values }) => [
      layer.path,
      Object.fromEntries(
        layer.weights.map(({ name, shape }, i) => [
          name,
          new Tensor(Float32Array.from(values[i].dataSync()), shape),
        ]),
      ),
    ]),
  );
}

/** A described network has layers too, of another kind. */
function hasWeights(layer: unknown): boolean {
  return typeof (layer as { getWeights?: unknown } | null)?.getWeights === "function";
}
