import { formatCount } from "../../network";
import { ArgumentError, intervalText, requireOptions, studentInterval } from "../../tensor";
import {
  drawTitle,
  element,
  extent,
  GRID_LINE,
  type HtmlFigure,
  letters,
  percent,
  progressBar,
  roundNumbers,
  SERIES_COLOURS,
  shortNumber,
  type SvgFigure,
  svgFigure,
  table,
  titled,
  titleWidth,
  wrap,
} from "../../plots";

/** Numbers by their mean and their standard deviation, which is NaN for fewer than two. */
export interface Spread {
  mean: number;
  deviation: number;
}

/** One way to do it, trained several times from different beginnings. */
export interface TrialRow extends Spread {
  name: string;
  params: number;
  /** Multiply-adds for one image. */
  macs: number;
  /** On the test set after training, one for each seed, 0 to 1. Mean and deviation are theirs. */
  accuracies: readonly number[];
  /** The same after fewer epochs, where `trials` was to measure them. */
  earlierAccuracies?: readonly number[];
  /** To train once, the mean over the seeds. */
  seconds: number;
  /** By how much it is better than the first row, seed by seed. Missing in the first row. */
  difference?: Spread;
}

/** What `trials` gives. */
export interface TrialsResult {
  title: string;
  seeds: readonly number[];
  /** After this many epochs each was judged too. */
  earlier?: number;
  rows: readonly TrialRow[];
  /** Whether somebody ended it before all was trained. */
  interrupted: boolean;
  /** All in all. */
  seconds: number;
}

export interface TrialsPlotOptions {
  /** What stands below the title. */
  note?: string | undefined;
  /** The fraction of the work that is done, 0 to 1: draws a bar. */
  progress?: number | undefined;
}

/**
 * The results of `trials` in figures: a row for each variant, a column for each seed, mean and standard deviation,
 * and how far each is from the first, seed by seed, with the 95% interval of Student's t. Where that holds 0, these
 * seeds cannot tell the two apart, and the table says so. Of trials with `earlier`, the mean and the difference after so
 * many epochs stand beside.
 *
 * @example
 * const rows = [{ name: "plain", params: 100, macs: 2000, accuracies: [0.9, 0.92], mean: 0.91, deviation: 0.0141, seconds: 3 }];
 * const result = { title: "Trial", seeds: [1, 2], rows, interrupted: false, seconds: 6 };
 * trialsTable(result).text.split("\n").slice(1)
 * // → ["variant  parameters  multiply-adds  seed 1  seed 2  mean  std. dev.  seconds", "plain    100         2,000              90      92    91       1.41        3"]
 */
export function trialsTable(result: TrialsResult): HtmlFigure {
  requireResult("trialsTable", result);
  const rows = result.rows.map((row) => ({
    variant: row.name,
    parameters: formatCount(row.params),
    "multiply-adds": formatCount(row.macs),
    ...Object.fromEntries(
      result.seeds.map((seed, i) => [`seed ${seed}`, inPercent(row.accuracies[i])]),
    ),
    mean: inPercent(row.mean),
    "std. dev.": inPercent(row.deviation),
    ...(row.difference && {
      difference: differenceText(row.accuracies, result.rows[0].accuracies),
    }),
    ...earlierOf(row, result),
    seconds: Number.isNaN(row.seconds) ? undefined : Number(row.seconds.toFixed(1)),
  }));
  return table(rows, { title: `${result.title}: accuracy on the test set, %` });
}

/** The columns of the shorter training. */
function earlierOf(
  row: TrialRow,
  { earlier, rows: [first] }: TrialsResult,
): Record<string, unknown> {
  const { earlierAccuracies: of } = row;
  if (earlier === undefined || !of) return {};
  const after = `after ${earlier} ${earlier === 1 ? "epoch" : "epochs"}`;
  const mean = of.reduce((sum, accuracy) => sum + accuracy, 0) / of.length;
  const than = first.earlierAccuracies;
  return {
    [`mean ${after}`]: inPercent(mean),
    ...(row.difference && than && { [`difference ${after}`]: differenceText(of, than) }),
  };
}

const WIDTH = 660;
const AXIS = { left: 180, width: 440, top: 66, row: 30 } as const;

/**
 * The results of `trials` as points on a line for each variant, one for each seed, with a mark at their mean.
 *
 * @example
 * const rows = [{ name: "plain", params: 100, macs: 2000, accuracies: [0.9, 0.92], mean: 0.91, deviation: 0.0141, seconds: 3 }];
 * trialsPlot({ title: "Trial", seeds: [1, 2], rows, interrupted: false, seconds: 6 }).text
 * // → "Trial: accuracy on the test set\nplain: 90.0%, 92.0%, mean 91.0% (std. dev. 1.4)"
 */
