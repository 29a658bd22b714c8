import type { Layer, OperationKind } from "./description";
import { inputValues, outputValues, products, sizeOfWeight } from "./work";

export const conventionNames = [
  "paper",
  "torchvision",
  "timm",
  "keras",
  "ptflops",
  "thop",
  "fvcore",
  "torchinfo",
] as const;
export type ConventionName = (typeof conventionNames)[number];

/** One way of counting. All count a multiply and an add as one, whatever they call it. */
export interface Convention {
  /** What it counts, in words. */
  readonly counts: string;
  /** Whether what the gradient does not reach counts among the parameters: moving mean and variance. */
  readonly frozenParams: boolean;
  /** Whether the parameters of auxiliary heads count. */
  readonly auxiliaryParams: boolean;
  /** The multiply-adds of one layer for one image. */
  multiplyAdds(layer: Layer): number;
}

/** How one convention counts one layer; a kind that a table leaves out counts nothing. */
type Rule = (layer: Layer) => number;
type Rules = Partial<Record<OperationKind, Rule>>;

const convolutions: Rules = { conv: products, transposedConv: products };
const convolutionsAndDense: Rules = { ...convolutions, dense: products };

const bias: Rule = (layer) => sizeOfWeight(layer, "bias");
const hasGamma = (layer: Layer) => sizeOfWeight(layer, "gamma") > 0;
/** Shift and scale by the statistics are folded into one step, gamma and beta into another. */
const normalisation: Rule = (layer) => inputValues(layer) * (hasGamma(layer) ? 2 : 1);
const spatialSize = (layer: Layer) => layer.shape[0] * layer.shape[1];

/** fvcore's rough estimate where the statistics are those of the image itself. */
const ownStatistics: Rule = (layer) => inputValues(layer) * (hasGamma(layer) ? 5 : 4);

const fvcoreRules: Rules = {
  ...convolutionsAndDense,
  batchNorm: normalisation,
  layerNorm: ownStatistics,
  groupNorm: ownStatistics,
  resize: (layer) => (isBilinear(layer) ? 4 : 1) * outputValues(layer),
};

/** The pool before a classifier. Squeeze-and-excitation takes means by another call, which is not counted. */
const lastPool: Rules = {
  globalPool: (layer) => (isAverage(layer) && !keepsDims(layer) ? inputValues(layer) : 0),
};

/** Average pools whose window is made to fit the input read each value once. */
const adaptivePools: Rules = {
  globalPool: (layer) => (isAverage(layer) ? inputValues(layer) : 0),
  adaptivePool: inputValues,
};

const ptflopsRules: Rules = {
  conv: (layer) => products(layer) + bias(layer) * spatialSize(layer),
  transposedConv: (layer) => products(layer) + bias(layer) * spatialSize(layer),
  dense: (layer) => products(layer) + bias(layer),
  batchNorm: normalisation,
  layerNorm: inputValues,
  groupNorm: normalisation,
  resize: (layer) => 2 * outputValues(layer),
  activation: (layer) => ptflopsActivations[activationOf(layer)] * outputValues(layer),
  pool: (layer) => 2 * inputValues(layer),
  globalPool: (layer) => 2 * inputValues(layer),
  adaptivePool: (layer) => 2 * inputValues(layer),
  localResponseNorm: (layer) => {
    const [height, width, channels] = layer.shape;
    return height * width * (4 * channels + windowOf(layer) - 1);
  },
};

/** ReLU is met twice: as a module and as the function that the module calls. */
const ptflopsActivations: Record<string, number> = {
  relu: 2,
  relu6: 1,
  swish: 1,
  gelu: 2,
  softmax: 1,
  sigmoid: 0,
  tanh: 0,
  hardSwish: 0,
  hardSigmoid: 0,
};

const thopRules: Rules = {
  ...convolutionsAndDense,
  // At the size of the output, though it is the input's pixels that are multiplied.
  transposedConv: (layer) => spatialSize(layer) * sizeOfWeight(layer, "filter"),
  batchNorm: (layer) => 2 * normalisation(layer),
  layerNorm: (layer) => 2 * normalisation(layer),
  resize: (layer) => (isBilinear(layer) ? 11 : 1) * outputValues(layer),
  pool: (layer) => (isAverage(layer) ? outputValues(layer) : 0),
  globalPool: (layer) => (isAverage(layer) ? inputValues(layer) + outputValues(layer) : 0),
  adaptivePool: (layer) => inputValues(layer) + outputValues(layer),
  activation: (layer) => (activationOf(layer) === "softmax" ? 3 * outputValues(layer) - 1 : 0),
};

