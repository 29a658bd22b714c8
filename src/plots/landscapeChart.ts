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
  const lines = distinct(rows.map(({ line }) => line));
  const families = distinct(rows.map(({ family }) => family)).map((family) => {
    const its = rows.filter((row) => row.family === family);
    return { family, its, year: its[0].year, line: its[0].line };
  });
  families.sort((a, b) => lines.indexOf(a.line) - lines.indexOf(b.line) || a.year - b.year);
  const largest = Math.max(...rows.map(({ params }) => params));
  const costs = (name: string): (number | null)[][] =>
    families.map(({ its }) => its.map((row) => costOf(axes, name, row)));
  const accuracies = (publisher?: string): (number | null)[][] =>
    families.map(({ its }) =>
      its.map((row) => (publisher === undefined || row.publisher === publisher ? row.top1 : null)),
    );
  const [firstCosts, allAccuracies] = [costs(names[0]), accuracies()];
  const years = distinct(rows.map(({ year }) => year)).sort((a, b) => a - b);

  const labelled = withRoom(families.map(({ its }) => its).flat(), (row) =>
    costOf(axes, names[0], row),
  );
  const data = families.map(({ family, its, line, year }, i): PlotlyObject => ({
    type: "scatter",
    mode: "markers+text",
    text: its.map((row) => (labelled.has(row) ? row.name : "")),
    textposition: "top center",
    textfont: { size: 10 },
    cliponaxis: false,
    name: `${family}, ${year}`,
    legendgroup: line,
    legendgrouptitle: { text: line },
    x: firstCosts[i],
    y: allAccuracies[i],
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
  const choices = [
    names.map((name) => ({
      label: name,
      method: "update",
      args: [{ x: costs(name) }, { "xaxis.title.text": name }],
    })),
    [undefined, ...distinct(rows.map(({ publisher }) => publisher))].map((publisher) => ({
      label: publisher ?? "all sources",
      method: "restyle",
      args: [{ y: accuracies(publisher) }],
    })),
    [undefined, ...years].map((wanted) => {
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
    }),
  ];
  return plotlyFigure({
    title: "Accuracy against cost",
    data,
    layout: {
      height: HEIGHT,
      margin: { l: 64, r: 180, t: 92, b: 52 },
      xaxis: axis(names[0], { type: "log", exponentformat: "SI" }),
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
      updatemenus: choices.map((buttons, i) => ({
        buttons,
        type: "dropdown",
        direction: "down",
        x: [0, 0.44, 0.78][i],
        xanchor: "left",
        y: 1.02,
        yanchor: "bottom",
        bgcolor: "rgba(128, 128, 128, 0.25)",
        font: { size: 12 },
        showactive: true,
      })),
    },
    text: [
      `top-1 accuracy over ${names[0]}, logarithmic, circles by parameters; ${rows.length} accuracies`,
      ...families.map(
        ({ family, its, year }) => `${family}, ${year}: ${its.length}, ${range(its)}`,
      ),
    ].join("\n"),
  });
}

/**
 * Rows whose names have room in the first picture, of some six decades and forty percent: the most accurate of each
 * family before the others of it.
 */
function withRoom<Row extends LandscapeRow>(
  rows: readonly Row[],
  costIn: (row: Row) => number | null,
): Set<Row> {
  const drawn: { x: number; y: number; width: number }[] = [];
  const labelled = new Set<Row>();
  const families = new Set<string>();
  for (const row of [...rows].sort((a, b) => b.top1 - a.top1)) {
    const cost = costIn(row);
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
