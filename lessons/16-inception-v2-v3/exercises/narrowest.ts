import { type Layer, type Network, sizeOf } from "convbook";

/**
 * The layer with the fewest values among those that every path from the input to the output goes through:
 * whatever the network finds out has to fit in there.
 */
export function narrowest({ layers, output }: Network): Layer {
  // For each layer that leads to the output, the index of the last one that it leads to directly.
  const last = new Map<Layer, number>([[output, output.index]]);
  for (const layer of [...layers].reverse())
    if (last.has(layer))
      for (const input of layer.inputs) if (!last.has(input)) last.set(input, layer.index);
  // A layer lies on every path when none before it leads past it.
  let furthest = 0;
  const onEveryPath = layers.filter((layer) => {
    if (!last.has(layer)) return false;
    const isPassed = furthest <= layer.index;
    furthest = Math.max(furthest, last.get(layer)!);
    return isPassed;
  });
  return onEveryPath.reduce((least, layer) =>
    sizeOf(layer.shape) < sizeOf(least.shape) ? layer : least,
  );
}
