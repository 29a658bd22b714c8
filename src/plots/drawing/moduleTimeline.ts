import { blockTree, type Layer, Network } from "../../network";
import { ArgumentError, greatest } from "../../tensor";
import { FOREGROUND, GRID_LINE, SERIES_COLOURS } from "../colours";
import type { SvgFigure } from "../Figure";
import { element, letters, svgFigure, wrap } from "../svg";
import { type DiagramBox, diagramOf } from "./diagram";
import { LETTER_SIZE, layOut, type LaidOutDiagram, type Spacing } from "./layOut";
import { arrowHead, svgOf } from "./svgOf";

/** A step in the history of a kind of network. */
export interface Milestone {
  readonly name: string;
  /** Year and month of its paper: `"2014-09"`. */
  readonly date: string;
  /** The module that it brought; left out, the step shows on the axis and in words alone. */
  readonly module?: Network;
  /** What is said below, each wrapped to the width of its column: the idea, the cost, the error. */
  readonly notes?: readonly string[];
}

/**
 * The history of a kind of network: an axis of time, and below it the module of each step, all at one scale, with
 * what is to be said of it. A box of a module names its window alone; `drawSideBySide` says more.
 *
 * @param milestones in any order; they are drawn in the order of time
 *
 * @example
 * const steps = [
 *   { name: "v1", date: "2014-09", module: subnetwork(zoo.googlenet(), "inception4a"), notes: ["several sizes"] },
 *   { name: "v4", date: "2016-02" },
 * ];
 * moduleTimeline(steps).text.split("\n") // → ["September 2014: v1; several sizes", "February 2016: v4"]
 */
export function moduleTimeline(milestones: readonly Milestone[]): SvgFigure {
  const columns = requireMilestones(milestones)
    .map(columnOf)
    .sort((a, b) => a.month - b.month);
  const width = columns.reduce((sum, column) => sum + column.width + GAP, -GAP);
  const deepest = greatest(columns.map(({ laidOut }) => laidOut?.height ?? 0));
  const [first, last] = [columns[0].month, columns[columns.length - 1].month];
  const at = axis(first, last, width);
  let left = 0;
  const parts = columns.map((column) => {
    const part = columnSvg(column, left, at(column.month), deepest);
    left += column.width + GAP;
    return part;
  });
  const notesHeight = greatest(columns.map(({ lines }) => lines.length)) * NOTE_LINE;
  const bottom = TOP + HEAD + deepest + notesHeight + 14;
  const key = letters(KEY, { x: 0, y: bottom + 14, "font-size": LETTER_SIZE });
  return svgFigure({
    width: Math.max(width, 0.52 * LETTER_SIZE * KEY.length),
    height: bottom + 22,
    text: columns.map(({ said }) => said).join("\n"),
    content: arrowHead() + axisSvg(at, first, last, width) + parts.join("") + key,
  });
}

const KEY =
  "Boxes: the window of a convolution (dw: of one channel each); max, mean: 3×3 pooling; stack: concatenation; +: sum.";
/** Pixels: where the axis lies, where the columns begin, and their heads; between columns; for a line of notes. */
const AXIS = 34;
const TOP = 74;
const HEAD = 40;
const GAP = 16;
const NOTE_LINE = 15;
const NARROWEST = 128;
const TIGHT: Spacing = { nodesep: 5, edgesep: 4, ranksep: 13, paddingX: 5, leastWidth: 34 };

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

interface Column {
  name: string;
  /** Months since the year 0. */
  month: number;
  when: string;
  laidOut: LaidOutDiagram | undefined;
  lines: string[];
  width: number;
  said: string;
}

function requireMilestones(milestones: unknown): readonly Milestone[] {
  if (Array.isArray(milestones) && milestones.length > 0 && milestones.every(isMilestone))
    return milestones;
  throw new ArgumentError({
    call: "moduleTimeline",
    argument: "milestones",
    expected: 'at least one step, {name, date: "2014-09", module?: Network, notes?: strings}',
    received: milestones,
    remedy: "subnetwork(network, block) makes a network of one module.",
  });
}

