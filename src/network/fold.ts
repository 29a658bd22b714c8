import { ArgumentError } from "../tensor";
import type { Layer } from "./description";
import type { Network } from "./network";

/** A block of a network seen as one thing, or a layer that stands by itself. */
export interface Part {
  /** The block's or the layer's path. */
  readonly path: string;
  /** Its last name: `"inception3a"`. */
  readonly name: string;
  /** Nothing for a layer. */
  readonly parts?: readonly Part[];
  /** The layers inside, in their order; just the one for a layer. */
  readonly layers: readonly Layer[];
}

/** A part that holds others. */
export type Block = Part & { readonly parts: readonly Part[] };

/**
 * The network as a tree: blocks with what is in them, in order.
 *
 * @example
 * blockTree(zoo.vgg({ depth: 16 })).map((part) => part.name) // → ["input", "conv1", "conv2", "conv3", "conv4", "conv5", "flatten1", "fc6", "fc7", "fc8"]
 */
export function blockTree(network: Network): Part[] {
  return partsOf(network.layers, 0);
}

/**
 * The block of this path, with what is in it.
 *
 * @param call and `argument` name the function that was asked for it, for the error
 * @throws ArgumentError when there is no such block, naming some that there are
 *
 * @example
 * requireBlock("draw", "block", zoo.googlenet(), "inception3a").layers.length // → 14
 */
export function requireBlock(
  call: string,
  argument: string,
  network: Network,
  path: string,
): Block {
  const blocks = blockTree(network).filter(isBlock);
  for (
    let level = blocks;
    level.length > 0;
    level = level.flatMap(({ parts }) => parts).filter(isBlock)
  ) {
    const found = level.find((part) => part.path === path);
    if (found) return found;
  }
  const named = blocks.slice(0, 8).map((part) => `"${part.path}"`);
  throw new ArgumentError({
    call,
    argument,
    expected: `the path of a block of ${network.name}`,
    received: path,
    remedy:
      blocks.length === 0
        ? "It has no blocks: layers.block(name, ...modules) makes one."
        : `There are ${named.join(", ")}${blocks.length > 8 ? ", ..." : ""}.`,
  });
}

function isBlock(part: Part): part is Block {
  return part.parts !== undefined;
}

/** The parts of consecutive layers that share their first `depth` blocks. */
function partsOf(layers: readonly Layer[], depth: number): Part[] {
  const groups = new Map<string, Layer[]>();
  for (const layer of layers) {
    const isInBlock = layer.blocks.length > depth;
    const key = isInBlock ? layer.blocks.slice(0, depth + 1).join("/") : layer.path;
    const group = groups.get(key);
    if (group) group.push(layer);
    else groups.set(key, [layer]);
  }
  return [...groups].map(([path, inside]): Part => {
    const [first] = inside;
    if (first.blocks.length <= depth) return { path, name: first.name, layers: inside };
    return { path, name: first.blocks[depth], layers: inside, parts: partsOf(inside, depth + 1) };
  });
}
