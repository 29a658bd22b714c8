import type { OnnxNode } from "./OnnxModel";

export interface LayerPath {
  readonly blocks: readonly string[];
  readonly name: string;
}

/**
 * Where each node stands in the network: PyTorch names a node after its modules, `/layer1/layer1.0/conv1/Conv`,
 * which is the layer `conv1` of the blocks `layer1` and `layer1.0`. All paths are different.
 *
 * @param nodes those that became layers; one may stand there several times
 */
export function namesOf(nodes: readonly OnnxNode[]): Map<OnnxNode, LayerPath> {
  const used = new Set<string>();
  return new Map(
    [...new Set(nodes)].map((node, i) => {
      const parts = (node.name || `${node.type}_${i}`).split(/[/:]/).filter((part) => part !== "");
      const last = parts.at(-1) ?? node.type;
      // The last part says again what the node does.
      const own =
        parts.length > 1 && last.replace(/_\d+$/, "") === node.type ? parts.slice(0, -1) : parts;
      const blocks = own.slice(0, -1);
      const stem = own.at(-1) ?? node.type;
      let name = stem;
      for (let n = 2; used.has([...blocks, name].join("/")); n++) name = `${stem}_${n}`;
      used.add([...blocks, name].join("/"));
      return [node, { blocks, name }];
    }),
  );
}
