import { FOREGROUND, SERIES_COLOURS } from "../colours";
import { element, letters } from "../svg";
import type { BoxSort } from "./diagram";
import {
  LETTER_SIZE,
  LINE_HEIGHT,
  type LaidOutArrow,
  type LaidOutBox,
  type LaidOutDiagram,
} from "./layOut";

/** Boxes and arrows as SVG; the picture that they stand in needs `arrowHead` once. */
export function svgOf({ boxes, arrows }: LaidOutDiagram): string {
  return [...arrows.map(arrowSvg), ...boxes.map(boxSvg)].join("");
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

function boxSvg({ x, y, width, height, title, lines, sort, auxiliary }: LaidOutBox): string {
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

function arrowSvg({ points, auxiliary }: LaidOutArrow): string {
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

export function arrowHead(): string {
  const shape = element("path", { d: "M 0 0 L 8 4 L 0 8 z", fill: FOREGROUND });
  const size = { viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 6, markerHeight: 6 };
  return element("defs", {}, element("marker", { id: "arrow", orient: "auto", ...size }, shape));
}
