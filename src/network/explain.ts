import { ArgumentError, sizeOf, inspectCustom } from "../tensor";
import { type Cost, type LayerCost, cost } from "./cost";
import type { Layer } from "./description";
import { formatDifference, unitOf } from "./format";
import { kindLabel, layerOptions } from "./labels";
import { sizeOfWeight } from "./work";

/** One reason why two counts differ, with the paths of all that share it. */
export interface Cause {
  /** In words: `"1×1 conv: stride 1 instead of 2"`. */
  readonly reason: string;
  /** Paths of blocks, or of layers that stand in none. */
  readonly paths: readonly string[];
  /** What it makes of the difference. */
  readonly params: number;
  readonly macs: number;
}

/** Two counts told apart. The causes add up to the differences exactly. */
export class Explanation {
  constructor(
    readonly a: Cost,
    readonly b: Cost,
    /** Those that weigh most come first. */
    readonly causes: readonly Cause[],
  ) {}

  toString(): string {
    const { a, b } = this;
    const lines = [`${nameOf(a, b)} against ${nameOf(b, a)}`];
    for (const [what, of] of quantities) {
      lines.push(`${comparison(of(a), of(b))} (${what})`);
      for (const cause of this.causes)
        if (of(cause) !== 0) lines.push(`  ${formatDifference(of(cause))}  ${sentence(cause)}`);
    }
    return lines.join("\n");
  }

  /** What a notebook cell and `console.log` print. @internal */
  [inspectCustom](): string {
    return this.toString();
  }
}

function requireCost(argument: string, value: unknown): asserts value is Cost {
  if (typeof value === "object" && value !== null && "network" in value) return;
  const expected = "a count, as cost(network) gives it";
  throw new ArgumentError({ call: "explain", argument, expected, received: value });
}

type Counted = Pick<Cause, "params" | "macs">;

const quantities: readonly (readonly [string, (counted: Counted) => number])[] = [
  ["multiply-adds", ({ macs }) => macs],
  ["parameters", ({ params }) => params],
];

/**
 * Why two counts of one network, or of two related networks, differ: layer by layer, gathered by reason.
 * Layers are matched by their paths.
 *
 * What the networks' builds make of the difference is counted in the convention of `b`; what is left is
 * owed to the conventions.
 *
 * @throws ArgumentError when it is given networks in place of their costs
 *
 * @example
 * const [torch, caffe] = [zoo.resnet({ depth: 50, strideIn: "3x3" }), zoo.resnet({ depth: 50, strideIn: "1x1" })];
 * explain(cost(torch), cost(caffe)).causes[0].reason // → "1×1 conv: stride 1 instead of 2; 3×3 conv: stride 2 instead of 1"
 * @example
 * const net = zoo.resnet({ depth: 18 });
 * explain(cost(net, { convention: "timm" }), cost(net)).causes[0].reason // → "timm counts batch norm, paper does not"
 */
export function explain(a: Cost, b: Cost): Explanation {
  requireCost("a", a);
  requireCost("b", b);
  const between = cost(a.network, b.options);
  const changes = [...changesOfBuild(between, b), ...changesOfConvention(a, between)];
  const gathered = new Map<string, { paths: string[]; params: number; macs: number }>();
  for (const { reason, path, params, macs } of changes) {
    const cause = gathered.get(reason) ?? { paths: [], params: 0, macs: 0 };
    gathered.set(reason, cause);
    if (!cause.paths.includes(path)) cause.paths.push(path);
    cause.params += params;
    cause.macs += macs;
  }
  const causes = [...gathered].map(([reason, rest]): Cause => ({ reason, ...rest }));
  const weight = ({ macs, params }: Cause) => Math.abs(macs) + Math.abs(params);
  causes.sort((left, right) => weight(right) - weight(left));
  return new Explanation(a, b, causes);
}

/** One layer, or one block, that is counted differently. */
interface Change {
  reason: string;
  path: string;
  params: number;
  macs: number;
}

/**
 * Layers built differently, under one convention. Those of a block make one change together, so that a
 * stride that moved from one layer to the next is named as such.
 */
function changesOfBuild(a: Cost, b: Cost): Change[] {
  const changes = new Map<string, { reasons: Set<string>; params: number; macs: number }>();
  const note = ({ layer, params, macs }: LayerCost, sign: number, reason: string): void => {
    const path = pathOf(layer);
    const change = changes.get(path) ?? { reasons: new Set(), params: 0, macs: 0 };
    changes.set(path, change);
    change.reasons.add(`${kindLabel(layer)}: ${reason}`);
    change.params += sign * params;
    change.macs += sign * macs;
  };

  const apart: Change[] = [];
  const twins = new Map(b.layers.map((entry) => [entry.layer.path, entry]));
  for (const entry of a.layers) {
    const twin = twins.get(entry.layer.path);
    const same = twin !== undefined && twin.layer.operation.kind === entry.layer.operation.kind;
    if (!same) {
      if (entry.params !== 0 || entry.macs !== 0) note(entry, 1, only(true, a, b));
      continue;
    }
    twins.delete(entry.layer.path);
    const { layer } = entry;
    let params = entry.params - twin.params;
    let macs = entry.macs - twin.macs;
    const chosen = compareChoices(layer, twin.layer);
    const biases = biasParams(entry) - biasParams(twin);
    if (biases !== 0) {
      // A bias changes nothing downstream, so it is a cause of its own.
      const alone = chosen === "";
      const reason = `biases of ${groupLabel(layer)} ${only(biases > 0, a, b)}`;
      const change = { params: biases, macs: alone ? macs : 0 };
      apart.push({ reason, path: pathOf(layer), ...change });
      params -= change.params;
      macs -= change.macs;
    }
    if (chosen !== "") note({ layer, params, macs }, 1, chosen);
    else if (params !== 0 || macs !== 0)
      note({ layer, params, macs }, 1, compareInputs(layer, twin.layer));
  }
  for (const entry of twins.values())
    if (entry.params !== 0 || entry.macs !== 0) note(entry, -1, only(false, a, b));

  const together = [...changes].map(([path, { reasons, params, macs }]) => {
    return { path, reason: [...reasons].join("; "), params, macs };
  });
  return [...together, ...apart];
}

