import * as kernels from "../kernels";
import type { ActivationFunction, Layer, Operation, OperationKind, OperationOf } from "../network";
import { ArgumentError, type Tensor, zeros, zip } from "../tensor";
import { adaptiveWindow } from "./forward";
import { leastDeviation } from "./leastDeviation";
import { convolutionOf, poolingOf, transposedOf } from "./operationOptions";
import type { LayerWeights } from "./NetworkWeights";

/** The gradients of those operations that there are several of: plain ones in `kernels/`, fast ones in `engine`. */
export type NetworkGradientOperations = Pick<
  typeof kernels,
  "conv2dBackward" | "conv2dTransposeBackward" | "denseBackward" | "pool2dBackward"
>;

/** How the forward pass was computed. */
export interface BackwardOptions {
  /** Whether batch norm used the statistics of the batch, which then have a gradient too, or its moving averages. */
  batchStatistics: boolean;
}

/** The gradient of the loss to what a layer computed from. */
export interface LayerGradients {
  /** One for each input, shaped as it. */
  dInputs: Tensor[];
  /** By the names of the weights, where there are some. */
  dWeights?: LayerWeights;
}

type Runner<O extends Operation> = (
  operation: O,
  dy: Tensor,
  inputs: readonly Tensor[],
  weights: LayerWeights,
  operations: NetworkGradientOperations,
  options: BackwardOptions,
) => LayerGradients;

/** The twin of `forward`: from the gradient to the output of a layer to those to its inputs and its weights. */
export function backward(
  { operation }: Layer,
  dy: Tensor,
  inputs: readonly Tensor[],
  weights: LayerWeights,
  operations: NetworkGradientOperations,
  options: BackwardOptions,
): LayerGradients {
  const run = runners[operation.kind] as Runner<Operation>;
  return run(operation, dy, inputs, weights, operations, options);
}

/** Refuses layers that have no gradient here, and in training those that draw by lot. */
export function requireGradients(
  call: string,
  layers: readonly Layer[],
  { training }: { training: boolean },
): void {
  for (const { path, operation } of layers) {
    if (operation.kind in runners && !(training && operation.kind === "dropout")) continue;
    throw new ArgumentError({
      call,
      argument: "network",
      expected: training
        ? "one of layers without chance"
        : "one of layers that have gradients here",
      received: operation,
      receivedAs: `"${path}", which is a ${operation.kind}`,
      remedy: "fit(toLayersModel(network), ...) trains any.",
    });
  }
}

const activationGradients: Readonly<Record<ActivationFunction, (dy: Tensor, x: Tensor) => Tensor>> =
  {
    relu: kernels.reluBackward,
    relu6: kernels.relu6Backward,
    sigmoid: kernels.sigmoidBackward,
    tanh: kernels.tanhBackward,
    swish: kernels.swishBackward,
    gelu: kernels.geluBackward,
    hardSigmoid: kernels.hardSigmoidBackward,
    hardSwish: kernels.hardSwishBackward,
    softmax: kernels.softmaxBackward,
  };

