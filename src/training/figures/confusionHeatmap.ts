import { ArgumentError, requireOptions, requireSameShape } from "../../tensor";
import {
  cellFigure,
  cellFormat,
  cellSize,
  matrixOf,
  type Numbers,
  type PlotlyFigure,
  requireLength,
  titled,
} from "../../plots";

export interface ConfusionOptions {
  title?: string | undefined;
  /** The names of the classes; their numbers when left out. */
  classes?: readonly string[] | undefined;
}

/**
 * How often each class was taken for which: rows are the truth, columns the prediction. The cells show
 * counts, the colours the fraction of the row, so that rare classes count as much as common ones.
 *
 * @param counts [classes, classes]
 *
 * @example
 * confusionHeatmap([[8, 2], [1, 9]], { classes: ["cat", "dog"] }).text
 * // → "Confusion matrix: 2 classes, 17 of 20 right (85%)"
 */
export function confusionHeatmap(counts: Numbers, options: ConfusionOptions = {}): PlotlyFigure {
  requireOptions<ConfusionOptions>("confusionHeatmap", options, { title: true, classes: true });
  const matrix = matrixOf("confusionHeatmap", "counts", counts); // [classes, classes]
  const [classes] = matrix.shape;
  requireSameShape("confusionHeatmap", "counts", matrix, [classes, classes]);
  const at = matrix.data.findIndex((value) => !(Number.isFinite(value) && value >= 0));
  if (at >= 0) {
    const where = `counts[${Math.floor(at / classes)}][${at % classes}]`;
    throw new ArgumentError({
      call: "confusionHeatmap",
      argument: where,
      expected: "a count, 0 or more",
      received: matrix.data[at],
    });
  }
  requireLength("confusionHeatmap", "classes", options.classes, classes, "classes");
  const names = options.classes ?? Array.from({ length: classes }, (_, i) => String(i));
  const rowSums = Array.from({ length: classes }, (_, i) =>
    sum(matrix.data.subarray(i * classes, (i + 1) * classes)),
  );
  const fractions = matrix.map((value, i) => value / (rowSums[Math.floor(i / classes)] || 1));
  const right = sum(rowSums.map((_, i) => matrix.get(i, i)));
  const all = sum(rowSums);
  const percent = all > 0 ? ` (${Number(((100 * right) / all).toFixed(2))}%)` : "";
  return cellFigure(fractions, {
    title: options.title,
    x: "predicted",
    y: "true",
    rows: names,
    columns: names,
    colours: "sequential",
    range: [0, 1],
    cell: cellSize(classes, classes),
    labels: { values: matrix, format: cellFormat(matrix.data) },
    text: `${titled(options.title ?? "Confusion matrix")}${classes} classes, ${right} of ${all} right${percent}`,
  });
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