const scaleAndShift: Rule = (layer) => sizeOfWeight(layer, "gamma") + sizeOfWeight(layer, "beta");

const torchinfoRules: Rules = {
  conv: (layer) => (sizeOfWeight(layer, "filter") + bias(layer)) * spatialSize(layer),
  transposedConv: (layer) => (sizeOfWeight(layer, "filter") + bias(layer)) * spatialSize(layer),
  dense: (layer) => products(layer) + bias(layer),
  batchNorm: scaleAndShift,
  layerNorm: scaleAndShift,
  groupNorm: scaleAndShift,
};

/**
 * The conventions by name. The rules of the tools were read in their sources, and checked against the
 * figures they publish.
 */
export const conventions: Readonly<Record<ConventionName, Convention>> = {
  paper: {
    counts:
      "Multiply-adds of convolutions and dense layers, biases not counted. Trainable parameters, without auxiliary heads.",
    frozenParams: false,
    auxiliaryParams: false,
    multiplyAdds: by(convolutionsAndDense),
  },
  torchvision: {
    counts:
      "The `_ops` of its model pages: convolutions and matrix products. All trainable parameters, auxiliary heads among them.",
    frozenParams: false,
    auxiliaryParams: true,
    multiplyAdds: by(convolutionsAndDense),
  },
  timm: {
    counts:
      "The GMACs of its result tables (fvcore on its own models): convolutions, dense layers, 2 for each value that batch norm puts out, and 1 for each that the last pool reads. The means of squeeze-and-excitation are not counted.",
    frozenParams: false,
    auxiliaryParams: true,
    multiplyAdds: by({ ...fvcoreRules, ...lastPool }),
  },
  keras: {
    counts:
      "`model.count_params()`: moving mean and variance are parameters too. Keras counts no operations; convolutions and dense layers are given.",
    frozenParams: true,
    auxiliaryParams: true,
    multiplyAdds: by(convolutionsAndDense),
  },
  ptflops: {
    counts:
      "ptflops 0.7, PyTorch backend: convolutions and dense layers with biases, 2 a value for batch norm, 1 for ReLU6, SiLU and softmax, 2 for ReLU and for each value a pool reads (each is met twice, as a module and as the function it calls), 4 and a little for local response normalisation. Sums, products, sigmoids and hard-swish count nothing.",
    frozenParams: false,
    auxiliaryParams: true,
    multiplyAdds: by(ptflopsRules),
  },
  thop: {
    counts:
      "thop 0.1.1: convolutions and dense layers without biases, 4 a value for batch norm, average pools by their output (adaptive ones also by their input), nothing for ReLU and max pools.",
    frozenParams: false,
    auxiliaryParams: true,
    multiplyAdds: by(thopRules),
  },
  fvcore: {
    counts:
      "FlopCountAnalysis of fvcore 0.1.5: convolutions and dense layers without biases, 2 a value for batch norm, 5 for layer and group norm, 1 or 4 for each value that a nearest or bilinear resize puts out, 1 for each value that a global or adaptive average pool reads.",
    frozenParams: false,
    auxiliaryParams: true,
    multiplyAdds: by({ ...fvcoreRules, ...adaptivePools }),
  },
  torchinfo: {
    counts:
      "The mult-adds of torchinfo 1.8: every weight and bias of a convolution once for each position of the output, every other parameter once (so batch norm counts as its gamma and beta).",
    frozenParams: false,
    auxiliaryParams: true,
    multiplyAdds: by(torchinfoRules),
  },
};

function by(rules: Rules): Rule {
  return (layer) => rules[layer.operation.kind]?.(layer) ?? 0;
}

function isAverage(layer: Layer): boolean {
  return "mode" in layer.operation && layer.operation.mode === "average";
}

function keepsDims({ operation }: Layer): boolean {
  return operation.kind === "globalPool" && operation.keepDims;
}

function windowOf({ operation }: Layer): number {
  return operation.kind === "localResponseNorm" ? operation.size : 0;
}

function isBilinear({ operation }: Layer): boolean {
  return operation.kind === "resize" && operation.mode === "bilinear";
}

function activationOf(layer: Layer): string {
  return layer.operation.kind === "activation" ? layer.operation.function : "";
}
