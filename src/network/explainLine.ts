import { ArgumentError, inspectCustom } from "../tensor";
import { type ConventionName, conventionNames, conventions } from "./conventions";
import { type Cost, cost } from "./cost";
import { formatInteger } from "./format";
import { type Network, requireNetwork } from "./network";
import { type PrintedFigure, readToolLines } from "./toolLine";

/** A count of the network that a figure may be. */
interface Candidate {
  convention: ConventionName;
  quantity: "params" | "macs";
  /** Multiplications and additions apart. */
  twice: boolean;
  /** Without the softmax at the end, which most tools' models lack. */
  bare: boolean;
  count: number;
}

/** What a figure that somebody printed about a network counts. */
export interface ReadFigure extends PrintedFigure {
  /** The ways to count that give it. */
  readonly conventions: readonly ConventionName[];
  /** In words. */
  readonly sentence: string;
}

/** What was found in a tool's lines. */
export class LineExplanation {
  constructor(readonly figures: readonly ReadFigure[]) {}

  toString(): string {
    return this.figures.map(({ sentence }) => sentence).join("\n\n");
  }

  /** What a notebook cell and `console.log` print. @internal */
  [inspectCustom](): string {
    return this.toString();
  }
}

/**
 * What a figure counts that a tool printed about a network: paste the line of torchinfo (`Total mult-adds (G): 4.09`),
 * ptflops (`Computational complexity: 4.13 GMac`), fvcore (the row `model` of its table), thop
 * (`(4133742592.0, 25557032.0)`) or Keras (`Total params: ...`), or a bare figure (`4.1 GFLOPs`). All the ways to
 * count are tried, to the digits that are printed.
 *
 * @param network the same, described here
 * @param text one line or many; lines that say nothing of the whole network are passed over
 * @throws ArgumentError where no line holds such a figure
 *
 * @example
 * explainLine(zoo.resnet({ depth: 50 }), "Total mult-adds (Units.GIGABYTES): 4.09").figures[0].conventions // → ["torchinfo"]
 * @example
 * explainLine(zoo.resnet({ depth: 50 }), "8.18 GFLOPs").figures[0].conventions // → ["paper", "torchvision", "keras", "torchinfo"]
 */
export function explainLine(network: Network, text: string): LineExplanation {
  requireNetwork("explainLine", network);
  const figures = typeof text === "string" ? readToolLines(text) : [];
  if (figures.length === 0) {
    const expected =
      'what a tool prints of a whole network, such as "Total mult-adds (G): 4.09", or a figure such as "4.1 GFLOPs"';
    throw new ArgumentError({ call: "explainLine", argument: "text", expected, received: text });
  }
  const candidates = conventionNames.flatMap((convention) =>
    candidatesOf(cost(network, { convention }), convention),
  );
  return new LineExplanation(figures.map((figure) => read(network, figure, candidates)));
}

function candidatesOf(counted: Cost, convention: ConventionName): Candidate[] {
  const { params, macs, network } = counted;
  const softmax = counted.layers.find(({ layer }) => layer === network.output && isSoftmax(layer));
  const bare = softmax?.macs ? [macs - softmax.macs] : [];
  const common = { convention, twice: false, bare: false };
  return [
    { ...common, quantity: "params", count: params },
    { ...common, quantity: "macs", count: macs },
    ...bare.map((count) => ({ ...common, quantity: "macs" as const, bare: true, count })),
    { ...common, quantity: "macs", twice: true, count: 2 * macs },
  ];
}

function isSoftmax({ operation }: Network["output"]): boolean {
  return operation.kind === "activation" && operation.function === "softmax";
}

function read(
  { name }: Network,
  figure: PrintedFigure,
  candidates: readonly Candidate[],
): ReadFigure {
  const { tool, quantity, value, tolerance, text } = figure;
  const possible = candidates.filter(
    (candidate) =>
      (quantity === undefined || candidate.quantity === quantity) &&
      (tool === undefined || (candidate.convention === tool && !candidate.twice)),
  );
  const fitting = possible.filter(({ count }) => Math.abs(count - value) <= tolerance);
  // Where a count fits as it is, that it also fits doubled or bare says nothing.
  const plainest = fitting.filter(({ twice, bare }) => !twice && !bare);
  const chosen = plainest.length > 0 ? plainest : fitting;
  const what = { params: "parameters", macs: "multiply-adds" };
  const opening = `${text}${quantity ? ` ${what[quantity]}` : ""}${tool ? `, as ${tool} prints them` : ""}.`;
  const names = [...new Set(chosen.map(({ convention }) => convention))];
  return { ...figure, conventions: names, sentence: `${opening} ${verdict()}` };

  function verdict(): string {
    const [first] = chosen;
    if (!first) return missed();
    const rule = tool ? ` ${ruleOf(tool, first.quantity)}` : ` So ${counters(names)}.`;
    const exact = `${formatInteger(first.twice ? first.count / 2 : first.count)} ${what[first.quantity]}`;
    const how = first.twice
      ? `twice its ${exact}: multiplications and additions are counted apart`
      : `its ${exact}${first.bare ? ", without the softmax at its end" : ""}`;
    return `For ${name} that is ${how}.${rule}`;
  }

  function missed(): string {
    const distance = ({ count }: Candidate) => Math.abs(Math.log(count / value));
    const [nearest] = possible
      .filter(({ count }) => count > 0 && value > 0)
      .sort((a, b) => distance(a) - distance(b));
    if (!nearest) return `No way to count gives that of ${name}.`;
    const percent = (100 * (value / nearest.count - 1)).toFixed(1).replace("-", "−");
    const sign = value > nearest.count ? "+" : "";
    const doubled = nearest.twice ? "twice what " : "what ";
    return (
      `No way to count gives that of ${name}. Nearest is ${doubled}${nearest.convention} counts, ` +
      `${formatInteger(nearest.count)} (${sign}${percent}%): is it the same network, with as large an input?`
    );
  }
}

function ruleOf(tool: ConventionName, quantity: Candidate["quantity"]): string {
  const { counts, frozenParams } = conventions[tool];
  if (quantity === "macs") return counts;
  return `Moving means and variances are ${frozenParams ? "parameters to it too" : "none to it"}.`;
}

function counters(names: readonly string[]): string {
  const verb = names.length === 1 ? "counts" : "count";
  return `${verb} ${names.join(", ").replace(/, ([^,]*)$/, " and $1")}`;
}
