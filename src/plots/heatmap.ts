import {
  ArgumentError,
  formatTensor,
  greatest,
  requireOptions,
  type Tensor,
  zeros,
} from "../tensor";
import { type CellFormat, cellFormat } from "./cellFormat";
import { plotlyColourscale, requireColourMap, type ColourMap } from "./colours";
import type { PlotlyFigure, PlotlyObject } from "./Figure";
import { axis, MARGIN, plotlyFigure, titledWidth } from "./layout";
import { extent, fittingScale, type Range, type Scale } from "./scale";
import { count, matrixOf, type Numbers, requireLength, shortNumber, titled } from "./values";

export interface HeatmapOptions {
  title?: string | undefined;
  /** What the columns are; "column" when left out. */
  x?: string | undefined;
  /** What the rows are; "row" when left out. */
  y?: string | undefined;
  /** What a value is, with its unit: the title of the colour bar. */
  value?: string | undefined;
  /** Names of the columns and of the rows, in place of their numbers. */
  columns?: readonly string[] | undefined;
  rows?: readonly string[] | undefined;
  /** Whether the numbers stand in the cells; when left out, where they fit. */
  numbers?: boolean | undefined;
  /** "signed" for values below zero, else "sequential", when left out. */
  colours?: ColourMap | undefined;
  /** The values at the ends of the colours; when left out those of the data (centred on 0 when signed). */
  range?: Range | undefined;
}

/** The largest cell of a heat map, and the room for all of them, in pixels. */
const CELL = { most: 46, area: { width: 600, height: 400 } };
const MOST_NUMBERS = 900;

/**
 * A matrix as a field of coloured cells, row 0 on top, with the numbers in the cells where they fit.
 * Values that are not finite are left blank. Of more than 250,000 values each cell is the mean of several, as the picture says.
 *
 * @param values a matrix, [h, w]; a convolution's [1, h, w, 1] will do
 *
 * @example
 * heatmap([[1, 0, -1], [2, 0, -2]], { title: "Two rows of Sobel's filter" }).data[0].type // → "heatmap"
 */
export function heatmap(values: Numbers, options: HeatmapOptions = {}): PlotlyFigure {
  requireOptions<HeatmapOptions>("heatmap", options, {
    title: true,
    x: true,
    y: true,
    value: true,
    columns: true,
    rows: true,
    numbers: "flag",
    colours: true,
    range: true,
  });
  requireColourMap("heatmap", options.colours);
  const matrix = matrixOf("heatmap", "values", values); // [h, w]
  const [rows, columns] = matrix.shape;
  requireFewCells(matrix);
  requireLength("heatmap", "rows", options.rows, rows, "rows");
  requireLength("heatmap", "columns", options.columns, columns, "columns");
  const scale = fittingScale("heatmap", matrix.data, options);
  const cell = cellSize(rows, columns);
  const label =
    (options.numbers ?? matrix.size <= MOST_NUMBERS) ? cellFormat(matrix.data) : undefined;
  const isLabelled = label && (options.numbers === true || label.fits(cell));
  return cellFigure(matrix, {
    ...options,
    ...scale,
    cell,
    labels: isLabelled ? { values: matrix, format: label } : undefined,
    text: describeMatrix(matrix, options),
  });
}

/** Values in a picture: a notebook holds each as text, and has some 2 MB of that many. More are drawn as means of several. */
const MOST_DRAWN = 250_000;

/** A page of larger ones would be worked out for minutes. */
const MOST_CELLS = 4_000_000;

function requireFewCells(matrix: Tensor): void {
  if (matrix.size <= MOST_CELLS) return;
  throw new ArgumentError({
    call: "heatmap",
    argument: "values",
    expected: `at most ${MOST_CELLS} values, which are more than a screen has pixels`,
    received: matrix,
    remedy: "imageGrid shows larger ones, reduced; or take a part: x.slice(begin, size).",
  });
}

/** A heat map worked out: what `heatmap` and its relatives have to say to plotly. */
export interface CellDrawing extends Omit<HeatmapOptions, keyof Scale>, Scale {
  /** The side of a cell, in pixels. */
  cell: number;
  /** The numbers to write into the cells, [h, w]. */
  labels: { values: Tensor; format: CellFormat } | undefined;
  text: string;
}

