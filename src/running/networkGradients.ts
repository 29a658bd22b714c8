import * as kernels from "../kernels";
import { type Layer, type Network, requireOneWay, type WeightName, weightOwner } from "../network";
import { ArgumentError, requireOptions, type Tensor, zip } from "../tensor";
import { type NetworkGradientOperations, requireGradients } from "./backward";
import { backpropagate } from "./backpropagate";
import { forward, type NetworkOperations } from "./forward";
import { BOTH_WAYS, requireOperations } from "./requireOperations";
import { requireWeights, weightsFor } from "./requireWeights";
import { requireBatch } from "./requireBatch";
import type { LayerWeights, NetworkWeights } from "./NetworkWeights";

export interface NetworkGradientsOptions {
  /** Those of `kernels/`, written to be read, when left out; `engine` for speed. */
  operations?: (NetworkOperations & NetworkGradientOperations) | undefined;
  /** The part of each target that is spread evenly over all classes, 0 to 1. 0 when left out. */
  labelSmoothing?: number | undefined;
}

export interface NetworkGradients {
  /** The cross-entropy, the mean over the batch, in nats. */
  loss: number;
  /** The gradient of the loss to each weight, by layer path. */
  gradients: NetworkWeights;
  /** Before the softmax, [m, classes]. */
  scores: Tensor;
  /** The gradient of the loss to the images, shaped as x. */
  dInput: Tensor;
  /** What each batch norm found in this batch, by its path. */
  statistics: Readonly<Record<string, kernels.Moments>>;
  /** The moving averages of each batch norm after this batch, by its path, as its description has them follow. */
  moving: Readonly<Record<string, kernels.Moments>>;
}

/**
 * Backpropagation through a whole network, by the operations of this library and nothing else: once forward,
 * keeping what every layer puts out, and once back, each layer turning the gradient to its output into those to
 * its inputs and weights. Where an output goes several ways, their gradients add up.
 *
 * The loss is the cross-entropy of the softmax at the end of the network, or of its output, if it ends without one.
 * Auxiliary heads take no part.
 *
 * Cost: some three times that of `runNetwork`.
 *
 * @param weights of each layer, by its path, as `initialWeights` gives them
 * @param x [m, ...shape of the network's input]
 * @param labels the class of each, from 0
 * Batch norm uses the statistics of the batch, as in training, and gives them back; its moving averages get no
 * gradient: those after the batch are in `moving`.
 *
 * @throws ArgumentError when a layer needs more than a gradient to be trained (dropout draws by lot), or something
 *   does not fit, before any work
 *
 * @example
 * const net = network("net", [2], layers.dense({ units: 2 }), layers.softmax());
 * const weights = { dense1: { matrix: zeros([2, 2]), bias: zeros([2]) } };
 * const { loss, gradients } = networkGradients(net, weights, tensor([[1, 3]]), [1]);
 * loss // → Math.log(2)
 * gradients["dense1"].matrix.toArray() // → [[0.5, -0.5], [1.5, -1.5]]
 */
export function networkGradients(
  network: Network,
  weights: NetworkWeights,
  x: Tensor,
  labels: ArrayLike<number>,
  options: NetworkGradientsOptions = {},
): NetworkGradients {
  const call = "networkGradients";
  requireOneWay(call, network);
  requireOptions<NetworkGradientsOptions>(call, options, {
    operations: true,
    labelSmoothing: true,
  });
  const { operations = kernels, labelSmoothing } = options;
  requireOperations(call, operations, BOTH_WAYS);
  requireBatch(call, network.input.shape, x);
  const end = scoresOf(network);
  const layers = network.layers
    .slice(1)
    .filter(({ index, auxiliary }) => index <= end.index && !auxiliary);
  requireGradients(call, layers, { training: true });
  requireWeights(call, network, layers, weights);

  const statistics: Record<string, kernels.Moments> = {};
  const moving: Record<string, kernels.Moments> = {};
  const outputs = new Map<Layer, Tensor>([[network.input, x]]);
  for (const layer of layers) {
    const inputs = layer.inputs.map((input) => outputs.get(input)!);
    const ofLayer = weightsFor(weights, layer);
    const { path, operation } = layer;
    if (operation.kind === "batchNorm") {
      const { gamma, beta, movingMean, movingVariance } = ofLayer;
      const { epsilon, momentum, unbiased } = operation;
      const owner = weightOwner(layer).path;
      const before = moving[owner] ?? { mean: movingMean!, variance: movingVariance! };
      const options = { gamma, beta, epsilon, momentum, unbiased, moving: before, training: true };
      const { y, mean, variance, moving: after } = kernels.batchNorm(inputs[0], options);
      statistics[path] = { mean, variance };
      moving[owner] = after!;
      outputs.set(layer, y);
    } else outputs.set(layer, forward(layer, inputs, ofLayer, operations));
  }
  const scores = outputs.get(end)!; // [m, classes]
  const { loss, dLogits } = onBehalfOf(call, () =>
    kernels.softmaxCrossEntropy(scores, labels, { labelSmoothing }),
  );
  const gradients: Record<string, LayerWeights> = {};
  const dOutputs = backpropagate(layers, outputs, end, dLogits, weights, operations, {
    batchStatistics: true,
    onWeights: (layer, dWeights) => {
      const { path } = weightOwner(layer);
      gradients[path] = sumOf(gradients[path], dWeights);
    },
  });
  const dInput = dOutputs.get(network.input)!;
  return { loss, gradients, scores, dInput, statistics, moving };
}

/** The same complaint, of the function that was called: its caller knows of no logits. */
function onBehalfOf<T>(call: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    const said = (text: string) => text.replace(/\blogits\b/g, "scores");
    const { problem } = error;
    const remedy = problem.remedy === undefined ? undefined : said(problem.remedy);
    throw new ArgumentError({ ...problem, call, expected: said(problem.expected), remedy });
  }
}

/** Weights that several layers share get the gradients of all of them. */
function sumOf(before: LayerWeights | undefined, more: LayerWeights): LayerWeights {
  if (!before) return more;
  const names = Object.keys(more) as WeightName[];
  return Object.fromEntries(
    names.map((name) => [name, zip(before[name]!, more[name]!, (a, b) => a + b)]),
  );
}

/** The layer whose outputs are scores: the last one, or the one before a last softmax. @internal */
export function scoresOf({ output }: Network, call = "networkGradients"): Layer {
  const { operation, inputs } = output;
  const end =
    operation.kind === "activation" && operation.function === "softmax" ? inputs[0] : output;
  if (end.shape.length === 1) return end;
  throw new ArgumentError({
    call,
    argument: "network",
    expected: "one that puts out [classes]",
    received: output,
    receivedAs: `one that puts out [${output.shape.join(", ")}]`,
  });
}
