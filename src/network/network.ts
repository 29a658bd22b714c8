import { ArgumentError, nearest, requireInteger, inspectCustom } from "../tensor";
import { sequential } from "./compose";
import type { Layer } from "./description";
import { formatShape } from "./format";
import { Graph, type Module } from "./graph";

/**
 * A network as data: the layers in an order in which they can be computed, each with what it does, where
 * its inputs come from, the shape of its output and the shapes of its weights. No weight is allocated, so
 * describing a network of a hundred million parameters costs no more than one of a hundred. Everything
 * else (cost, receptive field, summary, drawing, a tfjs model) is a walk over these records.
 *
 * Shapes leave out the batch: a stack of maps is [h, w, c], a vector [n].
 */
export class Network {
  constructor(
    readonly name: string,
    /** Every layer stands after its inputs. The first is the input. */
    readonly layers: readonly Layer[],
    readonly output: Layer,
    /** Ends of the auxiliary heads, which only training uses. */
    readonly auxiliaryOutputs: readonly Layer[],
  ) {
    Object.freeze(this);
  }

  get input(): Layer {
    return this.layers[0];
  }

  /** The layer of this path, such as `"conv3_1/conv2"`. */
  layer(path: string): Layer {
    const found = this.layers.find((layer) => layer.path === path);
    if (found) return found;
    const paths = this.layers.map((layer) => layer.path);
    const [meant] = typeof path === "string" ? nearest(path.slice(0, 200), paths) : [];
    const shown = paths.slice(0, MOST_LISTED).map((known) => `"${known}"`);
    const more = paths.length > MOST_LISTED ? ` and ${paths.length - MOST_LISTED} more` : "";
    const suggestion = meant === undefined ? "" : `Did you mean "${meant}"? `;
    throw new ArgumentError({
      call: "network.layer",
      argument: "path",
      expected: `the path of a layer of ${this.name}`,
      received: path,
      remedy: `${suggestion}There are ${shown.join(", ")}${more}.`,
    });
  }

  /** The layers of the block of this path, such as `"conv3_1"`, nested ones included. */
  block(path: string): readonly Layer[] {
    return this.layers.filter((layer) => layer.path.startsWith(`${path}/`));
  }

  toString(): string {
    const [from, to] = [this.input, this.output].map((layer) => formatShape(layer.shape));
    return `Network ${this.name}: ${from} → ${to}, ${this.layers.length} layers`;
  }

  /** What a notebook cell and `console.log` print. @internal */
  [inspectCustom](): string {
    return this.toString();
  }
}

/** So many paths are named where one is not found. */
const MOST_LISTED = 12;

/**
 * Lets through a network, and says how to come by one.
 *
 * @example
 * requireNetwork("draw", "resnet") // throws network must be a network, as network(...) and the functions of zoo make it, but got "resnet"
 */
export function requireNetwork(call: string, received: unknown): asserts received is Network {
  if (received instanceof Network) return;
  const expected = "a network, as network(...) and the functions of zoo make it";
  const remedy =
    typeof received === "string"
      ? "Make one: the functions of zoo know the published ones, zoo.resnet({ depth: 18 })."
      : undefined;
  throw new ArgumentError({ call, argument: "network", expected, received, remedy });
}

/**
 * Describes a network: its name, the shape of its input, and the modules that the input flows through.
 *
 * @param inputShape [h, w, c], or [n] for a network of dense layers
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
 */
export function network(
  name: string,
  inputShape: readonly number[],
  ...modules: readonly Module[]
): Network {
  if (typeof name !== "string") {
    const expected = "the name of the network, a text";
    throw new ArgumentError({ call: "network", argument: "name", expected, received: name });
  }
  if (!Array.isArray(inputShape) || (inputShape.length !== 3 && inputShape.length !== 1)) {
    throw new ArgumentError({
      call: "network",
      argument: "inputShape",
      expected: "[height, width, channels] or [features]",
      received: inputShape,
    });
  }
  inputShape.forEach((n, axis) => requireInteger("network", `inputShape[${axis}]`, n, 1));
  const graph = new Graph(name);
  const input = graph.add("input", "input", [], () => ({
    operation: { kind: "input" },
    shape: [...inputShape],
  }));
  const output = sequential(...modules)(input);
  refuseLooseEnds(graph, output.layer);
  return new Network(
    name,
    Object.freeze(graph.layers),
    output.layer,
    Object.freeze(graph.auxiliaryOutputs),
  );
}

/** A layer whose output nobody uses is a mistake in the description: its cost would be counted for nothing. */
function refuseLooseEnds(graph: Graph, output: Layer): void {
  const used = new Uint8Array(graph.layers.length);
  for (const end of [output, ...graph.auxiliaryOutputs]) used[end.index] = 1;
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
