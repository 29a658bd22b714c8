import { ArgumentError } from "../tensor";
import { formatCount } from "../network";
import type { PlotlyFigure } from "./Figure";
import { figure } from "./makeFigure";
import { type Point, scatter } from "./scatter";

/** A network with its cost and its accuracy; `zoo.accuracies()` gives such rows. */
export interface AccuracyRow {
  readonly name: string;
  /** What shares its colour. */
  readonly line: string;
  /** Multiply-adds for one image. */
  readonly macs: number;
  readonly params: number;
  /** Percent. */
  readonly top1: number;
}

/**
 * Accuracy against multiply-adds, with the parameters as the area of the circles: which network for which
 * budget.
 *
 * @see Canziani, Paszke and Culurciello, An analysis of deep neural network models, 2016, arXiv 1605.07678, whose figure it follows
 *
 * @example
 * const mine = { name: "mine", line: "mine", macs: 5e8, params: 4e6, top1: 60 };
 * accuracyChart([...zoo.accuracies(), mine]).data.length // → 7
 */
export function accuracyChart(rows: readonly AccuracyRow[]): PlotlyFigure {
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new ArgumentError({
      call: "accuracyChart",
      argument: "rows",
      expected: "networks with their accuracy, such as zoo.accuracies()",
      received: rows,
    });
  }
  const groups: Record<string, Point[]> = {};
  const names: Record<string, string[]> = {};
  const named: Named[] = [];
  for (const { name, line, macs, params, top1 } of rows) {
    const point = { x: macs / 1e9, y: top1, size: params };
    const its = { name, ...point };
    const hasRoom = named.every((other) => !overlap(its, other));
    if (hasRoom) named.push(its);
    groups[line] ??= [];
    names[line] ??= [];
    groups[line].push(hasRoom ? { ...point, label: name } : point);
    names[line].push(`${name}: ${formatCount(params)} parameters`);
  }
  const chart = scatter(groups, {
    title: "Accuracy against work",
    x: "multiply-adds / G",
    y: "top-1 accuracy / %",
    log: "x",
    size: "parameters",
  });
  // Every circle says its name when it is pointed at, also where there is no room for letters.
  const data = chart.data.map((trace) => ({ ...trace, hovertext: names[String(trace.name)] }));
  return figure({ ...chart, data, layout: { ...chart.layout, height: 560 } });
}

interface Named {
  name: string;
  x: number;
  y: number;
}

/** Whether two names would be written over each other, in a chart some four decades and fifty percent wide. */
function overlap(a: Named, b: Named): boolean {
  const halfWidths = 0.0135 * (a.name.length + b.name.length); // decades
  return Math.abs(Math.log10(a.x / b.x)) < halfWidths && Math.abs(a.y - b.y) < 1.9;
}
