import { ArgumentError } from "../tensor";
import type { Layer, Operation } from "./description";
import { Graph, type SymbolicTensor } from "./graph";
import { addInput, addInputs } from "./graphInputs";
import { Network, RecordNetwork, requireNetwork } from "./network";
import { replay } from "./replay";
import { requireName } from "./requireName";

/** A network as plain data: what a file, or the way to another process, can hold. */
export interface NetworkData {
  name: string;
  /** [h, w, c] or [n]; of several inputs, or of one with a name, a record. */
  inputShape: number[] | Record<string, number[]>;
  /** Each behind its inputs; the inputs themselves, index 0 and those that follow, are left out. */
  layers: LayerData[];
  /** The index of the layer whose output is the network's; of named outputs, a record. */
  output: number | Record<string, number>;
  auxiliaryOutputs: number[];
}

export interface LayerData {
  name: string;
  blocks: string[];
  operation: Operation;
  /** Indices in the network: 0 is its input (0, 1, ... are several), then those of `layers` follow. */
  inputs: number[];
  /** False for a dense layer that is set by hand and stays. Left out otherwise. */
  trainable?: false;
  /** The index of the layer whose weights it uses. Left out for one that owns its own. */
  sharesWith?: number;
  /** True in an auxiliary head. Left out otherwise. */
  auxiliary?: true;
}

/**
 * A network as plain data, for a file or another process. Shapes and weights are left out: they follow.
 *
 * @example
 * const data = networkToData(network("net", [8, 8, 1], layers.conv({ filters: 2, kernelSize: 3 }), layers.relu()));
 * data.layers.map(({ name, inputs }) => `${name} after ${inputs}`) // → ["conv1 after 0", "relu1 after 1"]
 */
export function networkToData(network: Network): NetworkData {
  requireNetwork("networkToData", network);
  return {
    name: network.name,
    inputShape:
      network instanceof RecordNetwork
        ? mapRecord(network.inputs, ({ shape }) => [...shape])
        : [...network.input.shape],
    layers: network.layers.filter((layer) => !isInput(layer)).map(layerToData),
    output:
      network instanceof RecordNetwork
        ? mapRecord(network.outputs, ({ index }) => index)
        : network.output.index,
    auxiliaryOutputs: network.auxiliaryOutputs.map(({ index }) => index),
  };
}

function isInput({ operation }: Layer): boolean {
  return operation.kind === "input";
}

function mapRecord<A, B>(record: Readonly<Record<string, A>>, f: (value: A) => B) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]));
}

function layerToData(layer: Layer): LayerData {
  const { name, blocks, operation, inputs, weights, sharesWith, auxiliary } = layer;
  const fixed = operation.kind === "dense" && !weights[0].trainable;
  return {
    name,
    blocks: [...blocks],
    operation,
    inputs: inputs.map(({ index }) => index),
    ...(fixed && { trainable: false }),
    ...(sharesWith && { sharesWith: sharesWith.index }),
    ...(auxiliary && { auxiliary: true }),
  };
}

/**
 * The network that plain data describes. Nothing in the data is believed: each layer is made anew by the
 * functions of `layers`, so that shapes and weights follow from the operations, and an operation that does
 * not fit its input is refused.
 *
 * @throws ArgumentError when the data describes no network
 *
 * @example
 * const net = zoo.resnet({ depth: 18 });
 * cost(networkFromData(networkToData(net))).params === cost(net).params // → true
 * @example
 * networkFromData({ name: "net", inputShape: [8, 8, 1], layers: [], output: 3, auxiliaryOutputs: [] }) // throws output must be the index of a layer, 0 to 0, but got 3
 */
