import * as kernels from "../kernels";
import { type Layer, layerAt, type Network, requireOneWay } from "../network";
import {
  ArgumentError,
  indexOfGreatest,
  least,
  requireInteger,
  requireOptions,
  requireSameShape,
  type Tensor,
  zeros,
} from "../tensor";
import { backpropagate } from "./backpropagate";
import { type NetworkGradientOperations, requireGradients } from "./backward";
import { forward, type NetworkOperations } from "./forward";
import { scoresOf } from "./networkGradients";
import { requireBatch } from "./requireBatch";
import { BOTH_WAYS, requireOperations } from "./requireOperations";
import { requireWeights, weightsFor } from "./requireWeights";
import type { NetworkWeights } from "./NetworkWeights";

export interface ScoreGradientsOptions {
  /** The index of the class whose score is wanted, from 0; a list has one for each image. The likeliest when left out. */
  classes?: number | ArrayLike<number> | undefined;
  /**
   * In place of a class: from what the network puts out (or the layer `of`), the gradient of any one number to it,
   * shaped as it.
   */
  from?: ((output: Tensor) => Tensor) | undefined;
  /** The path of the layer whose output the number is made of. The scores before the softmax when left out. */
  of?: string | undefined;
  /** The paths of the layers to whose outputs the gradients are wanted. The input alone when left out. */
  to?: readonly string[] | undefined;
  /** Those of `kernels/`, written to be read, when left out; `engine` for speed. */
  operations?: (NetworkOperations & NetworkGradientOperations) | undefined;
}

export interface ScoreGradients {
  /** What the network, or the layer `of`, puts out: [m, classes] for scores. */
  output: Tensor;
  /** What each layer of `to` puts out, by its path. */
  outputs: Readonly<Record<string, Tensor>>;
  /** The gradient of the number to each of these, shaped as they are. */
  gradients: Readonly<Record<string, Tensor>>;
}

/**
 * How much a score changes with each pixel, or with each value that any layer puts out: what saliency maps and
 * Grad-CAM are made of. The network predicts: batch norm uses its moving averages, dropout does nothing.
 *
 * Cost: some three times that of `runNetwork` for gradients to the input; the later the layers of `to`, the less.
 *
 * @param weights of each layer, by its path
 * @param x [m, ...shape of the network's input]; the gradient of each image is that of its own score
 * @throws ArgumentError when something does not fit, before any work
 * @see Simonyan, Vedaldi and Zisserman, Deep inside convolutional networks, 2013, arXiv 1312.6034
 * @see Selvaraju et al., Grad-CAM, 2016, arXiv 1610.02391
 *
 * @example
 * const net = network("net", [2], layers.dense({ units: 2 }), layers.softmax());
 * const weights = { dense1: { matrix: tensor([[1, 2], [3, 4]]), bias: zeros([2]) } };
 * const { output, gradients } = scoreGradients(net, weights, tensor([[1, 1]]), { classes: 1 });
 * output.toArray() // → [[4, 6]]
 * gradients.input.toArray() // → [[2, 4]]
 */
export function scoreGradients(
  network: Network,
  weights: NetworkWeights,
  x: Tensor,
  options: ScoreGradientsOptions = {},
): ScoreGradients {
  const call = "scoreGradients";
  requireOneWay(call, network);
  requireOptions<ScoreGradientsOptions>(call, options, {
    classes: true,
    from: true,
    of: true,
    to: true,
    operations: true,
  });
  const { classes, from, of, to = [network.input.path], operations = kernels } = options;
  requireBatch(call, network.input.shape, x);
  requireOperations(call, operations, BOTH_WAYS);
  if (from !== undefined && typeof from !== "function")
    throw new ArgumentError({
      call,
      argument: "from",
      expected: "a function from what the layer puts out to the gradient to it",
      received: from,
    });
  if (from !== undefined && classes !== undefined)
    throw new ArgumentError({
      call,
      argument: "classes",
      expected: "left out where a function `from` gives the gradient",
      received: classes,
    });
  if (!Array.isArray(to) || to.length === 0)
    throw new ArgumentError({
      call,
      argument: "to",
      expected: "a list of paths of layers",
      received: to,
    });
  const end =
    of !== undefined
      ? layerAt(call, "of", network, of)
      : from
        ? network.output
        : scoresOf(network, call);
  if (from === undefined && end.shape.length !== 1)
    throw new ArgumentError({
      call,
      argument: "of",
      expected: "a layer that puts out [classes], where no function `from` is given",
      received: of,
    });
  const wanted = to.map((path) => layerAt(call, "to", network, path));
  const layers = network.layers
    .slice(1)
    .filter(({ index, auxiliary }) => index <= end.index && (end.auxiliary || !auxiliary));
  for (const layer of wanted)
    if (layer !== network.input && !layers.includes(layer))
      throw new ArgumentError({
        call,
        argument: "to",
        expected: `paths of layers before "${end.path}"`,
        received: layer.path,
      });
  requireGradients(call, layers, { training: false });
  requireWeights(call, network, layers, weights);

  const outputs = new Map<Layer, Tensor>([[network.input, x]]);
  for (const layer of layers) {
    const inputs = layer.inputs.map((input) => outputs.get(input)!);
    outputs.set(layer, forward(layer, inputs, weightsFor(weights, layer), operations));
  }
  const output = outputs.get(end)!;
  const dOutput = from ? from(output) : ofClasses(call, output, classes);
  requireSameShape(call, "the gradient that `from` gives", dOutput, output.shape, output.dtype);
  const earliest = least(wanted.map(({ index }) => index)); // nothing before it has to be gone back through
  const behind = layers.filter(({ index }) => index > earliest);
  const all = backpropagate(behind, outputs, end, dOutput, weights, operations, {
    batchStatistics: false,
  });
  const record = (tensorOf: (layer: Layer) => Tensor): Record<string, Tensor> =>
    Object.fromEntries(wanted.map((layer) => [layer.path, tensorOf(layer)]));
  return {
    output,
    outputs: record((layer) => outputs.get(layer)!),
    gradients: record((layer) => {
      const values = outputs.get(layer)!;
      return all.get(layer) ?? zeros(values.shape, values.dtype); // the score does not come out of it
    }),
  };
}

/** 1 at the class of each image. */
function ofClasses(
  call: string,
  scores: Tensor,
  classes: number | ArrayLike<number> | undefined,
): Tensor {
  const [batch, count] = scores.shape;
  const chosen = zeros(scores.shape, scores.dtype);
  for (let m = 0; m < batch; m++) {
    const row = scores.data.subarray(m * count, (m + 1) * count);
    const wanted = typeof classes === "number" ? classes : (classes?.[m] ?? indexOfGreatest(row));
    if (requireInteger(call, `the class of image ${m}`, wanted, 0) >= count)
      throw new ArgumentError({
        call,
        argument: `the class of image ${m}`,
        expected: `below ${count}`,
        received: wanted,
      });
    chosen.data[m * count + wanted] = 1;
  }
  return chosen;
}
