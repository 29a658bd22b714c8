import { escapeMarkup } from "../../notebook";
import { ArgumentError, requireOptions } from "../../tensor";
import {
  drawTitle,
  element,
  extent,
  GRID_LINE,
  letters,
  percent,
  progressBar,
  roundNumbers,
  SERIES_COLOURS,
  shortNumber,
  type SvgFigure,
  svgFigure,
  titled,
  titleWidth,
} from "../../plots";

/** What one pass through the examples came to. */
export interface EpochRecord {
  /** The mean over the epoch's batches, in nats, each before its step. */
  loss: number;
  /** The fraction of right answers, 0 to 1, likewise. */
  accuracy: number;
  /** On the validation set after the epoch, where there is one. */
  validationLoss?: number;
  validationAccuracy?: number;
  /** Training alone, without validation. */
  seconds: number;
  imagesPerSecond: number;
}

/** The mean over a short run of batches. */
export interface CurvePoint {
  /** Where: 1.5 is the middle of the second epoch. */
  epoch: number;
  loss: number;
  accuracy: number;
}

/** How a training went; `fit` gives one. */
export interface TrainingHistory {
  title: string;
  epochs: readonly EpochRecord[];
  curve: readonly CurvePoint[];
}

export interface TrainingCurvesOptions {
  /** How many epochs there is room for. As many as there are when left out. */
  epochs?: number | undefined;
  /** What stands below the title. */
  note?: string | undefined;
  /** The fraction of the work that is done, 0 to 1: draws a bar. */
  progress?: number | undefined;
}

const WIDTH = 660;
const PLOT = { top: 84, height: 150, width: 262, left: [48, 388] } as const;
const HEIGHT = PLOT.top + PLOT.height + 40;
const [TRAINING, VALIDATION] = SERIES_COLOURS;

type Point = readonly [x: number, y: number];

interface Panel {
  name: string;
  left: number;
  training: readonly Point[];
  /** The mean of the last whole epoch; a batch's own value would jump about beside the validation's. */
  ofEpoch: number | undefined;
  validation: readonly Point[];
  format: (value: number) => string;
  /** The range that is always shown, beside what the values take. */
  includes: number;
}

/**
 * Loss and accuracy over the epochs: of the batches trained on as a line, of the validation set as points.
 *
 * @example
 * const epoch = { loss: 0.5, accuracy: 0.8, validationLoss: 0.4, validationAccuracy: 0.85, seconds: 2, imagesPerSecond: 500 };
 * trainingCurves({ title: "LeNet-5", epochs: [epoch], curve: [{ epoch: 0.5, loss: 0.5, accuracy: 0.8 }] }).text
 * // → "LeNet-5\nepoch 1: loss 0.5, accuracy 80.0%, validation loss 0.4, validation accuracy 85.0%, 2.0 s, 500 images/s"
 */
export function trainingCurves(
  history: TrainingHistory,
  options: TrainingCurvesOptions = {},
): SvgFigure {
  requireOptions<TrainingCurvesOptions>("trainingCurves", options, {
    epochs: true,
    note: true,
    progress: true,
  });
  const { title, epochs, curve } = history ?? {};
  if (!Array.isArray(epochs) || !Array.isArray(curve)) {
    const expected = "what fit(...) gives";
    throw new ArgumentError({
      call: "trainingCurves",
      argument: "history",
      expected,
      received: history,
    });
  }
  const { note = "", progress } = options;
  // An interrupted epoch has a curve, but no record.
  const begun = Math.ceil(curve.at(-1)?.epoch ?? 0);
  const length = Math.max(options.epochs ?? epochs.length, begun, 1);
  const validated = (of: (epoch: EpochRecord) => number | undefined): Point[] =>
    epochs.flatMap((epoch, i): Point[] => {
      const value = of(epoch);
      return value === undefined ? [] : [[i + 1, value]];
    });
  const panels: Panel[] = [
    {
      name: "loss",
      left: PLOT.left[0],
      training: curve.map(({ epoch, loss }) => [epoch, loss]),
      ofEpoch: epochs.at(-1)?.loss,
      validation: validated(({ validationLoss }) => validationLoss),
      format: shortNumber,
      includes: 0,
    },
    {
      name: "accuracy",
      left: PLOT.left[1],
      training: curve.map(({ epoch, accuracy }) => [epoch, accuracy]),
      ofEpoch: epochs.at(-1)?.accuracy,
      validation: validated(({ validationAccuracy }) => validationAccuracy),
      format: (value) => `${Number((100 * value).toFixed(1))}%`,
      includes: 1,
    },
  ];
  return svgFigure({
    width: Math.max(WIDTH, titleWidth(title)),
    height: HEIGHT,
    text: [`${titled(title)}${note}`.replace(/: $/, ""), ...epochs.map(epochText)].join("\n"),
    content: [
      drawTitle(title),
      letters(note, { x: 0, y: 36, "font-size": 12 }),
      progressBar(progress, WIDTH, 44),
      ...panels.map((panel) => drawPanel(panel, length)),
    ].join(""),
  });
}

