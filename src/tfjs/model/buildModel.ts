import * as tf from "@tensorflow/tfjs";
import { type Layer, type Network, weightOwner } from "../../network";
import { ArgumentError } from "../../tensor";
import { registerCorrections } from "../backends/registerCorrections";
import { skipGreeting } from "../backends/skipGreeting";
import { layerName } from "../layerName";
import { layersWithWeights, type NetworkWeights, requireWeights } from "../../running";
import { registerFileHandlers } from "./fileHandler";
import { layersFor } from "./layersFor";

/** One walk over the description: each layer applied to what came out of its inputs. */
export function buildModel(
  network: Network,
  { auxiliary, weights, seed }: { auxiliary: boolean; weights: NetworkWeights; seed: number },
): tf.LayersModel {
  const isWanted = (layer: Layer) => auxiliary || !layer.auxiliary;
  const weighty = layersWithWeights(network).filter(isWanted);
  requireWeights("toLayersModel", network, weighty, weights);

  skipGreeting();
  registerCorrections();
  registerFileHandlers();
  const outputs = new Map<Layer, tf.SymbolicTensor>();
  const wanted = network.layers.filter(isWanted);
  const lenders = new Set(wanted.map(weightOwner).filter((owner, i) => owner !== wanted[i]));
  const made = new Map<Layer, Made>();
  for (const layer of wanted) {
    const inputs = layer.inputs.map((input) => outputs.get(input)!);
    const y = inputs.length === 0 ? inputOf(layer) : applyLayer(layer, inputs, seed, lenders, made);
    outputs.set(layer, y);
  }
  const ends = [...Object.values(network.outputs), ...(auxiliary ? network.auxiliaryOutputs : [])];
  const sources = Object.values(network.inputs);
  const model = tf.model({
    name: network.name,
    inputs: sources.map((source) => outputs.get(source)!),
    outputs: ends.map((end, i) => {
      const y = outputs.get(end)!;
      // tfjs has each output once, and none that is an input.
      return ends.indexOf(end) < i || sources.includes(end) ? passedOn(i, y) : y;
    }),
  });
  for (const layer of weighty) setWeights(model.getLayer(layerName(layer)), layer, weights);
  return model;
}

function passedOn(index: number, y: tf.SymbolicTensor): tf.SymbolicTensor {
  const same = tf.layers.activation({ activation: "linear", name: `output${index}_passed_on` });
  return same.apply(y) as tf.SymbolicTensor;
}

function inputOf(layer: Layer): tf.SymbolicTensor {
  return tf.input({ name: layerName(layer), shape: [...layer.shape] });
}

/** What was made for a layer that owns weights, and what came out of it last. */
interface Made {
  readonly layers: tf.layers.Layer[];
  last: tf.SymbolicTensor;
}

/**
 * @param lenders the layers whose weights others share
 * @param made for the layers that own weights, which those that share them apply once more
 */
function applyLayer(
  layer: Layer,
  inputs: tf.SymbolicTensor[],
  seed: number,
  lenders: ReadonlySet<Layer>,
  made: Map<Layer, Made>,
): tf.SymbolicTensor {
  const owner = weightOwner(layer);
  const shared = lenders.has(owner);
  const own = layersFor(layer, { name: layerName(owner), seed: seed + layer.index, shared });
  const before = made.get(owner);
  if (before) requireAlike(layer, own, before.layers);
  // Averages move at each application: see PartialBatchNorm.
  const given = before && layer.operation.kind === "batchNorm" ? [...inputs, before.last] : inputs;
  const [first, ...others] = before?.layers ?? own;
  const start = first.apply(given.length === 1 ? given[0] : given) as tf.SymbolicTensor;
  const y = others.reduce((x, next) => next.apply(x) as tf.SymbolicTensor, start);
  if (before) before.last = y;
  else if (layer.weights.length > 0) made.set(owner, { layers: own, last: y });
  return y;
}

/** A layer of tfjs that has several inputs in turn does the same to all. */
function requireAlike(layer: Layer, own: tf.layers.Layer[], lent: tf.layers.Layer[]): void {
  const described = (all: tf.layers.Layer[]) => JSON.stringify(all.map((each) => each.getConfig()));
  if (described(own) === described(lent)) return;
  throw new ArgumentError({
    call: "toLayersModel",
    argument: `layer "${layer.path}"`,
    expected: `the same operation as "${weightOwner(layer).path}", whose weights it shares`,
    received: layer.inputs[0].shape,
    receivedAs: `one that tfjs must compute otherwise, on maps of [${layer.inputs[0].shape.join(", ")}]`,
    remedy: "runNetwork and compile run it; or apply what is shared to maps of one size.",
  });
}

/** tfjs orders the weights of its layers as the description does; a depthwise filter is only cut up otherwise. */
function setWeights(modelLayer: tf.layers.Layer, layer: Layer, weights: NetworkWeights): void {
  tf.tidy(() => {
    const shapes = modelLayer.getWeights().map(({ shape }) => shape);
    const values = layer.weights.map(({ name }, i) =>
      tf.tensor(Float32Array.from(weights[layer.path][name]!.data), shapes[i]),
    );
    modelLayer.setWeights(values);
  });
}
