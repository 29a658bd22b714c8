import { ArgumentError, requireFunction } from "../tensor";
import { chained } from "./chain";
import type { Layer } from "./description";
import { formatShape } from "./format";
import { Graph, type Module, SymbolicTensor } from "./graph";
import { addInput, addInputs } from "./graphInputs";
import { Network, RecordNetwork } from "./network";
import { requireName } from "./requireName";

/**
 * Describes a network: its name, the shape of its input ([h, w, c], or [n] for a network of dense layers), and the
 * modules that the input flows through.
 *
 * With several inputs or outputs it takes a record of shapes, and a function from the tensors by name to a record of
 * those that come out: see `RecordNetwork`.
 *
 * @throws NetworkError when something does not fit, naming the layer and the shapes
 *
 * @example
 * const { conv, maxPool, relu, flatten, dense } = layers;
 * const small = network("small", [28, 28, 1],
 *   conv({ filters: 8, kernelSize: 5 }), relu(), maxPool({ size: 2 }),
 *   flatten(), dense({ units: 10 }),
 * );
 * small.output.shape // → [10]
 * @example
 * network("one layer", [8, 8, 1], layers.conv({ filters: 4, kernelSize: 5 })).layers.map((layer) => layer.path) // → ["input", "conv1"]
 * @example
 * const arm = layers.shared(layers.conv({ filters: 4, kernelSize: 3 }), layers.globalAveragePool());
 * const shape = [8, 8, 1];
 * const pair = network("pair", { left: shape, right: shape }, ({ left, right }) => {
 *   const [a, b] = [arm(left), arm(right)];
 *   return { both: layers.multiply(a, b), left: a };
 * });
 * pair.toString() // → "Network pair: left [8, 8, 1], right [8, 8, 1] → both [4], left [4], 7 layers"
 * cost(pair).params // → 40
 */
export function network<Names extends string>(
  name: string,
  inputShapes: Readonly<Record<Names, readonly number[]>>,
  body: (
    inputs: Readonly<Record<Names, SymbolicTensor>>,
  ) => Readonly<Record<string, SymbolicTensor>>,
): RecordNetwork;
export function network(
  name: string,
  inputShape: readonly number[],
  ...modules: readonly Module[]
): Network;
export function network(
  name: string,
  inputShape: readonly number[] | Readonly<Record<string, readonly number[]>>,
  ...modules: readonly (Module | RecordModule)[]
): Network {
  if (typeof name !== "string") {
    const expected = "the name of the network, a text";
    throw new ArgumentError({ call: "network", argument: "name", expected, received: name });
  }
  const graph = new Graph(name);
  if (isRecord(inputShape)) return ofRecords(graph, inputShape, modules as RecordModule[]);
  const input = addInput(graph, "input", "inputShape", inputShape);
  const output = chained("network", modules as Module[])(input);
  refuseLooseEnds(graph, [output.layer]);
  return new Network(
    name,
    Object.freeze(graph.layers),
    output.layer,
    Object.freeze(graph.auxiliaryOutputs),
  );
}

/** From the tensors that come in, by name, to those that come out. */
type RecordModule = (
  inputs: Readonly<Record<string, SymbolicTensor>>,
) => Readonly<Record<string, SymbolicTensor>>;

function ofRecords(
  graph: Graph,
  shapes: Readonly<Record<string, readonly number[]>>,
  bodies: readonly RecordModule[],
): RecordNetwork {
  const call = "network";
  const kind = "from the tensors of that record to a record of outputs";
  requireFunction(call, "body", bodies[0], kind);
  if (bodies.length > 1) {
    const expected = `one function ${kind}`;
    const receivedAs = `${bodies.length} of them`;
    throw new ArgumentError({ call, argument: "body", expected, received: bodies, receivedAs });
  }
  const given = bodies[0](addInputs(graph, shapes));
  if (!isRecord(given) || Object.keys(given).length === 0) {
    throw new ArgumentError({
      call,
      argument: "what the function gives",
      expected: "a record of symbolic tensors, by the names of the outputs",
      received: given,
      receivedAs: given instanceof SymbolicTensor ? "one tensor" : undefined,
      remedy: "Such as ({ left, right }) => ({ sum: add(left, right) }).",
    });
  }
  const outputs = Object.entries(given).map(([output, tensor]): [string, Layer] => {
    requireName(call, "the name of an output", output);
    requireSymbolic(output, tensor, graph);
    return [output, tensor.layer];
  });
  refuseLooseEnds(
    graph,
    outputs.map(([, layer]) => layer),
  );
  return new RecordNetwork(
    graph.networkName,
    Object.freeze(graph.layers),
    Object.fromEntries(outputs),
    Object.freeze(graph.auxiliaryOutputs),
  );
}

function requireSymbolic(output: string, tensor: unknown, graph: Graph): void {
  if (tensor instanceof SymbolicTensor && tensor.graph === graph) return;
  throw new ArgumentError({
    call: "network",
    argument: `output ${output}`,
    expected: "a symbolic tensor of this network",
    received: tensor,
    receivedAs: tensor instanceof SymbolicTensor ? "one of another network" : undefined,
  });
}

/** A layer whose output nobody uses is a mistake in the description: its cost would be counted for nothing. */
function refuseLooseEnds(graph: Graph, outputs: readonly Layer[]): void {
  const used = new Uint8Array(graph.layers.length);
  for (const end of [...outputs, ...graph.auxiliaryOutputs]) used[end.index] = 1;
  for (const layer of graph.layers) for (const input of layer.inputs) used[input.index] = 1;
  const loose = graph.layers.find((layer) => used[layer.index] === 0);
  if (!loose) return;
  throw new ArgumentError({
    call: "network",
    argument: `the output of ${graph.networkName}/${loose.path}`,
    expected: "used by another layer, or be the output of the network",
    received: loose,
    receivedAs: `a loose end of shape ${formatShape(loose.shape)}`,
  });
}

function isRecord<T>(value: T | Readonly<Record<string, T>>): value is Readonly<Record<string, T>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  // Objects of another realm (a sandbox, a cell) have an Object.prototype of their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