export function trialsPlot(result: TrialsResult, options: TrialsPlotOptions = {}): SvgFigure {
  requireOptions<TrialsPlotOptions>("trialsPlot", options, { note: true, progress: true });
  requireResult("trialsPlot", result);
  const { title, rows } = result;
  const { note = "accuracy on the test set", progress } = options;
  const [low, high] = extent(rows.flatMap(({ accuracies }) => accuracies)) ?? [0, 1];
  const ticks = roundNumbers(100 * low, 100 * (high > low ? high : low + 0.01)); // percent
  const [first, last] = [ticks[0], ticks[ticks.length - 1]];
  const xOf = (accuracy: number): number =>
    AXIS.left + (AXIS.width * (100 * accuracy - first)) / (last - first);
  const bottom = AXIS.top + AXIS.row * rows.length;
  const grid = ticks.map((tick) => {
    const x = xOf(tick / 100);
    const label = { x, y: bottom + 16, "text-anchor": "middle", "font-size": 11 };
    return (
      element("line", { x1: x, x2: x, y1: AXIS.top, y2: bottom, stroke: GRID_LINE }) +
      letters(`${shortNumber(Number(tick.toFixed(6)))}%`, label)
    );
  });
  const strips = rows.map((row, i) => {
    const y = AXIS.top + AXIS.row * (i + 0.5);
    const fill = SERIES_COLOURS[i % SERIES_COLOURS.length];
    const points = row.accuracies.map((accuracy) =>
      element("circle", { cx: xOf(accuracy), cy: y, r: 5, fill, "fill-opacity": "0.7" }),
    );
    const x = xOf(row.mean);
    const mean = element("line", {
      x1: x,
      x2: x,
      y1: y - 10,
      y2: y + 10,
      stroke: fill,
      "stroke-width": 2,
    });
    return [...nameBeside(row.name, y), ...points, row.accuracies.length > 0 ? mean : ""].join("");
  });
  return svgFigure({
    width: Math.max(WIDTH, titleWidth(title)),
    height: bottom + 24,
    text: [`${titled(title)}${note}`, ...rows.map((row) => rowText(row, rows[0]))].join("\n"),
    content: [
      drawTitle(title),
      letters(note, { y: 36, "font-size": 12 }),
      progressBar(progress, WIDTH, 44),
      ...grid,
      ...strips,
    ].join(""),
  });
}

/** A name in one line or two, at the left of its strip. */
function nameBeside(name: string, y: number): string[] {
  const lines = wrap(name, AXIS.left - 12, 12).slice(0, 2);
  return lines.map((line, i) =>
    letters(line, {
      x: AXIS.left - 12,
      y: y + 4 + 14 * (i - (lines.length - 1) / 2),
      "text-anchor": "end",
      "font-size": 12,
    }),
  );
}

/** One variant in a line: the mean with its standard deviation, the difference with its 95% interval, as in the table. */
export function rowText(row: TrialRow, first: TrialRow): string {
  const { name, accuracies, mean, deviation, difference } = row;
  if (accuracies.length === 0) return `${name}: nothing yet`;
  const spread = Number.isFinite(deviation) ? ` (std. dev. ${(100 * deviation).toFixed(1)})` : "";
  const all = [
    ...accuracies.map((accuracy) => percent(accuracy)),
    `mean ${percent(mean)}${spread}`,
  ];
  return `${name}: ${[...all, ...(difference ? [`difference ${differenceText(accuracies, first.accuracies)}`] : [])].join(", ")}`;
}

/** In points, with its interval; one seed alone has none. */
function differenceText(accuracies: readonly number[], first: readonly number[]): string {
  const differences = accuracies.map((accuracy, i) => accuracy - first[i]);
  if (differences.length < 2 || !differences.every(Number.isFinite)) return alone(differences[0]);
  const { mean, margin } = studentInterval(differences);
  const verdict = Math.abs(mean) <= margin ? " (cannot be told apart)" : "";
  return `${intervalText(differences, { percent: true })}${verdict}`;
}

function alone(difference: number | undefined): string {
  if (difference === undefined) return "";
  return `${difference < 0 ? "−" : "+"}${(100 * Math.abs(difference)).toFixed(2)}`;
}

function inPercent(fraction: number | undefined): number | undefined {
  return fraction === undefined || Number.isNaN(fraction)
    ? undefined
    : Number((100 * fraction).toFixed(2));
}

function requireResult(call: string, result: unknown): void {
  const { rows, seeds } = (result ?? {}) as Partial<TrialsResult>;
  if (Array.isArray(rows) && rows.length > 0 && Array.isArray(seeds)) return;
  const expected = "what trials(...) gives";
  throw new ArgumentError({ call, argument: "result", expected, received: result });
}
