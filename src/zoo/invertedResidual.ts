import { type ActivationFunction, type Module, layers } from "../network";
import { convNorm, depthwiseNorm, squeezeExcite } from "./blocks";

const { block, residual, sequential } = layers;

export interface InvertedResidualOptions {
  /** Width of the middle. Where it is no more than the input's, nothing is expanded. */
  expanded: number;
  /** Output channels. */
  filters: number;
  kernelSize: number;
  stride: number;
  /** ReLU6 when left out. */
  activation?: ActivationFunction | undefined;
  /** Width of the squeeze of a squeeze-and-excitation after the depthwise convolution. None when left out. */
  squeezed?: number | undefined;
  /** Within squeeze-and-excitation; ReLU when left out. */
  squeezeActivation?: ActivationFunction | undefined;
  gate?: ActivationFunction | undefined;
  epsilon?: number | undefined;
  /** Of the depthwise convolution: TensorFlow's, or (k - 1) / 2 on every side when left out. */
  padding?: "same" | undefined;
}

/**
 * An inverted residual: 1×1 to many channels, a depthwise convolution there, and 1×1 back to few without
 * any non-linearity. Where input and output are alike, the input is added: the way around is narrow, the
 * middle wide, the other way about than in ResNet.
 *
 * @see Sandler et al., MobileNetV2: inverted residuals and linear bottlenecks, 2018, arXiv 1801.04381
 */
export function invertedResidual(name: string, options: InvertedResidualOptions): Module {
  const { expanded, filters, kernelSize, stride, activation = "relu6", epsilon } = options;
  const { squeezed, squeezeActivation, gate, padding } = options;
  return (x) => {
    const body = sequential(
      ...(expanded === x.shape[2] ? [] : [convNorm(expanded, 1, { activation, epsilon })]),
      depthwiseNorm(kernelSize, { stride, activation, epsilon, padding }),
      ...(squeezed === undefined
        ? []
        : [squeezeExcite({ squeezed, activation: squeezeActivation, gate })]),
      convNorm(filters, 1, { activation: "linear", epsilon }),
    );
    const adds = stride === 1 && x.shape[2] === filters;
    return block(name, adds ? residual(body) : body)(x);
  };
}
