import { ArgumentError, requireOneOf } from "../tensor";
import { FOREGROUND } from "./colours";
import type { PlotlyObject } from "./Figure";
import { axis } from "./layout";
import { extent } from "./scale";
import { shortNumber } from "./values";

/** What the two axes of a plot are. */
export interface AxisOptions {
  /** What runs along the horizontal axis, with its unit: "time (ms)". */
  x?: string | undefined;
  /** What runs along the vertical axis, with its unit. */
  y?: string | undefined;
  /** Which axes are logarithmic. */
  log?: "x" | "y" | "xy" | undefined;
}

const MINOR_TICKS = { ticks: "outside", ticklen: 3, tickcolor: FOREGROUND };

/** Where the points of a curve or cloud lie. */
export interface Coordinates {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Both axes and the legend as plotly wants them, for what is drawn. */
export function plotAxes({ x, y, log }: AxisOptions, drawn: readonly Coordinates[]): PlotlyObject {
  const scaled = (name: "x" | "y"): PlotlyObject =>
    log?.includes(name)
      ? {
          type: "log",
          exponentformat: "power",
          minor: MINOR_TICKS,
          ...logTicks(drawn.flatMap((coordinates) => coordinates[name])),
        }
      : {};
  return {
    xaxis: axis(x, scaled("x")),
    yaxis: axis(y, scaled("y")),
    legend: {
      orientation: "h",
      x: 0,
      y: 1,
      yanchor: "bottom",
      bgcolor: "rgba(0, 0, 0, 0)",
      itemsizing: "constant",
    },
  };
}

/** Over so large a ratio the powers of ten suffice; over less than the other, nothing but plotly's own numbers do. */
const RATIO = { decades: 30, steps: 2.5 };

/**
 * Which numbers stand on a logarithmic axis. Plotly's own are "10" in large and "2" and "5" in small letters, which
 * run into each other where the axis is short.
 */
function logTicks(values: readonly number[]): PlotlyObject {
  const [low, high] = extent(values) ?? [1, 1];
  if (high / low >= RATIO.decades) return { dtick: 1 };
  if (!(high / low >= RATIO.steps)) return {};
  const first = Math.floor(Math.log10(low));
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high)) - first + 1 },
    (_, i) => first + i,
  );
  const steps = decades.flatMap((power) => [1, 2, 5].map((step) => Number(`${step}e${power}`)));
  return { tickmode: "array", tickvals: steps, ticktext: steps.map(shortNumber) };
}

/** The axes in words: "loss over epoch, y logarithmic". */
export function describeAxes({ x, y, log }: AxisOptions): string {
  const scale = log ? `, ${log === "xy" ? "both axes" : log} logarithmic` : "";
  return `${y ?? "y"} over ${x ?? "x"}${scale}`;
}

/** Lets through the axes that are to be logarithmic, or nothing. */
export function requireLog(call: string, log: unknown): void {
  if (log !== undefined) requireOneOf(call, "log", log, ["x", "y", "xy"]);
}

/** Refuses what has no position on a logarithmic axis: plotly would leave it out without a word. */
export function requirePositiveOnLog(
  call: string,
  name: string,
  points: { x: readonly number[]; y: readonly number[] },
  log: AxisOptions["log"],
): void {
  for (const side of ["x", "y"] as const) {
    const bad = log?.includes(side) ? points[side].findIndex((value) => value <= 0) : -1;
    if (bad < 0) continue;
    throw new ArgumentError({
      call,
      argument: `${name}'s ${side}[${bad}]`,
      expected: `positive, since the ${side} axis is logarithmic`,
      received: points[side][bad],
    });
  }
}