/** One epoch in a line, numbered from 1. */
export function epochText(epoch: EpochRecord, i: number): string {
  const { loss, accuracy, validationLoss, validationAccuracy, seconds, imagesPerSecond } = epoch;
  const validation =
    validationLoss === undefined || validationAccuracy === undefined
      ? []
      : [
          `validation loss ${shortNumber(validationLoss)}`,
          `validation accuracy ${percent(validationAccuracy)}`,
        ];
  return [
    `epoch ${i + 1}: loss ${shortNumber(loss)}`,
    `accuracy ${percent(accuracy)}`,
    ...validation,
    `${seconds.toFixed(1)} s`,
    `${Math.round(imagesPerSecond).toLocaleString("en-GB")} images/s`,
  ].join(", ");
}

function drawPanel(panel: Panel, epochs: number): string {
  const { left, training, validation, format, includes } = panel;
  const values = [...training, ...validation].map(([, value]) => value);
  const [low, high] = extent([...values, includes]) ?? [0, 1];
  const ticks = roundNumbers(low, high > low ? high : low + 1);
  const [bottom, top] = [ticks[0], ticks[ticks.length - 1]];
  const toPixels = ([epoch, value]: Point): Point => [
    left + (PLOT.width * epoch) / epochs,
    PLOT.top + PLOT.height * (1 - (value - bottom) / (top - bottom)),
  ];
  const inView = ([, value]: Point): boolean => Number.isFinite(value);
  const points = training.filter(inView).map(toPixels);
  const marks = validation.filter(inView).map(toPixels);
  return [
    legend(panel),
    ...ticks.map((tick) => horizontal(left, toPixels([0, tick])[1], format(tick))),
    ...epochTicks(epochs).map((epoch) => {
      const [x, y] = toPixels([epoch, bottom]);
      return letters(String(epoch), { x, y: y + 16, "text-anchor": "middle", "font-size": 11 });
    }),
    letters("epoch", {
      x: left + PLOT.width / 2,
      y: PLOT.top + PLOT.height + 32,
      "text-anchor": "middle",
      "font-size": 11,
    }),
    polyline(points, { stroke: TRAINING }),
    polyline(marks, { stroke: VALIDATION, "stroke-dasharray": "5 4" }),
    ...marks.map(([cx, cy]) => element("circle", { cx, cy, r: 3.5, fill: VALIDATION })),
  ].join("");
}

function horizontal(left: number, y: number, label: string): string {
  return (
    element("line", { x1: left, x2: left + PLOT.width, y1: y, y2: y, stroke: GRID_LINE }) +
    letters(label, { x: left - 6, y: y + 4, "text-anchor": "end", "font-size": 11 })
  );
}

function polyline(points: readonly Point[], look: Record<string, string>): string {
  if (points.length < 2) return "";
  const drawn = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  return element("polyline", { points: drawn, fill: "none", "stroke-width": 2, ...look });
}

/** The name of the panel, and of its curves in their colours, each with its value after the last whole epoch. */
function legend({ name, left, training, ofEpoch, validation, format }: Panel): string {
  const now = (points: readonly Point[], instead?: number): string =>
    [instead ?? points.at(-1)?.[1]].flatMap((y) => (y === undefined ? [] : format(y))).join("");
  const word = (text: string, look: Record<string, string>): string =>
    element("tspan", { dx: 10, ...look }, escapeMarkup(text));
  return element(
    "text",
    { x: left - 50, y: PLOT.top - 10 },
    word(name, { "font-weight": "600" }),
    word(`training ${now(training, ofEpoch)}`, { fill: TRAINING }),
    validation.length > 0 ? word(`validation ${now(validation)}`, { fill: VALIDATION }) : "",
  );
}

/** The ends of the epochs, or of some of them where there are many. */
function epochTicks(epochs: number): number[] {
  return roundNumbers(0, epochs).filter((epoch) => Number.isInteger(epoch) && epoch <= epochs);
}
