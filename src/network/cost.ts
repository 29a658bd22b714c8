import { requireOneOf, requireOptions, inspectCustom } from "../tensor";
import { type ConventionName, conventionNames, conventions } from "./conventions";
import type { Layer, Weight } from "./description";
import { formatCount, formatInteger } from "./format";
import { type Network, requireNetwork } from "./network";
import { weightSize } from "./work";

/** Parameters told apart by what they are. The sum is `params`. */
export interface ParamsByKind {
  convWeights: number;
  convBiases: number;
  denseWeights: number;
  denseBiases: number;
  /** gamma and beta of batch, layer and group normalisation. */
  norm: number;
  /** Moving mean and variance of batch normalisation; 0 where the convention leaves them out. */
  movingStatistics: number;
  other: number;
}

/** Multiply-adds told apart by what they are for. The sum is `macs`. */
export interface MacsByKind {
  conv: number;
  dense: number;
  /** What the convention adds: biases apart from those in conv and dense, normalisation, pooling, activations. */
  other: number;
}

export interface LayerCost {
  readonly layer: Layer;
  readonly params: number;
  /** Multiply-adds for one image. */
  readonly macs: number;
}

export interface CostOptions {
  /** Who counts. `"paper"` when left out. */
  convention?: ConventionName | undefined;
  /** Count the auxiliary heads: `true` wholly, `false` not at all; as the convention has it when left out. */
  auxiliary?: boolean | undefined;
}

/** What a network costs, in one convention of counting. */
export class Cost {
  constructor(
    readonly network: Network,
    /** How it was counted. */
    readonly options: Readonly<CostOptions>,
    readonly params: number,
    /** Multiply-adds for one image. */
    readonly macs: number,
    readonly paramsByKind: Readonly<ParamsByKind>,
    readonly macsByKind: Readonly<MacsByKind>,
    /** One for each layer of the network, in its order. */
    readonly layers: readonly LayerCost[],
  ) {}

  get convention(): ConventionName {
    return this.options.convention ?? "paper";
  }

  toString(): string {
    return `${this.network.name}: ${formatInteger(this.params)} parameters, ${formatCount(this.macs)} multiply-adds (${this.convention})`;
  }

  /** What a notebook cell and `console.log` print. @internal */
  [inspectCustom](): string {
    return this.toString();
  }
}

/**
 * Counts the parameters and the multiply-adds of a network for one image, layer by layer, as the named
 * source counts them.
 *
 * Auxiliary heads run only in training: no convention counts their multiply-adds, and all but `"paper"`
 * count their parameters, unless `auxiliary` says otherwise.
 *
 * @example
 * const layer = network("one layer", [28, 28, 192], layers.conv({ filters: 32, kernelSize: 5, padding: "same" }));
 * cost(layer).macs // → 120422400
 * @example
 * const normed = network("normed", [8, 8, 3], layers.conv({ filters: 4, kernelSize: 3, bias: false }), layers.batchNorm());
 * [cost(normed).params, cost(normed, { convention: "keras" }).params] // → [116, 124]
 */
export function cost(network: Network, options: CostOptions = {}): Cost {
  requireNetwork("cost", network);
  requireOptions<CostOptions>("cost", options, { convention: true, auxiliary: "flag" });
  const name = requireOneOf("cost", "convention", options.convention ?? "paper", conventionNames);
  const convention = conventions[name];
  const countsParams = options.auxiliary ?? convention.auxiliaryParams;
  const countsMacs = options.auxiliary ?? false;
  const paramsByKind: ParamsByKind = {
    convWeights: 0,
    convBiases: 0,
    denseWeights: 0,
    denseBiases: 0,
    norm: 0,
    movingStatistics: 0,
    other: 0,
  };
  const macsByKind: MacsByKind = { conv: 0, dense: 0, other: 0 };
  let totalParams = 0;
  let totalMacs = 0;

  const layers = network.layers.map((layer): LayerCost => {
    let params = 0;
    if (!layer.sharesWith && (countsParams || !layer.auxiliary))
      for (const weight of layer.weights) {
        if (!weight.trainable && !convention.frozenParams) continue;
        const size = weightSize(weight);
        paramsByKind[kindOf(layer, weight)] += size;
        params += size;
      }
    const macs = countsMacs || !layer.auxiliary ? convention.multiplyAdds(layer) : 0;
    macsByKind[macsKindOf(layer)] += macs;
    totalParams += params;
    totalMacs += macs;
    return { layer, params, macs };
  });
  return new Cost(network, options, totalParams, totalMacs, paramsByKind, macsByKind, layers);
}

/** Under what a layer's parameters and multiply-adds stand. Of all kinds, so that none is "other" by being forgotten. */
const headings: Readonly<Record<Layer["operation"]["kind"], "conv" | "dense" | "norm" | "other">> =
  {
    conv: "conv",
    transposedConv: "conv",
    dense: "dense",
    batchNorm: "norm",
    layerNorm: "norm",
    groupNorm: "norm",
    inputNorm: "other",
    localResponseNorm: "other",
    channelScale: "other",
    activation: "other",
    input: "other",
    pool: "other",
    globalPool: "other",
    adaptivePool: "other",
    resize: "other",
    dropout: "other",
    add: "other",
    scaledAdd: "other",
    multiply: "other",
    concat: "other",
    slice: "other",
    channelShuffle: "other",
    zeroPad: "other",
    crop: "other",
    flatten: "other",
    unknown: "other",
  };

function kindOf(layer: Layer, weight: Weight): keyof ParamsByKind {
  const heading = headings[layer.operation.kind];
  if (heading === "conv") return weight.name === "bias" ? "convBiases" : "convWeights";
  if (heading === "dense") return weight.name === "bias" ? "denseBiases" : "denseWeights";
  return heading === "norm" && !weight.trainable ? "movingStatistics" : heading;
}

function macsKindOf(layer: Layer): keyof MacsByKind {
  const heading = headings[layer.operation.kind];
  return heading === "norm" ? "other" : heading;
}
