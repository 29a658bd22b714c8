import { blockTree, type Cost, cost, formatCount, formatInteger, Network } from "../../network";
import { ArgumentError, greatest, least, requireOptions } from "../../tensor";
import { SERIES_COLOURS } from "../colours";
import type { SvgFigure } from "../Figure";
import { element, letters, svgFigure } from "../svg";
import { type DiagramBox, diagramOf } from "./diagram";
import { depthFor, type DrawOptions, namedOutputs } from "./draw";
import { LETTER_SIZE, layOut, type LaidOutBox, type LaidOutDiagram } from "./layOut";
import { arrowHead, svgOf } from "./svgOf";

export type SideBySideOptions = Pick<DrawOptions, "depth">;

/**
 * Several networks or modules drawn beside each other at one scale, each under its title and with its bill
 * below: parameters and multiply-adds for one image, counted as papers do. A box that multiplies says how
 * much in its last line and shows it by a bar, whose scale is the same in all of them.
 *
 * @param networks by title; `subnetwork` makes a network of one block
 *
 * @example
 * const { conv, sequential } = layers;
 * const wide = conv({ filters: 32, kernelSize: 5, padding: "same" });
 * const narrow = sequential(conv({ filters: 16, kernelSize: 1 }), wide);
 * drawSideBySide({
 *   direct: network("direct", [28, 28, 192], wide),
 *   bottleneck: network("bottleneck", [28, 28, 192], narrow),
 * }).text.split("\n\n")[1].split("\n")[0] // → "bottleneck: 15,920 parameters, 12.44 M multiply-adds"
 */
export function drawSideBySide(
  networks: Readonly<Record<string, Network>>,
  options: SideBySideOptions = {},
): SvgFigure {
  requireOptions<SideBySideOptions>("drawSideBySide", options, { depth: true });
  const drawings = entriesOf(networks).map(([title, network]) =>
    drawingOf(title, network, options),
  );
  const scale = barScale(drawings);
  const rows = rowsOf(drawings);
  const width = Math.max(greatest(rows.map(widthOfRow)), 0.55 * LETTER_SIZE * KEY.length);
  let top = 0;
  const parts = rows.map((row) => {
    const part = rowSvg(row, (width - widthOfRow(row)) / 2, top, scale);
    top += heightOfRow(row);
    return part;
  });
  const key = letters(KEY, { x: 0, y: top + 8, "font-size": LETTER_SIZE });
  return svgFigure({
    width,
    height: top + 14,
    text: drawings.map(textOf).join("\n\n"),
    content: arrowHead() + parts.join("") + key,
  });
}

const KEY = "×+ counts multiply-adds for one image; the bars show them, all at one scale.";
/** Pixels: as wide as a row may be before another begins, between drawings, above them for the title, below for the bill. */
const MOST_WIDTH = 1100;
const GAP = 28;
const HEAD = 26;
const FOOT = 60;

interface Drawing {
  title: string;
  bill: Cost;
  laidOut: LaidOutDiagram;
}

function entriesOf(networks: unknown): [string, Network][] {
  const entries = typeof networks === "object" && networks ? Object.entries(networks) : [];
  if (entries.length > 0 && entries.every(([, network]) => network instanceof Network))
    return entries;
  throw new ArgumentError({
    call: "drawSideBySide",
    argument: "networks",
    expected: "an object with at least one network, {title: network}",
    received: networks,
    remedy: "A module becomes a network by network(name, inputShape, module).",
  });
}

function drawingOf(title: string, network: Network, { depth }: SideBySideOptions): Drawing {
  const bill = cost(network);
  const opened = depthFor("drawSideBySide", network.layers.length, depth);
  const { boxes, arrows } = diagramOf(blockTree(network), opened, namedOutputs(network));
  const priced = boxes.map((box): DiagramBox => {
    const macs = macsOf(box, bill);
    // Short, so that two modules fit beside each other.
    const lines = box.lines.map((line) => line.replace("batch norm", "BN"));
    return { ...box, lines: macs === 0 ? lines : [...lines, `${formatCount(macs)} ×+`] };
  });
  return { title, bill, laidOut: layOut({ boxes: priced, arrows }) };
}

