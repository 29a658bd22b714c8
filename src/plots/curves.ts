import { ArgumentError, requireOptions, Tensor } from "../tensor";
import type { PlotlyFigure } from "./Figure";
import { type AxisOptions, describeAxes, plotAxes, requireLog, requirePositiveOnLog } from "./axes";
import { plotlyFigure } from "./layout";
import { extent } from "./scale";
import { noted, shortened, thinnedCurve } from "./thin";
import { count, shortNumber, titled } from "./values";

/** The values of a curve at 0, 1, 2, ..., or at positions of its own. */
export type Curve = Values | { x: Values; y: Values };
export type Values = readonly number[] | Float32Array | Float64Array | Tensor;

export interface CurvesOptions extends AxisOptions {
  title?: string | undefined;
  /** Whether the points are marked; when left out, where there are at most 30 of them. */
  markers?: boolean | undefined;
}

/** A second way to tell curves apart, for eyes and printers that see no colour. */
const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
const MOST_MARKED_POINTS = 30;

/**
 * Curves over a common axis: a loss over the epochs, an output size over the stride. A value that is not
 * finite leaves a gap. Of more than 100,000 points the least and the greatest of every few are drawn, as the picture says.
 *
 * @example
 * curves({ loss: [2.3, 0.9, 0.4] }, { title: "Training", x: "epoch", y: "loss" }).text
 * // → "Training: loss over epoch\nloss: 3 points, x from 0 to 2, y from 0.4 to 2.3"
 */
export function curves(series: Record<string, Curve>, options: CurvesOptions = {}): PlotlyFigure {
  requireOptions<CurvesOptions>("curves", options, {
    title: true,
    markers: "flag",
    x: true,
    y: true,
    log: true,
  });
  requireLog("curves", options.log);
  const names = Object.keys(series ?? {});
  if (names.length === 0) {
    const expected = "an object with at least one curve, {name: values}";
    throw new ArgumentError({ call: "curves", argument: "series", expected, received: series });
  }
  const lines = names.map((name) => ({ name, ...pointsOf(name, series[name]) }));
  for (const { name, x, y } of lines) requirePositiveOnLog("curves", name, { x, y }, options.log);
  const marked = options.markers ?? lines.every(({ y }) => y.length <= MOST_MARKED_POINTS);
  const total = lines.reduce((sum, { y }) => sum + y.length, 0);
  const drawn = lines.map(({ name, x, y }) => ({ name, x, y, ...thinnedCurve(y, total) }));
  return plotlyFigure({
    title: options.title,
    data: drawn.map(({ name, x, y, keep, note }, i) => ({
      type: "scatter",
      mode: marked ? "lines+markers" : "lines",
      name,
      x: shortened(keep(x), note),
      y: shortened(keep(y), note).map((value) => (Number.isFinite(value) ? value : null)),
      line: { dash: DASHES[i % DASHES.length], width: 2 },
    })),
    layout: {
      ...plotAxes({ ...options, x: noted(options.x, drawn[0].note) }, lines),
      showlegend: lines.length > 1,
      hovermode: lines.length > 1 ? "x unified" : "closest",
    },
    text: [
      `${titled(options.title)}${describeAxes(options)}`,
      ...lines.map(({ name, x, y }) => `${name}: ${describePoints(x, y)}`),
    ].join("\n"),
  });
}

/** How many points there are and where they lie. */
export function describePoints(x: readonly number[], y: readonly number[]): string {
  const ends = [x, y].map((values) => extent(values)?.map(shortNumber).join(" to ") ?? "nowhere");
  return `${count(x.length, "point")}, x from ${ends[0]}, y from ${ends[1]}`;
}

function pointsOf(name: string, curve: Curve): { x: number[]; y: number[] } {
  const own = typeof curve === "object" && curve !== null && "x" in curve && "y" in curve;
  const y = valuesOf(`series.${name}${own ? ".y" : ""}`, own ? curve.y : (curve as Values));
  const x = own ? valuesOf(`series.${name}.x`, curve.x) : y.map((_, i) => i);
  if (x.length === y.length) return { x, y };
  throw new ArgumentError({
    call: "curves",
    argument: `series.${name}.x`,
    expected: `as long as y, ${y.length}`,
    received: x,
    receivedAs: String(x.length),
  });
}

function valuesOf(argument: string, values: Values): number[] {
  const list = values instanceof Tensor ? values.data : values;
  if ((Array.isArray(list) || ArrayBuffer.isView(list)) && list.length > 0) {
    const numbers = Array.from(list as ArrayLike<number>);
    if (numbers.every((value) => typeof value === "number")) return numbers;
  }
  const expected = "numbers, at least one";
  throw new ArgumentError({ call: "curves", argument, expected, received: values });
}
