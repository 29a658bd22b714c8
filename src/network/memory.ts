import { requireInteger, requireOptions } from "../tensor";
import type { Layer } from "./description";
import { type Network, requireNetwork } from "./network";
import { savedForBackward } from "./savedForBackward";
import { inputValues, outputValues, products, weightSize } from "./work";

export interface MemoryOptions {
  /** Images at a time. 1 when left out. */
  batch?: number | undefined;
  /** 4 for float32, when left out; 2 for float16, 1 for int8. */
  bytesPerValue?: number | undefined;
}

export interface LayerMemory {
  readonly layer: Layer;
  /** Values read and written: inputs, output and weights. */
  readonly access: number;
  /** Multiply-adds for each byte that is read or written. */
  readonly intensity: number;
}

/** What a network needs of memory and asks of its bus. Sizes are in bytes, accesses in values. */
export interface MemoryCost {
  readonly weightBytes: number;
  /** The most that is in use at once while the layers run in order, each output freed after its last use. */
  readonly inferenceBytes: number;
  /** The output of every layer, auxiliary heads included: what training takes where nothing is done in place. */
  readonly trainingBytes: number;
  /**
   * What PyTorch keeps for the backward pass, each tensor once, auxiliary heads included: what goes into a
   * convolution, a dense layer, a normalisation and most activations, what comes out of a ReLU, sigmoid, tanh or
   * softmax, and of a max pool what goes in and an index of 8 bytes for each output. A sum, a concatenation and a
   * global mean keep nothing.
   */
  readonly savedBytes: number;
  /** Memory access cost in the sense of ShuffleNet v2: values read and written, summed over the layers. */
  readonly access: number;
  /** Arithmetic intensity: multiply-adds for each byte read or written. */
  readonly intensity: number;
  readonly layers: readonly LayerMemory[];
}

/**
 * The memory that a network takes, and its memory access cost. "MAC" has two meanings in this field, a
 * multiply-accumulate and this cost; here it is only ever `access`. For a 1×1 convolution from c1 to c2
 * channels on h × w maps it is the paper's h · w · (c1 + c2) + c1 · c2.
 *
 * Every layer is taken to write a tensor of its own, flatten and dropout apart, which cost nothing; `savedBytes`
 * alone asks instead which tensors the backward pass needs.
 *
 * @see Ma et al., ShuffleNet v2, 2018, arXiv 1807.11164, section 2
 *
 * @example
 * const pointwise = network("1×1", [28, 28, 58], layers.conv({ filters: 116, kernelSize: 1, bias: false }));
 * memoryCost(pointwise).access // → 143144
 * @example
 * const block = network("block", [4, 4, 2], layers.conv({ filters: 2, kernelSize: 1 }), layers.relu(), layers.maxPool({ size: 2 }));
 * memoryCost(block).savedBytes // → 320
 */
export function memoryCost(network: Network, options: MemoryOptions = {}): MemoryCost {
  requireNetwork("memoryCost", network);
  requireOptions<MemoryOptions>("memoryCost", options, { batch: true, bytesPerValue: true });
  const batch = requireInteger("memoryCost", "batch", options.batch ?? 1, 1);
  const bytes = requireInteger("memoryCost", "bytesPerValue", options.bytesPerValue ?? 4, 1);
  const inference = network.layers.filter((layer) => !layer.auxiliary);
  const weights = (layer: Layer) =>
    layer.weights.reduce((sum, weight) => sum + weightSize(weight), 0);

  const layers = inference.map((layer): LayerMemory => {
    const isSource = layer.inputs.length === 0;
    const activations =
      costsNoMemory(layer) || isSource ? 0 : allInputs(layer) + outputValues(layer);
    const access = batch * activations + weights(layer);
    const macs = batch * products(layer);
    return { layer, access, intensity: access === 0 ? 0 : macs / (access * bytes) };
  });
  const access = sum(layers.map((layer) => layer.access));
  const macs = sum(inference.map((layer) => batch * products(layer)));
  return {
    weightBytes: bytes * sum(network.layers.filter((layer) => !layer.sharesWith).map(weights)),
    inferenceBytes: bytes * batch * peak(inference, Object.values(network.outputs)),
    trainingBytes:
      bytes *
      batch *
      sum(network.layers.map((layer) => (costsNoMemory(layer) ? 0 : outputValues(layer)))),
    savedBytes: savedForBackward(network.layers, batch, bytes),
    access,
    intensity: macs / (access * bytes),
    layers,
  };
}

/** The most values in use at once. */
function peak(layers: readonly Layer[], outputs: readonly Layer[]): number {
  const lastUse = new Map<Layer, number>();
  layers.forEach((layer, i) => {
    lastUse.set(owner(layer), i);
    for (const input of layer.inputs) lastUse.set(owner(input), i);
  });
  for (const output of outputs) lastUse.set(owner(output), layers.length); // never freed
  let inUse = 0;
  let most = 0;
  layers.forEach((layer, i) => {
    if (!costsNoMemory(layer)) inUse += outputValues(layer);
    most = Math.max(most, inUse);
    for (const tensor of new Set([layer, ...layer.inputs].map(owner)))
      if (lastUse.get(tensor) === i) inUse -= outputValues(tensor);
  });
  return most;
}

/** The layer whose memory this one's output lies in. */
function owner(layer: Layer): Layer {
  return costsNoMemory(layer) ? owner(layer.inputs[0]) : layer;
}

/**
 * Whether a layer passes on what it gets: the numbers in other axes, or in inference, as dropout does, the same. A slice
 * is counted as written, which an engine without strides does. (`isTensorView` asks what PyTorch keeps in training.)
 */
function costsNoMemory(layer: Layer): boolean {
  return layer.operation.kind === "flatten" || layer.operation.kind === "dropout";
}

function allInputs(layer: Layer): number {
  return layer.inputs.length === 1 ? inputValues(layer) : sum(layer.inputs.map(outputValues));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
