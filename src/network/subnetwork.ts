import { ArgumentError } from "../tensor";
import type { Layer } from "./description";
import { requireBlock } from "./fold";
import { Network, requireNetwork } from "./network";
import { weightOwner } from "./weightOwner";

/**
 * One block of a network as a network of its own: its input is what flows into the block. So a module can be
 * drawn, counted, run or compared by itself.
 *
 * @param path the block's path, such as `"inception3a"`; the paths of its layers lose it
 * @throws ArgumentError when there is no such block, or when more than one tensor flows into or out of it
 *
 * @example
 * subnetwork(zoo.googlenet(), "inception3a").toString() // → "Network GoogLeNet, inception3a: [28, 28, 192] → [28, 28, 256], 15 layers"
 * @example
 * cost(subnetwork(zoo.googlenet(), "inception3a")).macs // → 128049152
 */
export function subnetwork(network: Network, path: string): Network {
  requireNetwork("subnetwork", network);
  const inside = requireBlock("subnetwork", "path", network, path).layers;
  const members = new Set(inside);
  const outside = new Set(
    inside.flatMap(({ inputs }) => inputs).filter((layer) => !members.has(layer)),
  );
  const others = network.layers.filter((layer) => !members.has(layer));
  const used = [...others.flatMap(({ inputs }) => inputs), ...Object.values(network.outputs)];
  const seen = new Set([...used, ...network.auxiliaryOutputs]);
  const ends = inside.filter((layer) => seen.has(layer));
  if (outside.size !== 1 || ends.length !== 1) {
    const expected = "a block that one tensor flows into and one flows out of";
    const receivedAs = `${path}, with ${outside.size} in and ${ends.length} out`;
    throw new ArgumentError({
      call: "subnetwork",
      argument: "path",
      expected,
      received: path,
      receivedAs,
    });
  }

  const [before] = outside;
  const input: Layer = {
    index: 0,
    name: "input",
    blocks: [],
    path: "input",
    operation: { kind: "input" },
    inputs: [],
    shape: before.shape,
    weights: [],
    auxiliary: false,
  };
  const depth = path.split("/").length;
  const copies = new Map<Layer, Layer>([[before, input]]);
  const owners = new Map<Layer, Layer>();
  for (const layer of inside) {
    const { sharesWith: _, ...own } = layer;
    const owner = owners.get(weightOwner(layer));
    const copy: Layer = {
      ...own,
      index: copies.size,
      blocks: layer.blocks.slice(depth),
      path: layer.path.slice(path.length + 1),
      inputs: layer.inputs.map((x) => copies.get(x)!),
      ...(owner && { sharesWith: owner }),
      auxiliary: false,
    };
    if (!owner) owners.set(weightOwner(layer), copy);
    copies.set(layer, copy);
  }
  const name = `${network.name}, ${path}`;
  return new Network(name, Object.freeze([...copies.values()]), copies.get(ends[0])!, []);
}