export function cellFigure(matrix: Tensor, drawing: CellDrawing): PlotlyFigure {
  const { cell, range, title } = drawing;
  const [rows, columns] = matrix.shape;
  const block = Math.ceil(Math.sqrt(matrix.size / MOST_DRAWN)); // pixels of a side that become one
  const labels = block > 1 ? undefined : drawing.labels;
  const means = `the mean of ${block} × ${block} values`;
  const bar = labels ? 0 : 90;
  const trace: PlotlyObject = {
    type: "heatmap",
    z: nested(block > 1 ? meansOf(matrix, block) : matrix, (value) =>
      Number.isFinite(value) ? Number(value.toPrecision(5)) : null,
    ),
    zmin: range[0],
    zmax: range[1],
    colorscale: plotlyColourscale(drawing.colours),
    showscale: !labels,
    colorbar: { title: { text: drawing.value ?? "" }, thickness: 14, outlinewidth: 0 },
    hovertemplate: `${block > 1 ? `${means}<br>around ` : ""}${drawing.y ?? "row"} %{y}, ${drawing.x ?? "column"} %{x}<br>${drawing.value ?? "value"} %{z}<extra></extra>`,
  };
  if (block > 1) Object.assign(trace, cellsOf("x", block), cellsOf("y", block));
  if (cell >= 14) Object.assign(trace, { xgap: 1, ygap: 1 });
  if (labels) {
    const { text } = labels.format;
    trace.text = nested(labels.values, (value) => (Number.isFinite(value) ? text(value) : ""));
    trace.texttemplate = "%{text}";
    trace.textfont = { size: Math.max(labels.format.letters(cell), 7) };
  }
  const area = { width: columns * cell, height: rows * cell };
  const top = title ? MARGIN.top : 24;
  const sides = { left: leftMargin(drawing.rows), right: MARGIN.right + bar };
  const width = Math.max(area.width + sides.left + sides.right, titledWidth(title));
  sides.right = width - sides.left - area.width; // a long title makes room on the right, not wide cells
  return plotlyFigure({
    title,
    data: [trace],
    layout: {
      width,
      height: area.height + top + MARGIN.bottom,
      margin: { l: sides.left, r: sides.right, t: top, b: MARGIN.bottom },
      xaxis: axis(
        `${drawing.x ?? "column"}${block > 1 ? ` (each cell: ${means})` : ""}`,
        cellAxis(columns, cell, drawing.columns),
      ),
      yaxis: axis(drawing.y ?? "row", {
        ...cellAxis(rows, cell, drawing.rows),
        autorange: "reversed",
      }),
    },
    text: drawing.text,
  });
}

/** Where cells of several values lie on an axis that counts values. */
function cellsOf(axis: "x" | "y", block: number): PlotlyObject {
  return { [`${axis}0`]: (block - 1) / 2, [`d${axis}`]: block };
}

/** The mean of each block of values, of those in it that are finite; NaN where none is. */
function meansOf(matrix: Tensor, block: number): Tensor {
  const [rows, columns] = matrix.shape;
  const shape = [Math.ceil(rows / block), Math.ceil(columns / block)];
  const sums = zeros(shape, "float64");
  const counts = new Uint32Array(sums.size);
  matrix.data.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    const row = Math.floor(i / columns / block);
    const at = row * shape[1] + Math.floor((i % columns) / block);
    sums.data[at] += value;
    counts[at]++;
  });
  return sums.map((sum, i) => sum / counts[i]);
}

/** The side of a square cell with which a matrix fits on a screen. */
export function cellSize(rows: number, columns: number): number {
  const { most, area } = CELL;
  const fitting = Math.min(area.width / columns, area.height / rows, most);
  return fitting >= 2 ? Math.floor(fitting) : fitting;
}

/** Room for the names of the rows: plotly would take it from the cells, which are square. */
function leftMargin(names: readonly string[] = []): number {
  const longest = Math.max(0, greatest(names.map((name) => name.length)));
  return Math.max(MARGIN.left, 8 * longest + 44);
}

function cellAxis(length: number, cell: number, names?: readonly string[]): PlotlyObject {
  const bare = { showgrid: false, zeroline: false, showline: false, ticks: "" };
  if (names)
    return { ...bare, tickmode: "array", tickvals: names.map((_, i) => i), ticktext: names };
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500];
  const dtick = steps.find((step) => step * cell >= 22 && length / step <= 20);
  return { ...bare, tick0: 0, dtick: dtick ?? Math.ceil(length / 10) };
}

function describeMatrix(matrix: Tensor, options: HeatmapOptions): string {
  const [rows, columns] = matrix.shape;
  const axes = `${count(rows, "row")} (${options.y ?? "row"}) by ${count(columns, "column")} (${options.x ?? "column"})`;
  const ends = extent(matrix.data);
  const values = options.value ?? "values";
  const reach = ends
    ? `${values} from ${shortNumber(ends[0])} to ${shortNumber(ends[1])}`
    : `no finite ${values}`;
  const missing = matrix.data.filter((value) => !Number.isFinite(value)).length;
  const blank = missing ? `; ${count(missing, "value")} not finite, left blank` : "";
  return `${titled(options.title ?? "Heat map")}${axes}, ${reach}${blank}\n${formatTensor(matrix)}`;
}

function nested<T>(matrix: Tensor, f: (value: number) => T): T[][] {
  const [rows, columns] = matrix.shape;
  return Array.from({ length: rows }, (_, i) =>
    Array.from(matrix.data.subarray(i * columns, (i + 1) * columns), f),
  );
}