export function networkFromData(data: NetworkData): Network {
  const lists = [data?.layers, data?.auxiliaryOutputs];
  const isObject = typeof data?.inputShape === "object" && data.inputShape !== null;
  if (typeof data?.name !== "string" || !isObject || !lists.every(Array.isArray)) {
    throw refused("data", "what networkToData gives", data);
  }
  const graph = new Graph(data.name);
  const tensors: SymbolicTensor[] = Array.isArray(data.inputShape)
    ? [addInput(graph, "input", "inputShape", data.inputShape)]
    : Object.values(addInputs(graph, data.inputShape));
  const made: Layer[] = tensors.map(({ layer }) => layer);
  for (const [i, layerData] of data.layers.entries()) {
    const index = made.length;
    const { inputs, name, blocks, auxiliary } = requireLayerData(layerData, i, index);
    const tensor = remake(
      layerData,
      inputs.map((at) => tensors[at]),
      i,
    );
    tensors.push(tensor);
    const path = [...blocks, name].join("/");
    const lender = lenderOf(layerData, i, made, tensor.layer);
    made.push({
      ...tensor.layer,
      name,
      blocks,
      path,
      inputs: inputs.map((at) => made[at]),
      ...(lender && { sharesWith: lender }),
      auxiliary: auxiliary === true,
    });
  }
  refuseEqualPaths(made);
  const layerAt = (argument: string, index: number): Layer => {
    if (Number.isInteger(index) && index in made) return made[index];
    throw refused(argument, `the index of a layer, 0 to ${made.length - 1}`, index);
  };
  const auxiliary = Object.freeze(
    data.auxiliaryOutputs.map((index) => layerAt("auxiliaryOutputs", index)),
  );
  Object.freeze(made);
  if (Array.isArray(data.inputShape))
    return new Network(data.name, made, layerAt("output", data.output as number), auxiliary);
  return new RecordNetwork(data.name, made, outputsOf(data.output, layerAt), auxiliary);
}

function outputsOf(
  output: NetworkData["output"],
  layerAt: (argument: string, index: number) => Layer,
): Record<string, Layer> {
  const entries = typeof output === "object" && output !== null ? Object.entries(output) : [];
  if (entries.length === 0) throw refused("output", "a record of indices, by name", output);
  return Object.fromEntries(
    entries.map(([name, index]) => {
      requireName("networkFromData", "the name of an output", name);
      return [name, layerAt(`output.${name}`, index)];
    }),
  );
}

function lenderOf(
  { sharesWith }: LayerData,
  at: number,
  made: readonly Layer[],
  { weights }: Layer,
): Layer | undefined {
  if (sharesWith === undefined) return undefined;
  const lender = Number.isInteger(sharesWith) ? made[sharesWith] : undefined;
  const fits = lender && !lender.sharesWith && weights.length > 0;
  if (fits && isSame(lender.weights, weights)) return lender;
  const expected = "the index of an earlier layer that owns weights of the same shapes";
  throw refused(`layers[${at}].sharesWith`, expected, sharesWith);
}

/** The layer that the operation makes of its inputs, which must be the very operation that was described. */
function remake(
  { operation, trainable }: LayerData,
  inputs: readonly SymbolicTensor[],
  at: number,
): SymbolicTensor {
  const tensor = replay(operation, inputs, trainable ?? true);
  if (tensor && isSame(tensor.layer.operation, operation)) return tensor;
  const expected = `an operation that fits ${inputs.length} inputs of its shapes`;
  throw refused(`layers[${at}].operation`, expected, operation);
}

/** Whether plain data is equal, down to the last number. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [mine, theirs] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = Object.keys(mine);
  return (
    names.length === Object.keys(theirs).length &&
    names.every((name) => Object.hasOwn(theirs, name) && isSame(mine[name], theirs[name]))
  );
}

function requireLayerData(layer: LayerData, i: number, index: number): LayerData {
  const isName = (name: unknown) => typeof name === "string" && name.length > 0;
  const isEarlier = (at: unknown) =>
    Number.isInteger(at) && (at as number) >= 0 && (at as number) < index;
  const fits =
    isName(layer?.name) &&
    Array.isArray(layer.blocks) &&
    layer.blocks.every(isName) &&
    Array.isArray(layer.inputs) &&
    layer.inputs.length > 0 &&
    layer.inputs.every(isEarlier);
  if (fits) return layer;
  const expected = "a layer with a name, its blocks, and inputs that stand before it";
  throw refused(`layers[${i}]`, expected, layer);
}

function refuseEqualPaths(layers: readonly Layer[]): void {
  const paths = new Set<string>();
  for (const { path } of layers) {
    if (paths.has(path)) throw refused("layers", "layers of different paths", path);
    paths.add(path);
  }
}

function refused(argument: string, expected: string, received: unknown): ArgumentError {
  return new ArgumentError({ call: "networkFromData", argument, expected, received });
}
