import { ArgumentError } from "../tensor";
import type { Layer, Operation } from "./description";
import { Graph, type SymbolicTensor } from "./graph";
import { network, Network, requireNetwork } from "./network";
import { replay } from "./replay";

/** A network as plain data: what a file, or the way to another process, can hold. */
export interface NetworkData {
  name: string;
  /** [h, w, c] or [n]. */
  inputShape: number[];
  /** Each behind its inputs; the input itself, place 0, is left out. */
  layers: LayerData[];
  /** The place of the layer whose output is the network's. */
  output: number;
  auxiliaryOutputs: number[];
}

export interface LayerData {
  name: string;
  blocks: string[];
  operation: Operation;
  /** Places in the network: 0 is its input, 1 the first of `layers`. */
  inputs: number[];
  /** False for a dense layer that is set by hand and stays. Left out otherwise. */
  trainable?: false;
  /** The place of the layer whose weights it uses. Left out for one that owns its own. */
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
    inputShape: [...network.input.shape],
    layers: network.layers.slice(1).map(layerToData),
    output: network.output.index,
    auxiliaryOutputs: network.auxiliaryOutputs.map(({ index }) => index),
  };
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
 * networkFromData({ name: "net", inputShape: [8, 8, 1], layers: [], output: 3, auxiliaryOutputs: [] }) // throws output must be the place of a layer, 0 to 0, but got 3
 */
export function networkFromData(data: NetworkData): Network {
  const lists = [data?.inputShape, data?.layers, data?.auxiliaryOutputs];
  if (typeof data?.name !== "string" || !lists.every(Array.isArray)) {
    throw refused("data", "what networkToData gives", data);
  }
  const input = network(data.name, data.inputShape).input;
  const graph = new Graph(data.name);
  const tensors: SymbolicTensor[] = [
    graph.add("input", "input", [], () => ({ operation: input.operation, shape: input.shape })),
  ];
  const made: Layer[] = [input];
  for (const [i, layerData] of data.layers.entries()) {
    const place = i + 1;
    const { inputs, name, blocks, auxiliary } = requireLayerData(layerData, place);
    const tensor = remake(
      layerData,
      inputs.map((at) => tensors[at]),
      place,
    );
    tensors.push(tensor);
    const path = [...blocks, name].join("/");
    const lender = lenderOf(layerData, place, made, tensor.layer);
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
  const layerAt = (argument: string, place: number): Layer => {
    if (Number.isInteger(place) && place in made) return made[place];
    throw refused(argument, `the place of a layer, 0 to ${made.length - 1}`, place);
  };
  return new Network(
    data.name,
    Object.freeze(made),
    layerAt("output", data.output),
    Object.freeze(data.auxiliaryOutputs.map((place) => layerAt("auxiliaryOutputs", place))),
  );
}

function lenderOf(
  { sharesWith }: LayerData,
  place: number,
  made: readonly Layer[],
  { weights }: Layer,
): Layer | undefined {
  if (sharesWith === undefined) return undefined;
  const lender = Number.isInteger(sharesWith) ? made[sharesWith] : undefined;
  const fits = lender && !lender.sharesWith && weights.length > 0;
  if (fits && isSame(lender.weights, weights)) return lender;
  const expected = "the place of an earlier layer that owns weights of the same shapes";
  throw refused(`layers[${place - 1}].sharesWith`, expected, sharesWith);
}

/** The layer that the operation makes of its inputs, which must be the very operation that was described. */
function remake(
  { operation, trainable }: LayerData,
  inputs: readonly SymbolicTensor[],
  place: number,
): SymbolicTensor {
  const tensor = replay(operation, inputs, trainable ?? true);
  if (tensor && isSame(tensor.layer.operation, operation)) return tensor;
  const expected = `an operation that fits ${inputs.length} inputs of its shapes`;
  throw refused(`layers[${place - 1}].operation`, expected, operation);
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

function requireLayerData(layer: LayerData, place: number): LayerData {
  const isName = (name: unknown) => typeof name === "string" && name.length > 0;
  const isEarlier = (at: unknown) =>
    Number.isInteger(at) && (at as number) >= 0 && (at as number) < place;
  const fits =
    isName(layer?.name) &&
    Array.isArray(layer.blocks) &&
    layer.blocks.every(isName) &&
    Array.isArray(layer.inputs) &&
    layer.inputs.length > 0 &&
    layer.inputs.every(isEarlier);
  if (fits) return layer;
  const expected = "a layer with a name, its blocks, and inputs that stand before it";
  throw refused(`layers[${place - 1}]`, expected, layer);
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