function macsOf({ layers }: DiagramBox, bill: Cost): number {
  return layers.reduce((sum, { index }) => sum + bill.layers[index].macs, 0);
}

/** Pixels for a multiply-add: as many as let every bar fit into its box. */
function barScale(drawings: readonly Drawing[]): number {
  const most = drawings.flatMap(({ laidOut, bill }) =>
    laidOut.boxes.map((box) => box.width / macsOf(box, bill)),
  );
  return least(most);
}

/** The drawings in their order, each beside the one before where the page is wide enough. */
function rowsOf(drawings: readonly Drawing[]): Drawing[][] {
  const rows: Drawing[][] = [[]];
  for (const drawing of drawings) {
    const row = rows[rows.length - 1];
    if (row.length === 0 || widthOfRow([...row, drawing]) <= MOST_WIDTH) row.push(drawing);
    else rows.push([drawing]);
  }
  return rows;
}

function widthOfRow(row: readonly Drawing[]): number {
  return row.reduce((sum, drawing) => sum + widthOf(drawing), GAP * (row.length - 1));
}

function heightOfRow(row: readonly Drawing[]): number {
  return HEAD + bottomOf(row) + FOOT;
}

function bottomOf(row: readonly Drawing[]): number {
  return greatest(row.map(({ laidOut }) => laidOut.height));
}

function rowSvg(row: readonly Drawing[], left: number, top: number, scale: number): string {
  let x = left;
  const parts = row.map((drawing) => {
    const transform = `translate(${x.toFixed(1)} ${top.toFixed(1)})`;
    x += widthOf(drawing) + GAP;
    return element("g", { transform }, drawingSvg(drawing, bottomOf(row), scale));
  });
  return parts.join("");
}

function drawingSvg(drawing: Drawing, bottom: number, scale: number): string {
  const { title, bill, laidOut } = drawing;
  const width = widthOf(drawing);
  const middle = { x: width / 2, "text-anchor": "middle" };
  const bars = laidOut.boxes.map((box) => barSvg(box, macsOf(box, bill), scale)).join("");
  const [parameters, macs] = billLines(bill);
  const below = HEAD + bottom;
  return [
    letters(title, { ...middle, y: 16, "font-size": TITLE_SIZE, "font-weight": 600 }),
    element(
      "g",
      { transform: `translate(${(width - laidOut.width) / 2} ${HEAD})` },
      svgOf(laidOut),
      bars,
    ),
    letters(parameters, { ...middle, y: below + 16 }),
    letters(macs, { ...middle, y: below + 34, "font-weight": 600 }),
  ].join("");
}

const TITLE_SIZE = 14;
const BAR_HEIGHT = 4;

function barSvg({ x, y, width, height }: LaidOutBox, macs: number, scale: number): string {
  if (macs === 0) return "";
  const corner = { x: x - width / 2, y: y + height / 2 - BAR_HEIGHT };
  const look = { height: BAR_HEIGHT, fill: SERIES_COLOURS[1] };
  return element("rect", { ...corner, ...look, width: Math.max(macs * scale, 1) });
}

function billLines({ params, macs }: Cost): [parameters: string, macs: string] {
  return [`${formatInteger(params)} parameters`, `${formatCount(macs)} multiply-adds`];
}

/** Of the drawing or of the letters around it, whichever is wider. */
function widthOf({ title, bill, laidOut }: Drawing): number {
  const letterWidths = [
    0.66 * TITLE_SIZE * title.length,
    ...billLines(bill).map((line) => 0.66 * (LETTER_SIZE + 1) * line.length),
  ];
  return Math.max(laidOut.width, ...letterWidths);
}

function textOf({ title, bill, laidOut }: Drawing): string {
  const listed = laidOut.boxes.map((box) => `${box.title}: ${box.lines.join("; ")}`);
  return [`${title}: ${billLines(bill).join(", ")}`, ...listed].join("\n");
}