const runners: { readonly [K in OperationKind]?: Runner<OperationOf<K>> } = {
  conv(operation, dy, [x], { filter, bias }, { conv2dBackward }) {
    const { dx, dFilter, dBias } = conv2dBackward(dy, x, filter!, convolutionOf(operation));
    return { dInputs: [dx], dWeights: { filter: dFilter, ...(bias && { bias: dBias }) } };
  },
  transposedConv(operation, dy, [x], { filter, bias }, { conv2dTransposeBackward }) {
    const options = transposedOf(operation);
    const { dx, dFilter, dBias } = conv2dTransposeBackward(dy, x, filter!, options);
    return { dInputs: [dx], dWeights: { filter: dFilter, ...(bias && { bias: dBias }) } };
  },
  dense(_, dy, [x], { matrix, bias }, { denseBackward }) {
    const { dx, dWeights, dBias } = denseBackward(dy, x, matrix!);
    return { dInputs: [dx], dWeights: { matrix: dWeights, ...(bias && { bias: dBias }) } };
  },
  pool: (operation, dy, [x], _, { pool2dBackward }) => ({
    dInputs: [pool2dBackward(dy, x, poolingOf(operation))],
  }),
  globalPool({ mode }, dy, [x], _, { pool2dBackward }) {
    const [batch, height, width, channels] = x.shape;
    const dMaps = dy.reshape([batch, 1, 1, channels]);
    return { dInputs: [pool2dBackward(dMaps, x, { mode, size: [height, width] })] };
  },
  localResponseNorm: ({ size, alpha, beta, k }, dy, [x]) => ({
    dInputs: [kernels.localResponseNormBackward(dy, x, { size, alpha, beta, k })],
  }),
  activation: (operation, dy, [x]) => ({
    dInputs: [activationGradients[operation.function](dy, x)],
  }),
  add: (_, dy, inputs) => ({ dInputs: inputs.map(() => dy) }),
  scaledAdd: ({ scale }, dy) => ({ dInputs: [dy, dy.map((value) => scale * value)] }),
  concat(_, dy, inputs) {
    let begin = 0;
    const outer = dy.shape.slice(0, -1); // [m, h, w], or [m] of vectors
    const dInputs = inputs.map(({ shape }) => {
      const channels = shape[shape.length - 1];
      const first = [...outer.map(() => 0), begin];
      const part = dy.slice(first, [...outer.map(() => -1), channels]); // [m, h, w, channels]
      begin += channels;
      return part;
    });
    return { dInputs };
  },
  slice({ from, to }, dy, [x]) {
    const dx = zeros(x.shape, x.dtype); // what was left out has no part in the loss
    const [channels, kept] = [x.shape[3], to - from];
    for (let i = 0; i < dy.size; i++)
      dx.data[Math.floor(i / kept) * channels + from + (i % kept)] = dy.data[i];
    return { dInputs: [dx] };
  },
  channelShuffle: ({ groups }, dy) => ({ dInputs: [kernels.channelShuffleBackward(dy, groups)] }),
  flatten: (_, dy, [x]) => ({ dInputs: [dy.reshape(x.shape)] }),
  dropout: (_, dy) => ({ dInputs: [dy] }),
  batchNorm({ epsilon }, dy, [x], weights, _, { batchStatistics }) {
    const { gamma, movingMean: mean, movingVariance: variance } = weights;
    const statistics = batchStatistics ? { training: true } : { mean, variance };
    const options = { gamma, epsilon, ...statistics };
    return normGradients(kernels.batchNormBackward(dy, x, options), weights);
  },
  layerNorm: ({ epsilon }, dy, [x], weights) =>
    normGradients(kernels.layerNormBackward(dy, x, { gamma: weights.gamma, epsilon }), weights),
  groupNorm({ groups, epsilon }, dy, [x], weights) {
    const options = { groups, gamma: weights.gamma, epsilon };
    return normGradients(kernels.groupNormBackward(dy, x, options), weights);
  },
  channelScale(_, dy, [x], { gamma }) {
    const scale = (value: number, i: number) => value * gamma!.data[i % gamma!.size];
    const product = dy.map((value, i) => value * x.data[i]);
    return {
      dInputs: [dy.map(scale)],
      dWeights: { gamma: sumOverPixels(product), beta: sumOverPixels(dy) },
    };
  },
  inputNorm: (_, dy, __, { movingVariance: variance }) => ({
    dInputs: [
      dy.map((value, i) => {
        const deviation = Math.sqrt(variance!.data[i % variance!.size]);
        return value / Math.max(deviation, leastDeviation);
      }),
    ],
  }),
  multiply(_, dy, [x, gate]) {
    if (String(x.shape) === String(gate.shape))
      return { dInputs: [zip(dy, gate, (a, b) => a * b), zip(dy, x, (a, b) => a * b)] };
    const channels = gate.shape[3]; // gate is [m, 1, 1, c]
    const valuesPerImage = x.size / x.shape[0];
    const gateOf = (i: number) => Math.floor(i / valuesPerImage) * channels + (i % channels);
    const sums = new Float64Array(gate.size);
    for (let i = 0; i < x.size; i++) sums[gateOf(i)] += dy.data[i] * x.data[i];
    return {
      dInputs: [dy.map((value, i) => value * gate.data[gateOf(i)]), gate.map((_, i) => sums[i])],
    };
  },
  adaptivePool({ outputSize: [rows, columns] }, dy, [x]) {
    const [batch, height, width, channels] = x.shape;
    const dx = zeros(x.shape, "float64");
    for (let m = 0; m < batch; m++)
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          const [top, bottom] = adaptiveWindow(i, rows, height);
          const [left, right] = adaptiveWindow(j, columns, width);
          const pixels = (bottom - top) * (right - left);
          for (let row = top; row < bottom; row++)
            for (let column = left; column < right; column++) {
              const to = ((m * height + row) * width + column) * channels;
              const from = ((m * rows + i) * columns + j) * channels;
              for (let c = 0; c < channels; c++) dx.data[to + c] += dy.data[from + c] / pixels;
            }
        }
    return { dInputs: [dx.as(x.dtype)] };
  },
  zeroPad: ({ padding: [[top], [left], [before]] }, dy, [x]) => ({
    dInputs: [dy.slice([0, top, left, before], [...x.shape])],
  }),
  resize: ({ mode, outputSize, alignCorners }, dy, [x]) => ({
    dInputs: [kernels.resize2dBackward(dy, x, { mode, outputSize, alignCorners })],
  }),
  crop({ cropping: [rows, columns] }, dy) {
    return { dInputs: [kernels.pad2d(dy, [rows, columns])] };
  },
};

/** Of a normalisation: to x, and to gamma and beta where it has them. */
function normGradients(
  { dx, dGamma, dBeta }: { dx: Tensor; dGamma: Tensor; dBeta: Tensor },
  { gamma, beta }: LayerWeights,
): LayerGradients {
  const dWeights = { ...(gamma && { gamma: dGamma }), ...(beta && { beta: dBeta }) };
  return { dInputs: [dx], dWeights };
}

/** [..., c] → [c] */
function sumOverPixels(x: Tensor): Tensor {
  const channels = x.shape[x.rank - 1];
  const sums = zeros([channels], "float64");
  for (let i = 0; i < x.size; i++) sums.data[i % channels] += x.data[i];
  return sums.as(x.dtype);
}
