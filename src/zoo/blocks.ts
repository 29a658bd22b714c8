import { type ActivationFunction, type Module, layers } from "../network";
import { requireOneOf } from "../tensor";
import type { StridedPadding } from "./family";

const { activation, batchNorm, conv, depthwiseConv, globalAveragePool, multiply, sequential } =
  layers;

/** What the trained nets of a source have in common, for `convNorm` and `depthwiseNorm`. */
export interface SourceStyle {
  readonly padding?: "same" | undefined;
  /** Added to the variance: 1e-3 in TensorFlow's and Keras's mobile nets, 1e-5 in PyTorch's. */
  readonly epsilon: number;
}

/** The style of the sources that pad so; symmetric padding is what the bricks do when nothing is said. */
export function sourceStyle(call: string, padding: StridedPadding): SourceStyle {
  requireOneOf(`zoo.${call}`, "padding", padding, ["symmetric", "same"]);
  return padding === "same" ? { padding, epsilon: 1e-3 } : { epsilon: 1e-5 };
}

/** What a convolution of the zoo leaves to choose, besides filters and kernel. */
export interface ConvNormOptions extends Omit<layers.ConvOptions, "filters" | "kernelSize"> {
  /** After the normalisation; ReLU when left out, `"linear"` for none. */
  activation?: ActivationFunction | "linear" | undefined;
  epsilon?: number | undefined;
  /** Whether the normalisation has a gamma. */
  scale?: boolean | undefined;
}

/**
 * The brick of most networks since 2015: convolution without bias, batch normalisation, ReLU. The padding
 * keeps the size (for stride 1) by default.
 */
export function convNorm(
  filters: number,
  kernelSize: number | readonly [number, number],
  options: ConvNormOptions = {},
): Module {
  const { activation: act = "relu", epsilon, scale, bias = false, ...rest } = options;
  const padding = rest.padding ?? samePadding(kernelSize, rest.dilation);
  return sequential(
    conv({ ...rest, filters, kernelSize, bias, padding }),
    batchNorm({ epsilon, scale }),
    ...(act === "linear" ? [] : [activation(act)]),
  );
}

/** Depthwise convolution, batch normalisation, ReLU. */
export function depthwiseNorm(kernelSize: number, options: ConvNormOptions = {}): Module {
  const { activation: act = "relu", epsilon, scale, bias = false, ...rest } = options;
  const padding = rest.padding ?? samePadding(kernelSize);
  return sequential(
    depthwiseConv({ ...rest, kernelSize, bias, padding }),
    batchNorm({ epsilon, scale }),
    ...(act === "linear" ? [] : [activation(act)]),
  );
}

/** (k - 1) / 2 zeros on every side, which keep the size at stride 1 and halve it (rounded up) at stride 2. */
export function samePadding(
  kernelSize: number | readonly [number, number],
  dilation: number | readonly [number, number] = 1,
): readonly [number, number] {
  const [kh, kw] = typeof kernelSize === "number" ? [kernelSize, kernelSize] : kernelSize;
  const [dh, dw] = typeof dilation === "number" ? [dilation, dilation] : dilation;
  return [(dh * (kh - 1)) / 2, (dw * (kw - 1)) / 2];
}

export interface SqueezeExciteOptions {
  /** Width of the narrow layer. */
  squeezed: number;
  /** ReLU when left out. */
  activation?: ActivationFunction | undefined;
  /** Sigmoid when left out. */
  gate?: ActivationFunction | undefined;
}

/**
 * Squeeze-and-excitation: each map is multiplied by a number between 0 and 1 that is computed from the means
 * of all maps, through a narrow layer. The two dense layers are 1×1 convolutions with biases on a 1×1 map.
 *
 * @see Hu, Shen and Sun, Squeeze-and-excitation networks, 2017, arXiv 1709.01507
 */
export function squeezeExcite(options: SqueezeExciteOptions): Module {
  const { squeezed, activation: act = "relu", gate = "sigmoid" } = options;
  return (x) => {
    const channels = x.shape[2];
    const excitation = sequential(
      globalAveragePool({ keepDims: true }),
      conv({ filters: squeezed, kernelSize: 1 }),
      activation(act),
      conv({ filters: channels, kernelSize: 1 }),
      activation(gate),
    );
    return multiply(
      x,
      layers.within(x, "se", () => excitation(x)),
    );
  };
}

/**
 * Squeeze-and-excitation that narrows to a fraction of the channels it is given, or nothing where no reduction is.
 *
 * @param round makes the squeezed width whole
 */
export function exciteBy(reduction: number | undefined, round = Math.floor): Module {
  if (reduction === undefined) return layers.identity;
  return (x) => squeezeExcite({ squeezed: round(x.shape[2] / reduction) })(x);
}

/**
 * The multiple of `divisor` next to `value`, but never less than nine tenths of it: how widths that a
 * multiplier made odd are rounded, from MobileNet v2 on.
 */
export function roundChannels(value: number, divisor = 8): number {
  const rounded = Math.max(divisor, Math.floor((value + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * value ? rounded + divisor : rounded;
}

/** The usual end of a classifier: mean of each map, one dense layer, probabilities. */
export function classifier(classes: number, { dropout = 0, bias = true } = {}): Module {
  return layers.block(
    "head",
    globalAveragePool(),
    ...(dropout > 0 ? [layers.dropout({ rate: dropout })] : []),
    layers.dense({ units: classes, bias }),
    layers.softmax(),
  );
}
