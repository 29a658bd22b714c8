import * as tf from "@tensorflow/tfjs";
import type { Layer, Network } from "../../network";
import { registerCorrections } from "../backends/registerCorrections";
import { skipGreeting } from "../backends/skipGreeting";
import { layerName } from "../layerName";
import type { ToLayersModelOptions } from "../toLayersModel";
import { layersWithWeights, requireWeights } from "../../running/requireWeights";
import type { NetworkWeights } from "../../running/weights";
import { registerFileHandlers } from "./fileHandler";
import { layersFor } from "./layersFor";

/** One walk over the description: each layer applied to what came out of its inputs. */
export function buildModel(
  network: Network,
  { auxiliary, weights, seed }: Required<ToLayersModelOptions>,
): tf.LayersModel {
  const isWanted = (layer: Layer) => auxiliary || !layer.auxiliary;
  const weighty = layersWithWeights(network).filter(isWanted);
  requireWeights("toLayersModel", weighty, weights);

  skipGreeting();
  registerCorrections();
  registerFileHandlers();
  const outputs = new Map<Layer, tf.SymbolicTensor>();
  for (const layer of network.layers.filter(isWanted)) {
    const inputs = layer.inputs.map((input) => outputs.get(input)!);
    outputs.set(layer, inputs.length === 0 ? inputOf(layer) : applyLayer(layer, inputs, seed));
  }
  const ends = [network.output, ...(auxiliary ? network.auxiliaryOutputs : [])];
  const model = tf.model({
    name: network.name,
    inputs: outputs.get(network.input)!,
    outputs: ends.map((end) => outputs.get(end)!),
  });
  for (const layer of weighty) setWeights(model.getLayer(layerName(layer)), layer, weights);
  return model;
}

function inputOf(layer: Layer): tf.SymbolicTensor {
  return tf.input({ name: layerName(layer), shape: [...layer.shape] });
}

function applyLayer(layer: Layer, inputs: tf.SymbolicTensor[], seed: number): tf.SymbolicTensor {
  const [first, ...others] = layersFor(layer, { name: layerName(layer), seed: seed + layer.index });
  const y = first.apply(inputs.length === 1 ? inputs[0] : inputs) as tf.SymbolicTensor;
  return others.reduce((x, next) => next.apply(x) as tf.SymbolicTensor, y);
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
