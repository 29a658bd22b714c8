import { coveredLength, type Window, type WindowAxis } from "../../arithmetic";
import { ArgumentError, formatTensor, type Tensor, tensor } from "../../tensor";

/** A sliding window with all that happens at each of its positions. */
export interface Scene {
  /** [h, w, c] */
  input: Tensor;
  /** [kh, kw, c]; a pooling has none. */
  kernel?: Tensor;
  /** [oh, ow] */
  output: Tensor;
  window: Window;
  /** One for each output value, row by row. */
  steps: readonly Step[];
  title: string;
}

/** A term of a calculation, and what it stands for: a value of the input, of the padding, of the filter, of the output. */
export interface Term {
  text: string;
  role?: "input" | "padding" | "filter" | "output";
}

/** One line of a calculation. */
export type Line = readonly Term[];

/** One position of the window. */
export interface Step {
  /** Which output value. */
  row: number;
  column: number;
  result: number;
  /** How it comes about. */
  arithmetic: readonly Line[];
}

/** What one tap of the window sees. */
export interface Tap {
  /** Its index in the kernel. */
  a: number;
  b: number;
  channel: number;
  /** The input's value; nothing in the padding. */
  value: number | undefined;
}

/** More cells than this one above the other, or side by side, cannot be read. */
const MOST_CELLS = { high: 20, wide: 16 };

/** Whether an input is a photograph in colour: three channels, none of them below 0, as `imageGrid` sees it too. */
export function isInColour(input: Tensor): boolean {
  return input.shape[2] === 3 && input.data.every((value) => value >= 0);
}

/** Every position of a window over an input, [h, w, c], with what its taps see, channel by channel. */
export function positionsOf(
  input: Tensor,
  window: Window,
): { row: number; column: number; taps: Tap[] }[] {
  const { height, width } = window;
  return Array.from({ length: height.output * width.output }, (_, i) => {
    const [row, column] = [Math.floor(i / width.output), i % width.output];
    return { row, column, taps: tapsAt(input, window, row, column) };
  });
}

/** The results of all steps, [oh, ow]. */
export function outputOf({ height, width }: Window, steps: readonly Step[]): Tensor {
  const results = steps.map(({ result }) => result);
  return tensor(results, [height.output, width.output], "float64");
}

function tapsAt(input: Tensor, { height, width }: Window, row: number, column: number): Tap[] {
  const [h, w, channels] = input.shape;
  const taps: Tap[] = [];
  for (let channel = 0; channel < channels; channel++)
    for (let a = 0; a < height.kernel; a++)
      for (let b = 0; b < width.kernel; b++) {
        const i = row * height.stride + a * height.dilation - height.before;
        const j = column * width.stride + b * width.dilation - width.before;
        const inside = i >= 0 && i < h && j >= 0 && j < w;
        taps.push({ a, b, channel, value: inside ? input.get(i, j, channel) : undefined });
      }
  return taps;
}

/** The length of the input with all that is drawn around it, a window that hangs over the end included. */
export function drawnLength(axis: WindowAxis): number {
  const reached = (axis.output - 1) * axis.stride + coveredLength(axis.kernel, axis.dilation);
  return Math.max(axis.before + axis.input + axis.after, reached);
}

/** Refuses what would have to be drawn too small to be read. */
export function requireReadable(call: string, input: Tensor, window: Window): void {
  const rows = drawnLength(window.height) * input.shape[2];
  const columns = drawnLength(window.width);
  if (rows <= MOST_CELLS.high && columns <= MOST_CELLS.wide) return;
  throw new ArgumentError({
    call,
    argument: "input",
    expected: `small enough to be read: at most ${MOST_CELLS.high} rows (of all channels together) and ${MOST_CELLS.wide} columns, padding included`,
    received: input,
    receivedAs: `${rows} rows and ${columns} columns`,
    remedy: "Cut out a part of it.",
  });
}

/** The scene in a sentence that begins with `what`. */
export function titleOf(what: string, input: Tensor, { height, width }: Window): string {
  const [h, w, channels] = input.shape;
  const both = (a: number | string, b: number | string): string =>
    a === b ? `${a}` : `${a} × ${b}`;
  const around = [height, width].map(({ before, after }) => both(before, after));
  const padded = [height, width].some(({ before, after }) => before + after > 0);
  const parts = [
    `${what} ${h} × ${w}${channels > 1 ? ` × ${channels}` : ""} input`,
    `stride ${both(height.stride, width.stride)}`,
    padded ? `padding ${both(around[0], around[1])}` : "no padding",
  ];
  if (height.dilation > 1 || width.dilation > 1)
    parts.push(`dilation ${both(height.dilation, width.dilation)}`);
  return `${parts.join(", ")}: the output is ${height.output} × ${width.output}`;
}

/** The scene as text: its sentence, and the numbers. */
export function describeScene({ title, input, kernel, output }: Scene): string {
  const grid = (name: string, x: Tensor): string => {
    const [h, w, channels = 1] = x.shape;
    return `${name}\n${formatTensor(channels === 1 ? x.reshape([h, w]) : x)}`;
  };
  return [title, grid("input", input), kernel ? grid("filter", kernel) : "", grid("output", output)]
    .filter(Boolean)
    .join("\n");
}
