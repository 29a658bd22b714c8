import { ArgumentError } from "../../tensor";

/** A layer of a Keras model as its file has it. */
export interface KerasLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers whose outputs each of its calls takes; empty in a sequential model. */
  readonly calls: readonly (readonly string[])[];
}

/** A model, or a model within a model. */
export interface KerasModel {
  readonly name: string;
  readonly sequential: boolean;
  readonly layers: readonly KerasLayer[];
  /** Names of the layers that the model gives out; empty in a sequential model. */
  readonly outputs: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** Deeper nesting, or more layers, than any model that is counted here. */
const MOST_LAYERS = 20_000;

/**
 * The layers of a Keras model, out of what Keras 2, Keras 3 and tfjs write: the config alone, or the whole
 * `model.json` with weights' manifest.
 */
export function topologyOf(json: unknown): KerasModel {
  const root = object(json);
  const topology = object(root?.modelTopology ?? root);
  const model = object(topology?.model_config ?? topology);
  if (model && isModel(model)) return modelOf(model);
  throw refused("a Keras model: an object with class_name Sequential, Functional or Model", json);
}

export function isModel(layer: Json): boolean {
  const { class_name: className } = layer;
  return className === "Sequential" || className === "Functional" || className === "Model";
}

export function modelOf(model: Json): KerasModel {
  // Early Keras wrote a sequential model's layers in place of its config.
  const config = Array.isArray(model.config)
    ? { layers: model.config as unknown[] }
    : object(model.config);
  const listed = config && "layers" in config ? config.layers : undefined;
  if (!Array.isArray(listed)) throw refused("a model with layers", model);
  if (listed.length > MOST_LAYERS) throw refused(`at most ${MOST_LAYERS} layers`, listed.length);
  const layers = (listed as unknown[]).map(layerOf);
  const { name, output_layers: outputs } = (config ?? {}) as Json;
  return {
    name: typeof name === "string" ? name : "model",
    sequential: model.class_name === "Sequential",
    layers,
    outputs: namesIn(outputs),
  };
}

function layerOf(value: unknown): KerasLayer {
  const layer = object(value);
  const config =
    object(layer?.config) ?? (Array.isArray(layer?.config) ? { layers: layer.config } : undefined);
  if (!layer || !config || typeof layer.class_name !== "string")
    throw refused("layers with class_name and config", value);
  const name = layer.name ?? config.name;
  return {
    className: layer.class_name,
    name: typeof name === "string" ? name : layer.class_name,
    config: isModel(layer) ? { ...layer } : config,
    calls: callsOf(layer.inbound_nodes),
  };
}

/**
 * Who feeds each call of a layer: Keras 2 writes `[[["conv1", 0, 0, {}]]]`, Keras 3 tensors with their
 * history among the arguments.
 */
function callsOf(nodes: unknown): string[][] {
  if (!Array.isArray(nodes)) return [];
  return (nodes as unknown[]).map((node) => {
    const call = object(node);
    return call ? historiesIn(call.args) : namesIn(node);
  });
}

function historiesIn(value: unknown): string[] {
  if (Array.isArray(value)) return (value as unknown[]).flatMap(historiesIn);
  const history = object(object(value)?.config)?.keras_history;
  return Array.isArray(history) && typeof history[0] === "string" ? [history[0]] : [];
}

/** `["conv1", 0, 0]`, or several such. */
function namesIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  if (typeof value[0] === "string") return [value[0]];
  return (value as unknown[]).flatMap(namesIn);
}

export function object(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : undefined;
}

function refused(expected: string, received: unknown): ArgumentError {
  return new ArgumentError({ call: "networkFromKeras", argument: "model", expected, received });
}
