import { blockTree, type Network } from "../../network";
import { ArgumentError, requireInteger } from "../../tensor";
import { FOREGROUND, SERIES_COLOURS } from "../colours";
import type { SvgFigure } from "../Figure";
import { element, letters, svgFigure } from "../svg";
import { type BoxSort, diagramOf, partAt } from "./diagram";
import { LETTER_SIZE, LINE_HEIGHT, place, type PlacedArrow, type PlacedBox } from "./place";

export interface DrawOptions {
  /** The path of a block, `"inception3a"`, to draw its inside; the whole network when left out. */
  block?: string;
  /**
   * How many levels of blocks are opened. When left out, none for a network of more than 40 layers, which
   * then shows its blocks, and all otherwise.
   */
  depth?: number;
}

const MOST_LAYERS = 40;

/**
 * A drawing of a network from top to bottom: boxes for blocks or layers, with what comes out of them, and
 * arrows for what flows. Norms, activations and dropout are written into the box of the layer they follow;
 * heads that only training uses are dashed.
 *
 * @example
 * draw(zoo.googlenet(), { block: "inception3a" }).text.split("\n")[0] // → "GoogLeNet, inception3a: 9 boxes, 11 arrows"
 */
export function draw(network: Network, options: DrawOptions = {}): SvgFigure {
  const { block } = options;
  const part = block === undefined ? undefined : partAt(network, block);
  if (block !== undefined && !part?.parts) {
    const names = blockTree(network).filter(({ parts }) => parts !== undefined);
    throw new ArgumentError({
      call: "draw",
      argument: "block",
      expected: `the path of a block of ${network.name}`,
      received: block,
      remedy: `There are ${names
        .slice(0, 8)
        .map(({ path }) => `"${path}"`)
        .join(", ")}${names.length > 8 ? ", ..." : ""}.`,
    });
  }
  const count = (part ?? network).layers.length;
  const depth =
    options.depth === undefined
      ? count > MOST_LAYERS
        ? 0
        : Infinity
      : requireInteger("draw", "depth", options.depth, 0);
  const { boxes, arrows, width, height } = place(
    diagramOf(part?.parts ?? blockTree(network), depth),
  );
  const name = block === undefined ? network.name : `${network.name}, ${block}`;
  const listed = boxes.map(({ title, lines }) => `${title}: ${lines.join("; ")}`);
  return svgFigure({
    width,
    height,
    text: [`${name}: ${boxes.length} boxes, ${arrows.length} arrows`, ...listed].join("\n"),
    content: [arrowHead(), ...arrows.map(arrowSvg), ...boxes.map(boxSvg)].join(""),
  });
}

const colours: Record<BoxSort, string> = {
  convolution: SERIES_COLOURS[0],
  dense: SERIES_COLOURS[1],
  pool: SERIES_COLOURS[2],
  merge: SERIES_COLOURS[3],
  block: SERIES_COLOURS[4],
  other: SERIES_COLOURS[5],
  outside: SERIES_COLOURS[5],
};

function boxSvg({ x, y, width, height, title, lines, sort, auxiliary }: PlacedBox): string {
  const colour = colours[sort];
  const frame = element("rect", {
    x: x - width / 2,
    y: y - height / 2,
    width,
    height,
    rx: sort === "outside" ? height / 2 : 5,
    fill: colour,
    "fill-opacity": sort === "outside" ? 0.05 : 0.16,
    stroke: colour,
    "stroke-width": 1.2,
    "stroke-dasharray": auxiliary ? "5 3" : undefined,
  });
  const top = y - height / 2 + 6 + LETTER_SIZE - 1;
  const common = { x, "text-anchor": "middle", "font-size": LETTER_SIZE };
  const words = [title, ...lines].map((line, i) =>
    letters(line, {
      ...common,
      y: top + i * LINE_HEIGHT,
      "font-weight": i === 0 ? 600 : undefined,
    }),
  );
  return element("g", {}, frame, ...words);
}

function arrowSvg({ points, auxiliary }: PlacedArrow): string {
  return element("path", {
    d: smooth(points),
    fill: "none",
    stroke: FOREGROUND,
    "stroke-width": 1.1,
    "stroke-dasharray": auxiliary ? "5 3" : undefined,
    "marker-end": "url(#arrow)",
  });
}

/** A line through the middles between the corners, rounded at each corner. */
function smooth(points: readonly { x: number; y: number }[]): string {
  const at = ({ x, y }: { x: number; y: number }) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const [first, ...rest] = points;
  const end = rest[rest.length - 1];
  const curves = rest.slice(0, -1).map((corner, i) => {
    const next = rest[i + 1];
    const middle =
      i === rest.length - 2 ? end : { x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 };
    return `Q ${at(corner)} ${at(middle)}`;
  });
  return rest.length === 1 ? `M ${at(first)} L ${at(end)}` : `M ${at(first)} ${curves.join(" ")}`;
}

function arrowHead(): string {
  const shape = element("path", { d: "M 0 0 L 8 4 L 0 8 z", fill: FOREGROUND });
  const size = { viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 6, markerHeight: 6 };
  return element("defs", {}, element("marker", { id: "arrow", orient: "auto", ...size }, shape));
}
