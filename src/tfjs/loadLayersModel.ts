import { whereInstalled } from "../project";
import { ArgumentError } from "../tensor";
import type { LayersModel } from "./LayersModel";

/**
 * Loads a model that was saved: `tf.loadLayersModel`, which by this call knows our layers too.
 *
 * @param source the path of a folder that `model.save("file://folder")` wrote, or a URL, or a handler such as
 *   `tf.io.fromMemory(...)`
 * @throws Error that says so when weights and description do not fit each other, or Keras 3 wrote the model
 *
 * @example
 * const tf = require("@tensorflow/tfjs");
 * const model = toLayersModel(network("net", [4, 4, 6], layers.channelShuffle({ groups: 3 }), layers.globalAveragePool()));
 * let saved;
 * await model.save(tf.io.withSaveHandler(async (artifacts) => { saved = artifacts; return {}; }));
 * const loaded = await loadLayersModel(tf.io.fromMemory(saved));
 * loaded.layers.map((layer) => layer.name) // → ["input", "channelShuffle1", "globalAveragePool1"]
 */
export function loadLayersModel(source: string | object): Promise<LayersModel> {
  if (
    typeof source !== "string" &&
    typeof (source as { load?: unknown } | null)?.load !== "function"
  ) {
    const expected = "a URL, or a handler such as tf.io.fromMemory(...)";
    const call = "loadLayersModel";
    throw new ArgumentError({ call, argument: "source", expected, received: source });
  }
  const { loadModel } = whereInstalled(
    "loadLayersModel()",
    () => require("./model/loadModel") as typeof import("./model/loadModel"),
  );
  return loadModel(source);
}
