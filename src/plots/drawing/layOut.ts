import type { DiagramArrow, DiagramBox, Diagram } from "./diagram";
import { greatest } from "../../tensor";

/** A box with its position: the middle, in pixels. */
export interface LaidOutBox extends DiagramBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** An arrow as the corners of its line. */
export interface LaidOutArrow extends DiagramArrow {
  points: { x: number; y: number }[];
}

export interface LaidOutDiagram {
  boxes: LaidOutBox[];
  arrows: LaidOutArrow[];
  width: number;
  height: number;
}

export const LETTER_SIZE = 12;
export const LINE_HEIGHT = 15;
const PADDING_Y = 6;
/** Around the whole drawing. */
const MARGIN = 6;

/** Pixels: from box to box and from arrow to arrow across, from row to row, beside the letters, and how wide a box is at least. */
export interface Spacing {
  readonly nodesep: number;
  readonly edgesep: number;
  readonly ranksep: number;
  readonly paddingX: number;
  readonly leastWidth: number;
}

const ROOMY: Spacing = { nodesep: 14, edgesep: 10, ranksep: 22, paddingX: 10, leastWidth: 54 };

/** Lays out the boxes in layers from top to bottom so that few arrows cross (Gansner's method, by dagre). */
export function layOut({ boxes, arrows }: Diagram, spacing = ROOMY): LaidOutDiagram {
  // Loaded here: only drawings need it.
  const dagre = require("@dagrejs/dagre") as Dagre;
  const graph = new dagre.graphlib.Graph();
  const { nodesep, edgesep, ranksep } = spacing;
  graph.setGraph({
    ...{ rankdir: "TB", nodesep, ranksep, edgesep },
    ...{ marginx: MARGIN, marginy: MARGIN },
  });
  for (const box of boxes) graph.setNode(box.id, sizeOf(box, spacing));
  for (const { from, to } of arrows) graph.setEdge(from, to, {});
  dagre.layout(graph);
  const laidOut = boxes.map((box): LaidOutBox => ({ ...box, ...graph.node(box.id) }));
  const lines = arrows.map(({ from, to }) => graph.edge({ v: from, w: to }).points);
  // dagre's width is that of the boxes; an arrow may pass beside them.
  const corners = lines.flat().map(({ x }) => x);
  const left = Math.min(0, ...corners.map((x) => x - MARGIN));
  const right = Math.max(graph.graph().width, ...corners.map((x) => x + MARGIN));
  const mirror = runsBackwards(laidOut);
  const across = <P extends { x: number }>(point: P): P => ({
    ...point,
    x: mirror ? right - point.x : point.x - left,
  });
  return {
    boxes: laidOut.map(across),
    arrows: arrows.map((arrow, i) => ({ ...arrow, points: lines[i].map(across) })),
    width: right - left,
    height: graph.graph().height,
  };
}

/** Whether what comes first in the description tends to stand on the right; then the mirror image reads better. */
function runsBackwards(boxes: readonly LaidOutBox[]): boolean {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanRank, meanX] = [(boxes.length - 1) / 2, mean(boxes.map(({ x }) => x))];
  return mean(boxes.map(({ x }, rank) => (rank - meanRank) * (x - meanX))) < 0;
}

/** The part of dagre that is used, so that its types stay out of this package's. */
interface Dagre {
  graphlib: { Graph: new () => DagreGraph };
  layout(graph: DagreGraph): void;
}

interface DagreGraph {
  setGraph(options: object): void;
  graph(): { width: number; height: number };
  setNode(id: string, size: { width: number; height: number }): void;
  node(id: string): { x: number; y: number; width: number; height: number };
  setEdge(from: string, to: string, label: object): void;
  edge(ends: { v: string; w: string }): { points: { x: number; y: number }[] };
}

function sizeOf(
  { title, lines }: DiagramBox,
  { paddingX, leastWidth }: Spacing,
): { width: number; height: number } {
  // A bold letter is at most some 0.68 of its size wide on average, a plain one 0.62.
  const widths = [0.68 * title.length, ...lines.map((line) => 0.62 * line.length)];
  return {
    width: Math.max(leastWidth, Math.ceil(greatest(widths) * LETTER_SIZE) + 2 * paddingX),
    height: (1 + lines.length) * LINE_HEIGHT + 2 * PADDING_Y,
  };
}
