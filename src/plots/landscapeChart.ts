import { formatCount } from "../network";
import { ArgumentError } from "../tensor";
import { SERIES_COLOURS } from "./colours";
import type { PlotlyFigure, PlotlyObject } from "./Figure";
import { axis, plotlyFigure } from "./layout";

/** A network, an accuracy, and who published it; `zoo.landscape()` gives such rows. */
export interface LandscapeRow {
  readonly name: string;
  readonly family: string;
  /** What shares its colour. */
  readonly line: string;
  readonly year: number;
  /** Who published the accuracy. */
  readonly publisher: string;
  /** The area of the circle. */
  readonly params: number;
  /** Percent. */
  readonly top1: number;
}

/** The costs to choose from, by name: of a row, or undefined where it is not known. */
export type LandscapeAxes<Row> = Readonly<Record<string, (row: Row) => number | undefined>>;

/** Of the largest circle, in pixels. */
const LARGEST = 42;
const HEIGHT = 700;

/**
 * Accuracy against a cost, with the parameters as the area of the circles. In the figure itself one chooses the cost,
 * the publisher and the years, each by itself, and by a click on the legend the families (a double click leaves one
 * alone): also in an exported page. At first it shows all.
 *
 * @param axes the costs, the first of which is shown at first; they are drawn on a logarithmic axis
 *
 * @example
 * const rows = [{ name: "a", family: "A", line: "plain", year: 2012, publisher: "its paper", params: 1e6, top1: 60, macs: 1e8 }];
 * landscapeChart(rows, { "multiply-adds": ({ macs }) => macs }).layout.updatemenus.length // → 3
 */
export function landscapeChart<Row extends LandscapeRow>(
  rows: readonly Row[],
  axes: LandscapeAxes<Row>,
): PlotlyFigure {
  requireLandscape(rows, axes);
  const families = familiesOf(rows);
  const [first] = Object.keys(axes);
  return plotlyFigure({
    title: "Accuracy against cost",
    data: tracesOf(families, costsOf(families, axes, first)),
    layout: {
      height: HEIGHT,
      margin: { l: 64, r: 180, t: 92, b: 52 },
      xaxis: axis(first, { type: "log", exponentformat: "SI" }),
      yaxis: axis("top-1 accuracy on ImageNet / %"),
      showlegend: true,
      legend: {
        groupclick: "toggleitem",
        grouptitlefont: { size: 11 },
        x: 1.02,
        y: 1,
        font: { size: 10 },
        tracegroupgap: 2,
      },
      updatemenus: [
        costMenu(families, axes),
        publisherMenu(families, rows),
        yearMenu(families),
      ].map((buttons, i) => dropdown(buttons, [0, 0.44, 0.78][i])),
    },
    text: [
      `top-1 accuracy over ${first}, logarithmic, circles by parameters; ${rows.length} accuracies`,
      ...families.map(
        ({ family, its, year }) => `${family}, ${year}: ${its.length}, ${range(its)}`,
      ),
    ].join("\n"),
  });
}

function requireLandscape<Row>(rows: readonly Row[], axes: LandscapeAxes<Row>): void {
  const call = "landscapeChart";
  if (!Array.isArray(rows) || rows.length === 0)
    throw new ArgumentError({
      call,
      argument: "rows",
      expected: "networks with their accuracy, such as zoo.landscape()",
      received: rows,
    });
  const names = Object.keys(axes ?? {});
  if (names.length === 0 || names.some((name) => typeof axes[name] !== "function"))
    throw new ArgumentError({
      call,
      argument: "axes",
      expected: "an object with functions from a row to its cost",
      received: axes,
    });
}

/** What is one entry of the legend: the networks of one family. */
interface Family<Row> {
  readonly family: string;
  readonly line: string;
  readonly year: number;
  readonly its: readonly Row[];
}

/** Line by line, and in a line by year. */
function familiesOf<Row extends LandscapeRow>(rows: readonly Row[]): Family<Row>[] {
  const lines = distinct(rows.map(({ line }) => line));
  return distinct(rows.map(({ family }) => family))
    .map((family) => {
      const its = rows.filter((row) => row.family === family);
      return { family, its, year: its[0].year, line: its[0].line };
    })
    .sort((a, b) => lines.indexOf(a.line) - lines.indexOf(b.line) || a.year - b.year);
}

