import { ArgumentError } from "../tensor";
import type { Layer } from "./description";

/**
 * The layer under whose path a layer's weights are kept: itself, or the earlier one that lends it its own.
 *
 * @example
 * const same = layers.shared(layers.conv({ filters: 3, kernelSize: 1 }));
 * const net = network("net", [8, 8, 3], same, same);
 * net.layers.map((layer) => weightOwner(layer).path) // → ["input", "conv1", "conv1"]
 */
export function weightOwner(layer: Layer): Layer {
  if (typeof layer?.path !== "string") {
    const expected = "a layer of a network, network.layers[i]";
    throw new ArgumentError({ call: "weightOwner", argument: "layer", expected, received: layer });
  }
  return layer.sharesWith ?? layer;
}
