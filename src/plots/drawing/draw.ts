import {
  blockTree,
  type Network,
  RecordNetwork,
  requireBlock,
  requireNetwork,
} from "../../network";
import { requireInteger, requireOptions } from "../../tensor";
import type { SvgFigure } from "../Figure";
import { svgFigure } from "../svg";
import { diagramOf } from "./diagram";
import { layOut } from "./layOut";
import { arrowHead, svgOf } from "./svgOf";

export interface DrawOptions {
  /** The path of a block, `"inception3a"`, to draw its inside; the whole network when left out. */
  block?: string | undefined;
  /**
   * How many levels of blocks are opened. When left out, none for a network of more than 40 layers, which
   * then shows its blocks, and all otherwise.
   */
  depth?: number | undefined;
}

const MOST_LAYERS = 40;

/** The levels of blocks to open, given or chosen by the number of layers. */
export function depthFor(call: string, layers: number, depth: number | undefined): number {
  if (depth !== undefined) return requireInteger(call, "depth", depth, 0);
  return layers > MOST_LAYERS ? 0 : Infinity;
}

/**
 * A drawing of a network from top to bottom: boxes for blocks or layers, with what comes out of them, and
 * arrows for what flows. Norms, activations and dropout are written into the box of the layer they follow;
 * heads that only training uses are dashed.
 *
 * @example
 * draw(zoo.googlenet(), { block: "inception3a" }).text.split("\n")[0] // → "GoogLeNet, inception3a: 9 boxes, 11 arrows"
 */
export function draw(network: Network, options: DrawOptions = {}): SvgFigure {
  requireNetwork("draw", network);
  requireOptions<DrawOptions>("draw", options, { block: true, depth: true });
  const { block } = options;
  const part = block === undefined ? undefined : requireBlock("draw", "block", network, block);
  const count = (part ?? network).layers.length;
  const depth = depthFor("draw", count, options.depth);
  const outputs = part ? {} : namedOutputs(network);
  const laidOut = layOut(diagramOf(part?.parts ?? blockTree(network), depth, outputs));
  const { boxes, arrows, width, height } = laidOut;
  const name = block === undefined ? network.name : `${network.name}, ${block}`;
  const listed = boxes.map(({ title, lines }) => `${title}: ${lines.join("; ")}`);
  return svgFigure({
    width,
    height,
    text: [`${name}: ${boxes.length} boxes, ${arrows.length} arrows`, ...listed].join("\n"),
    content: arrowHead() + svgOf(laidOut),
  });
}

/** The outputs that have names to be shown. */
export function namedOutputs(network: Network): Network["outputs"] {
  return network instanceof RecordNetwork ? network.outputs : {};
}
