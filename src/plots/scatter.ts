import { ArgumentError, greatest, requireFinite, requireOptions } from "../tensor";
import { type AxisOptions, describeAxes, plotAxes, requireLog, requirePositiveOnLog } from "./axes";
import type { PlotlyFigure, PlotlyObject } from "./Figure";
import { SERIES_COLOURS } from "./colours";
import { describePoints } from "./curves";
import { plotlyFigure } from "./layout";
import { noted, shortened, thinnedCloud } from "./thin";
import { titled } from "./values";

export interface Point {
  x: number;
  y: number;
  /** What stands beside it. */
  label?: string;
  /** What the area of its circle is in proportion to. */
  size?: number;
}

export interface ScatterOptions extends AxisOptions {
  title?: string | undefined;
  /** What the area of the circles is, with its unit. */
  size?: string | undefined;
  /** Lines to draw behind the points: the roof of a roofline. */
  lines?: Record<string, { x: readonly number[]; y: readonly number[] }> | undefined;
}

/** The diameter of the largest circle, and of those without a size, in pixels. */
const CIRCLE = { largest: 46, plain: 9 };

/**
 * Points in the plane, in groups of one colour: networks by cost and accuracy with their parameters as
 * circles, or layers under a roofline. Of more than 100,000 points some are drawn, evenly chosen, as the picture says.
 *
 * @example
 * scatter({ layers: [{ x: 4, y: 20, label: "conv1" }] }, { x: "FLOP / byte", y: "GFLOP/s", log: "xy" }).text
 * // → "GFLOP/s over FLOP / byte, both axes logarithmic\nlayers: 1 point, x from 4 to 4, y from 20 to 20"
 */
export function scatter(
  groups: Record<string, readonly Point[]>,
  options: ScatterOptions = {},
): PlotlyFigure {
  requireOptions<ScatterOptions>("scatter", options, {
    title: true,
    size: true,
    lines: true,
    x: true,
    y: true,
    log: true,
  });
  requireLog("scatter", options.log);
  const names = Object.keys(groups ?? {});
  if (names.length === 0 || !names.every((name) => Array.isArray(groups[name]))) {
    const expected = "an object with lists of points, {name: [{x, y}]}";
    throw new ArgumentError({ call: "scatter", argument: "groups", expected, received: groups });
  }
  const clouds = names.map((name) => ({
    name,
    points: groups[name],
    ...coordinatesOf(name, groups[name]),
  }));
  for (const { name, x, y } of clouds) requirePositiveOnLog("scatter", name, { x, y }, options.log);
  const largest = greatest(clouds.flatMap(({ points }) => points.map(({ size }) => size ?? 0)));
  const { keep, note } = thinnedCloud(clouds.reduce((sum, { x }) => sum + x.length, 0));
  const lines = Object.entries(options.lines ?? {});
  for (const [name, line] of lines)
    requirePositiveOnLog("scatter", `lines.${name}`, line, options.log);
  return plotlyFigure({
    title: options.title,
    data: [
      ...lines.map(([name, { x, y }]) => ({
        type: "scatter",
        mode: "lines",
        name,
        x: [...x],
        y: [...y],
        line: { color: SERIES_COLOURS[5], width: 2 },
      })),
      ...clouds.map(({ name, points, x, y }) => ({
        type: "scatter",
        mode: points.some(({ label }) => label) ? "markers+text" : "markers",
        name,
        x: shortened(keep(x), note),
        y: shortened(keep(y), note),
        ...(points.some(({ label }) => label) && {
          text: keep(points).map(({ label }) => label ?? ""),
        }),
        textposition: "top center",
        textfont: { size: 12 },
        cliponaxis: false,
        marker: { ...circles(keep(points), largest), opacity: 0.8 },
      })),
    ],
    layout: {
      ...plotAxes({ ...options, x: noted(options.x, note) }, [
        ...clouds,
        ...lines.map(([, line]) => line),
      ]),
      showlegend: names.length + lines.length > 1,
    },
    text: [
      `${titled(options.title)}${describeAxes(options)}${options.size ? `, circles by ${options.size}` : ""}`,
      ...clouds.map(({ name, x, y }) => `${name}: ${describePoints(x, y)}`),
    ].join("\n"),
  });
}

/** How large circles are: by their areas where some have a size, else by one diameter, which is how plotly takes a number. */
function circles(points: readonly Point[], largest: number): PlotlyObject {
  if (!points.some(({ size }) => size !== undefined)) return { size: CIRCLE.plain };
  const sizeref = (2 * largest) / CIRCLE.largest ** 2; // plotly: diameter² = 2 · size / sizeref
  const plain = (CIRCLE.plain ** 2 * sizeref) / 2;
  return { size: points.map(({ size }) => size ?? plain), sizemode: "area", sizeref };
}

function coordinatesOf(name: string, points: readonly Point[]): { x: number[]; y: number[] } {
  points.forEach((point, i) => {
    requireFinite("scatter", `groups.${name}[${i}].x`, point?.x);
    requireFinite("scatter", `groups.${name}[${i}].y`, point.y);
    if (point.size !== undefined && !(point.size > 0 && point.size < Infinity)) {
      const argument = `groups.${name}[${i}].size`;
      throw new ArgumentError({
        call: "scatter",
        argument,
        expected: "positive",
        received: point.size,
      });
    }
  });
  return { x: points.map(({ x }) => x), y: points.map(({ y }) => y) };
}
