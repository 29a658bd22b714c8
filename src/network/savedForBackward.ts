import type { ActivationFunction, Layer, OperationKind } from "./description";
import { inputValues, outputValues } from "./work";

/** What PyTorch's autograd keeps of one layer until the backward pass has come by. */
interface Kept {
  inputs?: boolean;
  output?: boolean;
  /** Values of the layer's own, of the network's type, for one image. */
  own?: number;
  /** Values of the layer's own for a whole batch. */
  ownForBatch?: number;
  /** Indices, of 8 bytes each, for one image. */
  indices?: number;
}

const input: Kept = { inputs: true };
const output: Kept = { output: true };

/** The slopes of these are had from what comes out; for those of the others, ReLU6 among them, what went in is kept. */
const fromOutput: readonly ActivationFunction[] = ["relu", "sigmoid", "tanh", "softmax"];

/** Kinds that are not named keep nothing: sums, concatenations, shuffles, zeros around, global means. */
const rules: Partial<Record<OperationKind, (layer: Layer) => Kept>> = {
  conv: () => input,
  transposedConv: () => input,
  dense: () => input,
  batchNorm: (layer) => ({ ...input, ownForBatch: 2 * channels(layer) }), // mean, inverse deviation
  layerNorm: (layer) => ({ ...input, own: 2 * (outputValues(layer) / channels(layer)) }),
  groupNorm: (layer) => ({ ...input, own: 2 * groupsOf(layer) }),
  channelScale: (layer) => (layer.weights.some(({ trainable }) => trainable) ? input : {}),
  multiply: () => input,
  activation: ({ operation }) =>
    operation.kind === "activation" && fromOutput.includes(operation.function) ? output : input,
  pool: (layer) => (isMax(layer) ? { ...input, indices: outputValues(layer) } : input),
  globalPool: (layer) => (isMax(layer) ? { ...input, ...output } : {}),
  adaptivePool: () => input,
  dropout: (layer) => ({ own: outputValues(layer) }), // which were let through, as factors
  // Squares with zeros around, the sum that is raised to a power, and the power.
  localResponseNorm: (layer) => ({
    ...input,
    own: 3 * outputValues(layer) + positions(layer) * (windowOf(layer) - 1),
  }),
};

/**
 * The bytes that PyTorch keeps for the backward pass: each tensor that some layer's gradient needs, once, without
 * the weights. Whether an activation works in place makes no difference: PyTorch then keeps a copy of what it needs.
 */
export function savedForBackward(layers: readonly Layer[], batch: number, bytes: number): number {
  const kept = new Set<Layer>();
  let own = 0;
  for (const layer of layers) {
    const rule = rules[layer.operation.kind]?.(layer) ?? {};
    if (rule.inputs) for (const source of layer.inputs) kept.add(tensorOf(source));
    if (rule.output) kept.add(tensorOf(layer));
    own += bytes * ((rule.ownForBatch ?? 0) + batch * (rule.own ?? 0));
    own += 8 * batch * (rule.indices ?? 0);
  }
  let activations = 0;
  for (const layer of kept) activations += outputValues(layer);
  return own + bytes * batch * activations;
}

/** The layer whose tensor this one's output is a part of, or another view. */
function tensorOf(layer: Layer): Layer {
  return isTensorView(layer) ? tensorOf(layer.inputs[0]) : layer;
}

/**
 * Whether PyTorch gives a view here, of the whole or of a part: the backward pass then keeps no second tensor. Dropout
 * is none, for in training it makes values of its own. (`costsNoMemory` asks what a layer costs that only infers.)
 */
function isTensorView({ operation }: Layer): boolean {
  return ["flatten", "slice", "crop"].includes(operation.kind);
}

function channels(layer: Layer): number {
  return layer.shape[layer.shape.length - 1];
}

function positions(layer: Layer): number {
  return inputValues(layer) / channels(layer);
}

function groupsOf({ operation }: Layer): number {
  return operation.kind === "groupNorm" ? operation.groups : 1;
}

function windowOf({ operation }: Layer): number {
  return operation.kind === "localResponseNorm" ? operation.size : 1;
}

function isMax({ operation }: Layer): boolean {
  return "mode" in operation && operation.mode === "max";
}
