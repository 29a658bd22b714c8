import { type Network, requireNetwork } from "../network";
import { whereInstalled } from "../project";
import { requireInteger, requireOptions } from "../tensor";
import type { LayersModel } from "./LayersModel";
import { initialWeights, type NetworkWeights } from "../running";

export interface ToLayersModelOptions {
  /** Whether the auxiliary heads become further outputs, as training GoogLeNet wants it. False when left out. */
  auxiliary?: boolean | undefined;
  /** The weights to begin with, by layer path. Those of `initialWeights` when left out. */
  weights?: NetworkWeights | undefined;
  /** For the initial weights and for dropout. 0 when left out. */
  seed?: number | undefined;
}

/**
 * The tfjs model of a network, to train and to predict with. Every layer of the description becomes one of
 * the same name, input channels last, and of the same output shape: one that Keras has too where it means
 * the same, else one of our own, which saves and loads like any other (see `loadLayersModel`).
 *
 * The model of a `RecordNetwork` takes a list of tensors and gives one, in the order of the records.
 *
 * @throws ArgumentError when weights are missing or of another shape, before any work
 *
 * @example
 * const { conv, relu, flatten, dense, softmax } = layers;
 * const net = network("net", [8, 8, 1], conv({ filters: 2, kernelSize: 3 }), relu(), flatten(), dense({ units: 3 }), softmax());
 * const model = toLayersModel(net, { seed: 7 });
 * model.countParams() // → 239
 * model.getLayer("conv1").outputShape // → [null, 6, 6, 2]
 * @example
 * const tf = require("@tensorflow/tfjs");
 * const model = toLayersModel(network("line", [1], layers.dense({ units: 1 })), { seed: 7 });
 * const [x, y] = [tf.tensor2d([[0], [1], [2]]), tf.tensor2d([[1], [3], [5]])];
 * model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
 * await model.fit(x, y, { epochs: 200, verbose: 0 });
 * model.predict(tf.tensor2d([[10]])).dataSync().map(Math.round)[0] // → 21
 */
export function toLayersModel(network: Network, options: ToLayersModelOptions = {}): LayersModel {
  requireOptions<ToLayersModelOptions>("toLayersModel", options, {
    auxiliary: "flag",
    weights: true,
    seed: true,
  });
  requireNetwork("toLayersModel", network);
  const seed = requireInteger("toLayersModel", "seed", options.seed ?? 0, 0);
  const { auxiliary = false, weights = initialWeights(network, seed) } = options;
  // tfjs takes a while to load, and who does not train can do without it.
  const { buildModel } = whereInstalled(
    "toLayersModel()",
    () => require("./model/buildModel") as typeof import("./model/buildModel"),
  );
  return buildModel(network, { auxiliary, weights, seed });
}
