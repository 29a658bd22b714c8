import { layers, type Network, network, NetworkError, type SymbolicTensor } from "../../network";
import { ArgumentError } from "../../tensor";
import { type DescribedModel, type ModelOptions, requireModelOptions } from "../DescribedModel";
import { unknownRemark } from "../unknownRemark";
import { KEEP_SHAPE, MAKERS } from "./layerFor";
import { isModel, type KerasLayer, type KerasModel, modelOf, topologyOf } from "./topology";

const CALL = "networkFromKeras";

/**
 * The network that a Keras or tfjs model's topology describes: what `model.to_json()` gives in Keras 2 and 3,
 * and the `model.json` of a tfjs layers model. Rows, columns, channels in this order ("channels_last").
 *
 * A layer that is not known here and keeps its input's shape becomes an `unknown` layer, and `remarks` says so;
 * any other is refused by name, since no shape behind it can be known.
 *
 * @param model the parsed JSON
 * @param options.input [h, w, c] or [n], where the model leaves sizes open
 * @throws ArgumentError naming the layer that cannot be described
 *
 * @example
 * const dense = { class_name: "Dense", config: { name: "scores", units: 10, batch_input_shape: [null, 4] } };
 * cost(networkFromKeras({ class_name: "Sequential", config: { layers: [dense] } }).network).params // → 50
 */
export function networkFromKeras(model: unknown, options: ModelOptions = {}): DescribedModel {
  requireModelOptions("networkFromKeras", options);
  const topology = topologyOf(model);
  const net = network(options.name ?? topology.name, inputShape(topology, options), (x) =>
    apply(topology, x),
  );
  return { network: net, remarks: remarksOf(net) };
}

/** What a model makes of its input; one within another is a block. */
function apply(model: KerasModel, x: SymbolicTensor): SymbolicTensor {
  if (model.sequential) return model.layers.reduce((y, layer) => describe(layer, [y]), x);
  const made = new Map<string, SymbolicTensor>();
  for (const layer of model.layers) {
    if (layer.calls.length > 1)
      throw refused(layer, "it is used several times, which is not described here");
    if (layer.className === "InputLayer") {
      made.set(layer.name, x);
      continue;
    }
    const inputs = (layer.calls[0] ?? []).map((name) => {
      const input = made.get(name);
      if (input) return input;
      throw refused(layer, `its input ${JSON.stringify(name)} does not stand before it`);
    });
    if (inputs.length === 0) throw refused(layer, "nothing says what it is applied to");
    made.set(layer.name, describe(layer, inputs));
  }
  const outputs = model.outputs.flatMap((name) => made.get(name) ?? []);
  const [first] = outputs;
  if (!first)
    throw new ArgumentError({
      call: CALL,
      argument: "model",
      expected: "a model with an output",
      received: model.outputs,
    });
  if (outputs.length === 1) return first;
  return layers.unknown({ type: "outputs", shape: first.shape, name: "outputs" })(...outputs);
}

function describe(layer: KerasLayer, inputs: readonly SymbolicTensor[]): SymbolicTensor {
  if (isModel({ class_name: layer.className }))
    return layers.within(inputs[0], layer.name, () => apply(modelOf(layer.config), inputs[0]));
  if (layer.config.data_format === "channels_first")
    throw refused(layer, 'it takes channels first; only "channels_last" is described here');
  try {
    const make = MAKERS[layer.className];
    const made = make?.(layer, inputs);
    if (made) return made;
  } catch (error) {
    if (error instanceof NetworkError) throw error;
    throw refused(layer, (error as Error).message);
  }
  if (KEEP_SHAPE.has(layer.className))
    return layers.unknown({ type: layer.className, shape: inputs[0].shape })(...inputs);
  throw refused(layer, `${layer.className} is not known here, nor the shape it puts out`);
}

function inputShape(model: KerasModel, options: ModelOptions): readonly number[] {
  const inputs = model.layers.filter(({ className }) => className === "InputLayer");
  if (inputs.length > 1) throw refused(inputs[1], "a second input, which is not described here");
  const declared = declaredShape(model)?.slice(1);
  const expected = "sizes, which the model leaves open";
  const remedy = "Give its height, width and channels: input: [224, 224, 3], or --input 224x224x3.";
  const given = options.input;
  if (!given) {
    if (declared?.every((size): size is number => typeof size === "number")) return declared;
    throw new ArgumentError({
      call: CALL,
      argument: "input",
      expected,
      received: declared ?? null,
      remedy,
    });
  }
  const fits =
    !declared ||
    (declared.length === given.length &&
      declared.every((size, i) => size === null || size === given[i]));
  if (fits) return given;
  throw new ArgumentError({
    call: CALL,
    argument: "input",
    expected: `[${declared.join(", ")}], as the model has it`,
    received: given,
  });
}

/** The shape that an input layer states, or the first layer that states any; a model within comes first if it stands first. */
function declaredShape({ layers }: KerasModel): unknown[] | undefined {
  const inputsFirst = [...layers].sort(
    (a, b) => Number(b.className === "InputLayer") - Number(a.className === "InputLayer"),
  );
  for (const { className, config } of inputsFirst) {
    const within = isModel({ class_name: className }) ? declaredShape(modelOf(config)) : undefined;
    const declared = shapeIn(config) ?? within;
    if (declared) return declared;
  }
  return undefined;
}

/** `[null, h, w, c]`, under the name that Keras 2 or Keras 3 gives it. */
function shapeIn({ batch_input_shape, batch_shape }: KerasLayer["config"]): unknown[] | undefined {
  const shape = batch_input_shape ?? batch_shape;
  return Array.isArray(shape) ? (shape as unknown[]) : undefined;
}

function remarksOf(net: Network): string[] {
  const isStrange = (type: string) => KEEP_SHAPE.has(type);
  const neither = "neither their multiply-adds nor their parameters are counted";
  const macs = "their multiply-adds are not counted (their parameters are)";
  return [
    unknownRemark(net, neither, isStrange),
    unknownRemark(net, macs, (type) => !isStrange(type)),
  ].filter((remark) => remark !== undefined);
}

function refused(layer: KerasLayer, why: string): ArgumentError {
  return new ArgumentError({
    call: CALL,
    argument: `the layer ${JSON.stringify(layer.name)} (${layer.className})`,
    expected: "one that can be described in a network of maps and vectors",
    received: why,
    receivedAs: `one that cannot: ${why}`,
  });
}
