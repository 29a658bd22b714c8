import { ArgumentError, requireFinite, requireOptions } from "../tensor";
import type { PlotlyFigure } from "./Figure";
import { axis, plotlyFigure } from "./layout";
import { plotAxes } from "./axes";
import { shortNumber, titled } from "./values";

export interface BarsOptions {
  title?: string | undefined;
  /** What the bars are of. */
  x?: string | undefined;
  /** What their length is, with its unit. */
  y?: string | undefined;
  /** Whether lengths are logarithmic. */
  log?: boolean | undefined;
}

/** A length for each name, or several, each series with the same names. */
export type Bars = Record<string, number> | Record<string, Record<string, number>>;

/**
 * A bar for each name, with its number above; for several series, bars side by side.
 *
 * @example
 * bars({ conv1: 35, conv2: 308 }, { title: "Weights", x: "layer", y: "thousands" }).text
 * // → "Weights: thousands by layer\nconv1 35, conv2 308"
 * @example
 * bars({ loops: { conv1: 9, conv2: 4 }, im2col: { conv1: 2, conv2: 1 } }, { y: "time (ms)" }).data.length // → 2
 */
export function bars(values: Bars, options: BarsOptions = {}): PlotlyFigure {
  requireOptions<BarsOptions>("bars", options, { title: true, x: true, y: true, log: "flag" });
  const series = seriesOf(values);
  const log = options.log ? "y" : undefined;
  for (const { name, lengths } of series)
    for (const [bar, length] of Object.entries(lengths)) {
      const argument = ["values", name, bar].filter((part) => part !== "").join(".");
      requireFinite("bars", argument, length);
      if (!log || length > 0) continue;
      const expected = "positive, since the axis is logarithmic";
      throw new ArgumentError({ call: "bars", argument, expected, received: length });
    }
  const axes = plotAxes({ ...options, log }, [
    { x: [], y: series.flatMap(({ lengths }) => Object.values(lengths)) },
  ]);
  return plotlyFigure({
    title: options.title,
    data: series.map(({ name, lengths }) => ({
      type: "bar",
      name,
      x: Object.keys(lengths),
      y: Object.values(lengths),
      text: Object.values(lengths).map(shortNumber),
      textposition: "outside",
      cliponaxis: false,
    })),
    layout: {
      ...axes,
      xaxis: axis(options.x, { type: "category", showgrid: false }),
      barmode: "group",
      showlegend: series.length > 1,
    },
    text: [
      `${titled(options.title)}${options.y ?? "value"} by ${options.x ?? "name"}`,
      ...series.map(({ name, lengths }) => {
        const list = Object.entries(lengths).map(
          ([bar, length]) => `${bar} ${shortNumber(length)}`,
        );
        return `${titled(name)}${list.join(", ")}`;
      }),
    ].join("\n"),
  });
}

function seriesOf(values: Bars): { name: string; lengths: Record<string, number> }[] {
  const entries = Object.entries(values ?? {});
  if (entries.length > 0 && entries.every(([, value]) => typeof value === "object" && value))
    return entries.map(([name, value]) => ({ name, lengths: value as Record<string, number> }));
  if (entries.length > 0) return [{ name: "", lengths: values as Record<string, number> }];
  const expected = "an object with at least one number, {name: number}";
  throw new ArgumentError({ call: "bars", argument: "values", expected, received: values });
}