/** The circles of each family. */
function tracesOf<Row extends LandscapeRow>(
  families: readonly Family<Row>[],
  costs: readonly (number | null)[][],
): PlotlyObject[] {
  const lines = distinct(families.map(({ line }) => line));
  const largest = Math.max(...families.flatMap(({ its }) => its.map(({ params }) => params)));
  const labelled = withRoom(
    families.flatMap(({ its }, i) => its.map((row, k) => ({ row, cost: costs[i][k] }))),
  );
  return families.map(({ family, its, line, year }, i) => ({
    type: "scatter",
    mode: "markers+text",
    text: its.map((row) => (labelled.has(row) ? row.name : "")),
    textposition: "top center",
    textfont: { size: 10 },
    cliponaxis: false,
    name: `${family}, ${year}`,
    legendgroup: line,
    legendgrouptitle: { text: line },
    x: costs[i],
    y: its.map(({ top1 }) => top1),
    hovertext: its.map(
      (row) =>
        `${row.name}<br>${row.top1}% (${row.publisher})<br>${formatCount(row.params)} parameters`,
    ),
    hoverinfo: "text",
    opacity: 1,
    marker: {
      color: SERIES_COLOURS[lines.indexOf(line) % SERIES_COLOURS.length],
      size: its.map(({ params }) => params),
      sizemode: "area",
      sizeref: (2 * largest) / LARGEST ** 2,
      sizemin: 2.5,
      opacity: 0.6,
    },
  }));
}

function costMenu<Row>(families: readonly Family<Row>[], axes: LandscapeAxes<Row>): PlotlyObject[] {
  return Object.keys(axes).map((name) => ({
    label: name,
    method: "update",
    args: [{ x: costsOf(families, axes, name) }, { "xaxis.title.text": name }],
  }));
}

function publisherMenu(
  families: readonly Family<LandscapeRow>[],
  rows: readonly LandscapeRow[],
): PlotlyObject[] {
  const publishers = distinct(rows.map(({ publisher }) => publisher));
  return [undefined, ...publishers].map((wanted) => {
    const accuracies = families.map(({ its }) =>
      its.map(({ publisher, top1 }) =>
        wanted === undefined || publisher === wanted ? top1 : null,
      ),
    );
    return { label: wanted ?? "all sources", method: "restyle", args: [{ y: accuracies }] };
  });
}

function yearMenu(families: readonly Family<LandscapeRow>[]): PlotlyObject[] {
  const years = distinct(families.flatMap(({ its }) => its.map(({ year }) => year)));
  return [undefined, ...years.sort((a, b) => a - b)].map((wanted) => {
    const isIn = families.map(({ year }) => wanted === undefined || year === wanted);
    return {
      label: wanted === undefined ? "all years" : String(wanted),
      method: "restyle",
      args: [
        {
          opacity: isIn.map((shown) => (shown ? 1 : 0)),
          hoverinfo: isIn.map((shown) => (shown ? "text" : "skip")),
        },
      ],
    };
  });
}

/** A menu above the plot, from `x` on, a fraction of its width. */
function dropdown(buttons: PlotlyObject[], x: number): PlotlyObject {
  return {
    buttons,
    type: "dropdown",
    direction: "down",
    x,
    xanchor: "left",
    y: 1.02,
    yanchor: "bottom",
    bgcolor: "rgba(128, 128, 128, 0.25)",
    font: { size: 12 },
    showactive: true,
  };
}

/**
 * Rows whose names have room in the first picture, of some six decades and forty percent: the most accurate of each
 * family before the others of it.
 */
function withRoom<Row extends LandscapeRow>(
  candidates: readonly { row: Row; cost: number | null }[],
): Set<Row> {
  const drawn: { x: number; y: number; width: number }[] = [];
  const labelled = new Set<Row>();
  const families = new Set<string>();
  for (const { row, cost } of [...candidates].sort((a, b) => b.row.top1 - a.row.top1)) {
    if (cost === null || families.has(row.family)) continue;
    const label = { x: Math.log10(cost), y: row.top1, width: 0.034 * row.name.length }; // decades
    const isFree = drawn.every(
      (other) =>
        Math.abs(other.x - label.x) > (other.width + label.width) / 2 ||
        Math.abs(other.y - label.y) > 1.2,
    );
    if (!isFree) continue;
    drawn.push(label);
    labelled.add(row);
    families.add(row.family);
  }
  return labelled;
}

/** What the networks of each family cost in one way of costing. */
function costsOf<Row>(
  families: readonly Family<Row>[],
  axes: LandscapeAxes<Row>,
  name: string,
): (number | null)[][] {
  return families.map(({ its }) => its.map((row) => costOf(axes, name, row)));
}

function costOf<Row>(axes: LandscapeAxes<Row>, name: string, row: Row): number | null {
  const value = axes[name](row);
  if (value === undefined) return null;
  if (value > 0 && value < Infinity) return value;
  throw new ArgumentError({
    call: "landscapeChart",
    argument: `axes["${name}"]`,
    expected: "a cost above 0, or undefined where it is not known",
    received: value,
  });
}

function range(rows: readonly LandscapeRow[]): string {
  const all = rows.map(({ top1 }) => top1);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return low === high ? `${low}%` : `${low} to ${high}%`;
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
