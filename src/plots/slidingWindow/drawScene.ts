import { escapeMarkup } from "../../notebook";
import type { Tensor } from "../../tensor";
import { type CellFormat, cellFormat } from "../cellFormat";
import { drawCell, drawColoured } from "../cells";
import { FOREGROUND, GRID_LINE } from "../colours";
import { colourOf, fittingScale, type Scale } from "../scale";
import { inputColours } from "./inputColours";
import { element, letters } from "../svg";
import { shortNumber } from "../values";
import { textOf } from "./arithmetic";
import { arrange, type Geometry, LINE_HEIGHT, type Point } from "./geometry";
import type { Line, Scene, Step } from "./Scene";
import { greatest } from "../../tensor";

/** Orange is the window and what it sees, purple the filter, green the result: in the grids and in the calculation. */
const WINDOW = "#c77700";
const FILTER = "#b3589a";
const RESULT = "#009e73";
/** The filter's weights on their labels, which are white in both themes: 6.8 to 1. */
const WEIGHT = "#8e3b78";
/** The lower strip of a cell that a weight takes; in smaller cells than this there is no room for one. */
const LABEL = { high: 14, leastCell: 28 };
const INK = `var(--jp-ui-font-color1, ${FOREGROUND})`;

const STYLE =
  `.cbw{font-family:system-ui,sans-serif;fill:${INK}}` +
  `.cbw .sum{font:14px var(--jp-code-font-family,ui-monospace,monospace);white-space:pre}` +
  `.cbw .moves{transition:transform .35s ease}.cbw .out{transition:opacity .35s ease}` +
  `.cbw .i{fill:${WINDOW}}.cbw .f{fill:${FILTER}}.cbw .o{fill:${RESULT};font-weight:700}.cbw .p{opacity:.6}` +
  `@media (prefers-reduced-motion:reduce){.cbw .moves,.cbw .out{transition:none}}`;

/** What changes from one position of the window to the next. */
export interface Frame {
  /** How far the window has moved over the input, and the outline over the output. */
  window: Point;
  output: Point;
  /** The calculation, as markup. */
  sum: string;
  /** Where this is, in words. */
  place: string;
}

/** A picture of one position of the window, and the frames that lead to all others. */
export interface Drawing {
  svg: string;
  width: number;
  height: number;
  frames: Frame[];
}

/** Draws the step `at`: the outputs before it are known, those after it not yet. */
export function drawScene(scene: Scene, at: number): Drawing {
  const lines = greatest(scene.steps.map(({ arithmetic }) => arithmetic.length));
  const longest = Math.max(
    ...scene.steps.flatMap(({ arithmetic }) => arithmetic.map((line) => textOf(line).length)),
  );
  const geometry = arrange(scene, lines, longest);
  const frames = scene.steps.map((step) => frameOf(step, scene, geometry));
  const { width, height } = geometry;
  const svg = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "cbw",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": scene.title,
    },
    element("style", {}, STYLE),
    drawInput(scene, geometry),
    scene.kernel ? drawKernel(scene.kernel, geometry) : "",
    sign("=", geometry.output.x - 27, geometry.middle),
    drawOutput(scene, geometry, at),
    ...geometry.inputs.map((corner) => drawWindow(scene, geometry, corner, frames[at])),
    moving(
      frames[at].output,
      "output",
      outline(geometry.output, { width: geometry.cell, height: geometry.cell }, RESULT),
    ),
    element("g", { class: "sum" }, frames[at].sum),
  );
  return { svg, width, height, frames };
}

function frameOf({ row, column, arithmetic }: Step, scene: Scene, geometry: Geometry): Frame {
  const { cell } = geometry;
  const { height, width } = scene.window;
  return {
    window: { x: column * width.stride * cell, y: row * height.stride * cell },
    output: { x: column * cell, y: row * cell },
    sum: arithmetic.map((line, i) => drawLine(line, geometry.arithmetic, i)).join(""),
    place: `output row ${row}, column ${column}`,
  };
}

function drawLine(line: Line, { x, y }: Point, i: number): string {
  const spans = line.map(({ text, role }) =>
    role ? element("tspan", { class: role[0] }, escapeMarkup(text)) : escapeMarkup(text),
  );
  return element("text", { x, y: y + i * LINE_HEIGHT, "xml:space": "preserve" }, ...spans);
}

function drawInput(scene: Scene, { cell, rows, columns, inputs }: Geometry): string {
  const { input, kernel } = scene;
  const { height, width } = scene.window;
  const [h, w, channels] = input.shape;
  const colours = inputColours(input);
  const format = cellFormat(input.data);
  const high = showsWeights(scene, cell) ? cell - LABEL.high : cell;
  const padded = rows * columns > h * w ? `, padded to ${rows} × ${columns}` : "";
  const size = `${h} × ${w}${channels > 1 ? ` × ${channels}` : ""}${padded}`;
  const drawn = inputs.map(({ x, y }, channel) => {
    const cells: string[] = [];
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const [i, j] = [row - height.before, column - width.before];
        const box = { x: x + column * cell, y: y + row * cell, size: cell };
        const inside = i >= 0 && i < h && j >= 0 && j < w;
        cells.push(
          inside
            ? drawColoured(
                box,
                colours(input.get(i, j, channel), channel),
                input.get(i, j, channel),
                format,
                high,
              )
            : drawPadding(box, kernel ? "0" : "", high),
        );
      }
    // White pixels on a white page, and black ones on a dark one, have an edge of their own.
    const image = { x: x + width.before * cell, y: y + height.before * cell };
    const edge = { width: w * cell, height: h * cell, fill: "none", stroke: GRID_LINE };
    return cells.join("") + element("rect", { ...image, ...edge });
  });
  return heading("input", size, inputs[0].x) + drawn.join("");
}