/** Layers of one network that two conventions count differently. */
function changesOfConvention(a: Cost, b: Cost): Change[] {
  const changes: Change[] = [];
  a.layers.forEach(({ layer, params, macs }, i) => {
    const other = b.layers[i];
    const add = (reason: string, moreParams: number, moreMacs: number) =>
      changes.push({ reason, path: pathOf(layer), params: moreParams, macs: moreMacs });
    const counted = (what: string, first: boolean) =>
      first
        ? `${a.convention} counts ${what}, ${b.convention} does not`
        : `${b.convention} counts ${what}, ${a.convention} does not`;

    if (params !== other.params) {
      const what = layer.auxiliary ? "parameters of auxiliary heads" : "moving mean and variance";
      add(counted(what, params > other.params), params - other.params, 0);
    }
    if (macs === other.macs) return;
    const more = macs - other.macs;
    if (macs === 0 || other.macs === 0) add(counted(groupLabel(layer), macs > 0), 0, more);
    else if (Math.abs(more) === biasAdditions(layer)) add(counted("biases", more > 0), 0, more);
    else {
      const times = macs > other.macs ? "more" : "less";
      add(`${a.convention} counts ${times} for ${groupLabel(layer)} than ${b.convention}`, 0, more);
    }
  });
  return changes;
}

/** `stride 1 instead of 2, 3×3 instead of 5×5`; empty when everything was chosen alike. */
function compareChoices(a: Layer, b: Layer): string {
  const differences: string[] = [];
  if (kindLabel(a) !== kindLabel(b)) differences.push(`instead of ${kindLabel(b)}`);
  const [ofA, ofB] = [layerOptions(a), layerOptions(b)];
  for (const name of new Set([...Object.keys(ofA), ...Object.keys(ofB)])) {
    // Padding follows the kernel and the size of the input; it is named only where nothing else is.
    // Biases are told apart from the rest.
    if (name === "padding" || name === "bias" || ofA[name] === ofB[name]) continue;
    differences.push(`${name} ${ofA[name] ?? 1} instead of ${ofB[name] ?? 1}`);
  }
  return differences.join(", ");
}

function compareInputs(a: Layer, b: Layer): string {
  const [before, after] = [a, b].map((layer) => sizeOf(layer.inputs[0]?.shape ?? []));
  if (before === after) return "other padding";
  return before > after ? "larger input" : "smaller input";
}

function biasAdditions(layer: Layer): number {
  const bias = sizeOfWeight(layer, "bias");
  return layer.shape.length === 3 ? bias * layer.shape[0] * layer.shape[1] : bias;
}

/** A kind without the size of its window, so that all pools stand together. */
function groupLabel(layer: Layer): string {
  return kindLabel(layer).replace(/^\d+×\d+ /, "");
}

function pathOf(layer: Layer): string {
  return layer.blocks.length === 0 ? layer.path : layer.blocks.join("/");
}

function biasParams({ layer, params }: LayerCost): number {
  return params === 0 ? 0 : sizeOfWeight(layer, "bias");
}

/** The name of the network, with the convention where that is what differs. */
function nameOf(of: Cost, other: Cost): string {
  const { name } = of.network;
  return of.convention === other.convention ? name : `${name} (${of.convention})`;
}

function only(inFirst: boolean, a: Cost, b: Cost): string {
  const alike = a.network.name === b.network.name;
  const [first, second] = alike ? ["the first", "the second"] : [a.network.name, b.network.name];
  return `only in ${inFirst ? first : second}`;
}

/** `4.089 against 3.858 G: +0.231 G`, all in the unit of the larger. */
function comparison(a: number, b: number): string {
  const [divisor, unit, digits] = unitOf(Math.max(a, b));
  const show = (value: number) => (value / divisor).toFixed(digits);
  const sign = a === b ? "±" : a > b ? "+" : "−";
  return `${show(a)} against ${show(b)}${unit}: ${sign}${show(Math.abs(a - b))}${unit}`;
}

const MOST_PATHS = 4;

function sentence({ reason, paths }: Cause): string {
  const shown = paths.slice(0, MOST_PATHS).join(", ");
  const more = paths.length > MOST_PATHS ? ", ..." : "";
  const count = paths.length > 1 ? `${paths.length} places: ` : "";
  return `${reason}, in ${count}${shown}${more}`;
}
