import { requireOneOf } from "../tensor";

/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/**
 * How numbers become colours.
 *
 * - `"signed"`: negative red, zero near white, positive blue; the scale is centred on 0.
 * - `"sequential"`: from near white to dark blue, the positive half of "signed".
 * - `"grey"`: from black to white, as in a photograph.
 * - `"cyclic"`: once around the colour wheel, for angles.
 */
export type ColourMap = "signed" | "sequential" | "grey" | "cyclic";

/** RdBu of ColorBrewer (Cynthia Brewer, colorbrewer2.org) without its two darkest; the colour-blind can read it as well. */
const RED_TO_BLUE = [
  "#b2182b",
  "#d6604d",
  "#f4a582",
  "#fddbc7",
  "#f7f7f7",
  "#d1e5f0",
  "#92c5de",
  "#4393c3",
  "#2166ac",
];
const WHEEL = ["#e8483f", "#d9a514", "#4fb33c", "#1fb5ad", "#3b7de0", "#b04fd0", "#e8483f"];

const STOPS: Record<ColourMap, readonly Rgb[]> = {
  signed: RED_TO_BLUE.map(parseHex),
  sequential: RED_TO_BLUE.slice(4).map(parseHex),
  grey: [
    [0, 0, 0],
    [255, 255, 255],
  ],
  cyclic: WHEEL.map(parseHex),
};

/** Lines and bars, in the order of use: each has a contrast of at least 3 to white and to #111. */
export const SERIES_COLOURS = ["#2a7fc9", "#d55e00", "#009e73", "#b3589a", "#a07d00", "#797979"];

/** Letters and lines that stand out equally (4.3 to 1) from a white page and from a dark one, #111. */
export const FOREGROUND = "#797979";
/** Where a page is known to be dark: 6.7 to 1 on #111, and still 2.8 to 1 on white if that was wrong. */
export const FOREGROUND_IN_THE_DARK = "#9a9a9a";
export const GRID_LINE = "rgba(128, 128, 128, 0.25)";

/** The colour at `position`, 0 to 1, of a map; positions beyond the ends have the colour of the end. */
export function colourAt(map: ColourMap, position: number): Rgb {
  const stops = STOPS[map];
  const stop = Math.min(Math.max(position, 0), 1) * (stops.length - 1);
  const before = Math.min(Math.floor(stop), stops.length - 2);
  const fraction = stop - before;
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(stops[before][channel] * (1 - fraction) + stops[before + 1][channel] * fraction);
  return [mix(0), mix(1), mix(2)];
}

/** Lets through the name of a map, or nothing. */
export function requireColourMap(call: string, colours: unknown): void {
  if (colours !== undefined) requireOneOf(call, "colours", colours, Object.keys(STOPS));
}

/** A map as plotly wants it: pairs of position and colour. */
export function plotlyColourscale(map: ColourMap): [number, string][] {
  const stops = STOPS[map];
  return stops.map((colour, i) => [i / (stops.length - 1), cssColour(colour)]);
}

export function cssColour([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

/** Black or white, whichever is legible on a colour (W3C's relative luminance). */
export function letterColourOn([red, green, blue]: Rgb): string {
  const linear = (value: number): number => (value / 255) ** 2.2;
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  return luminance > 0.18 ? "#1a1a1a" : "#ffffff";
}

function parseHex(hex: string): Rgb {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
