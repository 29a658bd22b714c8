import { ArgumentError, requireFinite } from "../tensor";
import { type ColourMap, colourAt, type Rgb } from "./colours";

/** The numbers at the two ends of a colour map. */
export type Range = readonly [low: number, high: number];

/** Which colour stands for which number. */
export interface Scale {
  colours: ColourMap;
  range: Range;
}

/** The least and the greatest finite number, or nothing when there is none. */
export function extent(values: ArrayLike<number>): Range | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return low <= high ? [low, high] : undefined;
}

/**
 * The scale that suits some numbers: signed and centred on 0 where there are negative ones, otherwise from
 * the least to the greatest. What is given goes first.
 */
export function fittingScale(
  call: string,
  values: ArrayLike<number>,
  wanted: { colours?: ColourMap | undefined; range?: Range | undefined } = {},
): Scale {
  const range = requireRange(call, wanted.range);
  const [low, high] = extent(values) ?? [0, 0];
  const colours = wanted.colours ?? (low < 0 ? "signed" : "sequential");
  if (range) return { colours, range };
  if (colours === "cyclic") return { colours, range: [-Math.PI, Math.PI] };
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
  if (colours === "signed") return { colours, range: [-reach, reach] };
  return { colours, range: low < high ? [low, high] : [Math.min(low, 0), Math.max(low, 0) || 1] };
}

/** The colour of a number on a scale. */
export function colourOf({ colours, range: [low, high] }: Scale, value: number): Rgb {
  return colourAt(colours, (value - low) / (high - low));
}

function requireRange(call: string, range: Range | undefined): Range | undefined {
  if (range === undefined) return undefined;
  if (Array.isArray(range) && range.length === 2) {
    const [low, high] = range.map((end, i) => requireFinite(call, `range[${i}]`, end));
    if (low < high) return [low, high];
  }
  const expected = "two numbers [low, high], the lower one first";
  throw new ArgumentError({ call, argument: "range", expected, received: range });
}

/** Some five round numbers whose first and last enclose a range. */
export function roundNumbers(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}