function isMilestone(one: unknown): one is Milestone {
  if (typeof one !== "object" || one === null) return false;
  const { name, date, module, notes = [] } = one as Partial<Milestone>;
  return (
    typeof name === "string" &&
    /^\d{4}-(0[1-9]|1[0-2])$/.test(String(date)) &&
    (module === undefined || module instanceof Network) &&
    Array.isArray(notes) &&
    notes.every((note) => typeof note === "string")
  );
}

function columnOf({ name, date, module, notes = [] }: Milestone): Column {
  const [year, month] = date.split("-").map(Number);
  const laidOut = module && layOut(shortened(module), TIGHT);
  const width = Math.max(laidOut?.width ?? 0, NARROWEST, Math.ceil(0.66 * NAME_SIZE * name.length));
  const when = `${MONTHS[month - 1]} ${year}`;
  return {
    ...{ name, when, laidOut, width },
    month: 12 * year + month - 1,
    lines: notes.flatMap((note) => wrap(note, width, LETTER_SIZE)),
    said: [`${when}: ${name}`, ...notes].join("; "),
  };
}

const NAME_SIZE = 14;

/** The diagram of a module with a word or a window in each box, and without the input's shape. */
function shortened(module: Network) {
  const { boxes, arrows } = diagramOf(blockTree(module), Infinity);
  return { boxes: boxes.map((box): DiagramBox => ({ ...box, ...shortWords(box) })), arrows };
}

function shortWords({ layers, title }: DiagramBox): { title: string; lines: string[] } {
  const [first] = layers;
  return { title: first ? shortName(first, title) : title, lines: [] };
}

function shortName({ operation, inputs }: Layer, title: string): string {
  switch (operation.kind) {
    case "input":
      return "in";
    case "conv": {
      const { height, width } = operation.window;
      const isDepthwise = operation.groups > 1 && operation.groups === inputs[0].shape[2];
      return `${height.kernel}×${width.kernel}${isDepthwise ? " dw" : ""}`;
    }
    case "pool":
      return operation.mode === "max" ? "max" : "mean";
    case "concat":
      return "stack";
    case "add":
    case "scaledAdd":
      return "+";
    default:
      return title;
  }
}

/** From months to pixels, so that the first and the last step stand above the middles of the outer columns at least. */
function axis(first: number, last: number, width: number): (month: number) => number {
  const [left, right] = [NARROWEST / 2, width - NARROWEST / 2];
  return (month) =>
    first === last ? width / 2 : left + ((month - first) / (last - first)) * (right - left);
}

function axisSvg(
  at: (month: number) => number,
  first: number,
  last: number,
  width: number,
): string {
  const line = { y1: AXIS, y2: AXIS, stroke: FOREGROUND, "stroke-width": 1.4 };
  const years: number[] = [];
  for (let year = Math.ceil(first / 12); 12 * year <= last; year++) years.push(year);
  const ticks = years.map((year) => {
    const x = at(12 * year);
    return (
      element("line", { x1: x, x2: x, y1: AXIS - 5, y2: AXIS + 5, stroke: FOREGROUND }) +
      letters(String(year), { x, y: AXIS - 10, "text-anchor": "middle", "font-size": LETTER_SIZE })
    );
  });
  return element("line", { x1: 0, x2: width, ...line }) + ticks.join("");
}

function columnSvg(
  { name, when, laidOut, lines, width }: Column,
  left: number,
  dot: number,
  deepest: number,
): string {
  const middle = left + width / 2;
  const centred = { x: middle, "text-anchor": "middle" };
  const below = TOP + HEAD + deepest + NOTE_LINE;
  const leader = { x1: dot, y1: AXIS, x2: middle, y2: TOP - 2, stroke: GRID_LINE };
  return [
    element("line", { ...leader, "stroke-width": 1.4 }),
    element("circle", { cx: dot, cy: AXIS, r: 5, fill: SERIES_COLOURS[1] }),
    letters(name, { ...centred, y: TOP + 14, "font-size": NAME_SIZE, "font-weight": 600 }),
    letters(when, { ...centred, y: TOP + 31, "font-size": LETTER_SIZE }),
    laidOut
      ? element(
          "g",
          { transform: `translate(${(middle - laidOut.width / 2).toFixed(1)} ${TOP + HEAD})` },
          svgOf(laidOut),
        )
      : "",
    ...lines.map((line, i) =>
      letters(line, { ...centred, y: below + i * NOTE_LINE, "font-size": LETTER_SIZE }),
    ),
  ].join("");
}
