import { type Layer, type Network, sizeOf } from "convbook";

/**
 * The layer with the fewest values among those that every path from the input to the output goes through:
 * whatever the network finds out has to fit in there.
 */
export function narrowest({ layers, input, output }: Network): Layer {
  const from = new Map<Layer, number>([[input, 1]]); // paths from the input
  for (const layer of layers.slice(1)) {
    from.set(
      layer,
      layer.inputs.reduce((paths, each) => paths + from.get(each)!, 0),
    );
  }
  const to = new Map<Layer, number>([[output, 1]]); // paths to the output
  for (const layer of [...layers].reverse()) {
    for (const each of layer.inputs) to.set(each, (to.get(each) ?? 0) + (to.get(layer) ?? 0));
  }
  const all = from.get(output)!;
  return layers
    .filter((layer) => from.get(layer)! * (to.get(layer) ?? 0) === all)
    .reduce((least, layer) => (sizeOf(layer.shape) < sizeOf(least.shape) ? layer : least));
}
