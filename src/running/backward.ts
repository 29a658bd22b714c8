import * as kernels from "../kernels";
import type { ActivationFunction, Layer, Operation, OperationKind, OperationOf } from "../network";
import { ArgumentError, type Tensor, zeros } from "../tensor";
import { convolutionOf, poolingOf, transposedOf } from "./operationOptions";
import type { LayerWeights } from "./weights";

/** The gradients of those operations that there are several of: plain ones in `kernels/`, fast ones in `engine`. */
export type NetworkGradientOperations = Pick<
  typeof kernels,
  "conv2dBackward" | "conv2dTransposeBackward" | "denseBackward" | "pool2dBackward"
>;

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
) => LayerGradients;

/** The twin of `forward`: from the gradient to the output of a layer to those to its inputs and its weights. */
export function backward(
  { operation }: Layer,
  dy: Tensor,
  inputs: readonly Tensor[],
  weights: LayerWeights,
  operations: NetworkGradientOperations,
): LayerGradients {
  const run = runners[operation.kind] as Runner<Operation>;
  return run(operation, dy, inputs, weights, operations);
}

/** Refuses layers that no gradient alone can train: those with running averages, or that draw by lot. */
export function requireGradients(call: string, layers: readonly Layer[]): void {
  for (const { path, operation } of layers) {
    if (operation.kind in runners) continue;
    throw new ArgumentError({
      call,
      argument: "network",
      expected: "one of layers that train without running averages, chance and the like",
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
  localResponseNorm: (operation, dy, [x]) => ({
    dInputs: [kernels.localResponseNormBackward(dy, x, operation)],
  }),
  activation: (operation, dy, [x]) => ({
    dInputs: [activationGradients[operation.function](dy, x)],
  }),
  add: (_, dy, inputs) => ({ dInputs: inputs.map(() => dy) }),
  scaledAdd: ({ scale }, dy) => ({ dInputs: [dy, dy.map((value) => scale * value)] }),
  concat(_, dy, inputs) {
    let begin = 0;
    const dInputs = inputs.map(({ shape: [, , , channels] }) => {
      const part = dy.slice([0, 0, 0, begin], [-1, -1, -1, channels]); // [m, h, w, channels]
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
};