/** Whether the filter's weights stand on the cells that they multiply, below the pixels' own numbers. */
function showsWeights({ kernel }: Scene, cell: number): boolean {
  return kernel !== undefined && cell >= LABEL.leastCell;
}

function drawPadding({ x, y, size }: Point & { size: number }, text: string, high = size): string {
  const middle = { x: x + size / 2, y: y + high / 2 + 4.5 };
  return element(
    "g",
    { class: "p" },
    element("rect", {
      x: x + 0.5,
      y: y + 0.5,
      width: size - 1,
      height: size - 1,
      rx: 2,
      fill: "none",
      stroke: FOREGROUND,
      "stroke-dasharray": "3 3",
    }),
    text ? letters(text, { ...middle, "font-size": 12, "text-anchor": "middle" }) : "",
  );
}

function drawKernel(kernel: Tensor, { cell, kernels, middle }: Geometry): string {
  const [height, width, channels] = kernel.shape;
  const scale = fittingScale("slidingWindow", kernel.data, { colours: "signed" });
  const format = cellFormat(kernel.data);
  const drawn = kernels.map(
    (corner, channel) =>
      drawGrid(kernel, channel, corner, cell, scale, format) +
      outline(corner, { width: width * cell, height: height * cell }, FILTER),
  );
  const size = `${height} × ${width}${channels > 1 ? ` × ${channels}` : ""}`;
  return (
    heading("filter", size, kernels[0].x, "f") +
    sign("∗", kernels[0].x - 27, middle) +
    drawn.join("")
  );
}

function drawGrid(
  values: Tensor,
  channel: number,
  { x, y }: Point,
  cell: number,
  scale: Scale,
  format: CellFormat,
): string {
  const [height, width] = values.shape;
  const cells: string[] = [];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const box = { x: x + column * cell, y: y + row * cell, size: cell };
      cells.push(drawCell(box, values.get(row, column, channel), scale, format));
    }
  return cells.join("");
}

function drawOutput(
  { input, kernel, output, steps }: Scene,
  { cell, output: { x, y } }: Geometry,
  at: number,
): string {
  const [height, width] = output.shape;
  const scale = fittingScale("slidingWindow", output.data);
  // What is pooled are pixels still, and looks like them.
  const colours = kernel ? (value: number) => colourOf(scale, value) : inputColours(input);
  const format = cellFormat(output.data);
  const cells = steps.map(({ row, column, result }, i) => {
    const box = { x: x + column * cell, y: y + row * cell, size: cell };
    const known = element(
      "g",
      { class: "out", style: i > at ? "opacity:0" : undefined },
      drawColoured(box, colours(result, 0), result, format),
    );
    return element("g", { "data-step": i }, drawPadding(box, ""), known);
  });
  return heading("output", `${height} × ${width}`, x, "o") + cells.join("");
}

/** The frame that moves over the input, with the filter's weights in the corners of the cells it covers. */
function drawWindow(scene: Scene, geometry: Geometry, corner: Point, frame: Frame): string {
  const { cell, inputs } = geometry;
  const { kernel } = scene;
  const { height, width } = scene.window;
  const channel = inputs.indexOf(corner);
  const taps: string[] = [];
  for (let a = 0; a < height.kernel; a++)
    for (let b = 0; b < width.kernel; b++) {
      const x = corner.x + b * width.dilation * cell;
      const y = corner.y + a * height.dilation * cell;
      const size = { width: cell, height: cell };
      if (kernel && showsWeights(scene, cell))
        taps.push(drawWeight(`×${shortNumber(kernel.get(a, b, channel))}`, { x, y }, cell));
      if (height.dilation > 1 || width.dilation > 1)
        taps.push(
          element("rect", { x, y, ...size, fill: "none", stroke: WINDOW, "stroke-width": 1.5 }),
        );
    }
  return moving(frame.window, "window", taps.join("") + outline(corner, geometry.window, WINDOW));
}

/** A weight on a label in the lower strip of a cell, which the pixel's number leaves free. */
function drawWeight(text: string, { x, y }: Point, cell: number): string {
  const top = y + cell - LABEL.high;
  return (
    element("rect", {
      x: x + 2,
      y: top,
      width: cell - 4,
      height: LABEL.high - 2,
      rx: 2,
      fill: "#fff",
    }) +
    letters(text, {
      x: x + cell / 2,
      y: top + 10,
      fill: WEIGHT,
      "text-anchor": "middle",
      "font-size": Math.min(11, (cell - 5) / (0.58 * text.length)),
      "font-weight": 700,
    })
  );
}

function moving({ x, y }: Point, what: "window" | "output", content: string): string {
  const style = `transform:translate(${x}px,${y}px)`;
  return element("g", { class: "moves", "data-moves": what, style }, content);
}

function outline({ x, y }: Point, size: { width: number; height: number }, colour: string): string {
  return element("rect", { x, y, ...size, rx: 3, fill: "none", stroke: colour, "stroke-width": 3 });
}

function heading(name: string, size: string, x: number, role?: string): string {
  return (
    letters(name, { x, y: 15, "font-size": 15, "font-weight": 600, class: role }) +
    letters(size, { x, y: 33, "font-size": 13, opacity: 0.8 })
  );
}

function sign(text: string, x: number, y: number): string {
  return letters(text, { x, y: y + 8, "font-size": 24, "text-anchor": "middle" });
}
