import { ArgumentError, nearest, inspectCustom } from "../tensor";
import type { Layer } from "./description";
import { formatShape } from "./format";

/**
 * A network as data: the layers in an order in which they can be computed, each with what it does, where
 * its inputs come from, the shape of its output and the shapes of its weights. No weight is allocated, so
 * describing a network of a hundred million parameters costs no more than one of a hundred. Everything
 * else (cost, receptive field, summary, drawing, a tfjs model) is a walk over these records.
 *
 * Shapes leave out the batch: a stack of maps is [h, w, c], a vector [n].
 */
export class Network {
  /** The layers that take something in, by name. */
  readonly inputs: Readonly<Record<string, Layer>>;
  /** The layers whose outputs are the network's, by name. */
  readonly outputs: Readonly<Record<string, Layer>>;

  /** @param output or the outputs by name, for a `RecordNetwork` */
  constructor(
    readonly name: string,
    /** Every layer stands after its inputs. The first is the input; of several, each in its order. */
    readonly layers: readonly Layer[],
    output: Layer | Readonly<Record<string, Layer>>,
    /** Ends of the auxiliary heads, which only training uses. */
    readonly auxiliaryOutputs: readonly Layer[],
  ) {
    const inputs = layers.filter(({ operation }) => operation.kind === "input");
    this.inputs = Object.freeze(Object.fromEntries(inputs.map((input) => [input.name, input])));
    this.outputs = isLayer(output) ? Object.freeze({ output }) : Object.freeze({ ...output });
    Object.freeze(this);
  }

  /** The input, [h, w, c] or [n]. One of several has a name: `network.inputs.left`. */
  get input(): Layer {
    return this.only("input", this.inputs);
  }

  /** The layer whose output is the network's. One of several has a name: `network.outputs.scores`. */
  get output(): Layer {
    return this.only("output", this.outputs);
  }

  private only(end: "input" | "output", named: Readonly<Record<string, Layer>>): Layer {
    const [first, ...others] = Object.values(named);
    if (others.length === 0) return first;
    const names = Object.keys(named);
    throw new ArgumentError({
      call: `network.${end}`,
      argument: "network",
      expected: `of one ${end}`,
      received: this,
      receivedAs: `${this.name} with ${names.length}: ${names.join(", ")}`,
      remedy: `One of them is network.${end}s.${names[0]}.`,
    });
  }

  /** The layer of this path, such as `"conv3_1/conv2"`. */
  layer(path: string): Layer {
    return layerAt("network.layer", "path", this, path);
  }

  /** The layers of the block of this path, such as `"conv3_1"`, nested ones included. */
  block(path: string): readonly Layer[] {
    return this.layers.filter((layer) => layer.path.startsWith(`${path}/`));
  }

  toString(): string {
    const [from, to] = [this.inputs, this.outputs].map((ends) => this.described(ends));
    return `Network ${this.name}: ${from} → ${to}, ${this.layers.length} layers`;
  }

  /** The shapes at one end: `[28, 28, 1]`. */
  protected described(ends: Readonly<Record<string, Layer>>): string {
    return Object.values(ends)
      .map((layer) => formatShape(layer.shape))
      .join(", ");
  }

  /** What a notebook cell and `console.log` print. @internal */
  [inspectCustom](): string {
    return this.toString();
  }
}

/**
 * A network of several inputs or outputs, each with a name: the two images of a siamese network, the classes and the
 * boxes of a detector. It takes a record and gives a record: `runNetwork(net, weights, { left, right })` gives
 * `{ scores, boxes }`.
 *
 * It is described, counted, summarised, drawn and run like any other. What can only follow one tensor to another
 * (`connectivity`, `networkGradients`, ...) says so.
 */
export class RecordNetwork extends Network {
  protected override described(ends: Readonly<Record<string, Layer>>): string {
    return Object.entries(ends)
      .map(([name, { shape }]) => `${name} ${formatShape(shape)}`)
      .join(", ");
  }
}

/**
 * Lets through a network of one input and one output, for what can follow no more.
 *
 * @example
 * const sum = network("sum", { a: [2], b: [2] }, ({ a, b }) => ({ sum: layers.add(a, b) }));
 * requireOneWay("connectivity", sum) // throws network must be of one input and one output, but got sum, from a and b to sum
 */
export function requireOneWay(call: string, network: unknown): asserts network is Network {
  requireNetwork(call, network);
  const [inputs, outputs] = [Object.keys(network.inputs), Object.keys(network.outputs)];
  if (inputs.length === 1 && outputs.length === 1) return;
  throw new ArgumentError({
    call,
    argument: "network",
    expected: "of one input and one output",
    received: network,
    receivedAs: `${network.name}, from ${inputs.join(" and ")} to ${outputs.join(" and ")}`,
    remedy:
      "Describe the way from one of its inputs to one of its outputs as a network of its own.",
  });
}

function isLayer(output: Layer | Readonly<Record<string, Layer>>): output is Layer {
  return Array.isArray((output as Layer).inputs);
}

/** This many paths are named where one is not found. */
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
 * The layer of this path, for a call that is given it.
 *
 * @param call what an error names, and `argument` with it
 * @throws ArgumentError that lists the paths, when there is no such layer
 *
 * @example
 * layerAt("runNetwork", "until", zoo.lenet5(), "C2") // throws runNetwork(): until must be the path of a layer of LeNet-5
 */
export function layerAt(call: string, argument: string, network: Network, path: unknown): Layer {
  const found = network.layers.find((layer) => layer.path === path);
  if (found) return found;
  const paths = network.layers.map((layer) => layer.path);
  const [meant] = typeof path === "string" ? nearest(path.slice(0, 200), paths) : [];
  const shown = paths.slice(0, MOST_LISTED).map((known) => `"${known}"`);
  const more = paths.length > MOST_LISTED ? ` and ${paths.length - MOST_LISTED} more` : "";
  const suggestion = meant === undefined ? "" : `Did you mean "${meant}"? `;
  throw new ArgumentError({
    call,
    argument,
    expected: `the path of a layer of ${network.name}`,
    received: path,
    remedy: `${suggestion}There are ${shown.join(", ")}${more}.`,
  });
}
