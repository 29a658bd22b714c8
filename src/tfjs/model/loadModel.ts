import * as tf from "@tensorflow/tfjs";
import { registerCorrections } from "../backends/registerCorrections";
import type { LayersModel } from "../LayersModel";
import { folderHandler, registerFileHandlers } from "./fileHandler";
import "./layers"; // registers our layers

export async function loadModel(source: string | object): Promise<LayersModel> {
  registerCorrections();
  registerFileHandlers();
  const handler = typeof source === "string" ? handlerOf(source) : (source as tf.io.IOHandler);
  if (typeof handler?.load !== "function") return tf.loadLayersModel(source as tf.io.IOHandler);
  const artifacts = await handler.load();
  refuseKeras3(artifacts.modelTopology);
  return tf.loadLayersModel({ load: async () => artifacts });
}

/** What reads this address, or the folder or file of this path. */
function handlerOf(source: string): tf.io.IOHandler | undefined {
  return folderHandler(source) ?? (tf.io.getLoadHandlers(source)[0] as tf.io.IOHandler | undefined);
}

/** Keras 3 describes a model otherwise than Keras 2, whose descriptions tfjs reads; tfjs says no more than "batchInputShape". */
function refuseKeras3(topology: unknown): void {
  const text = JSON.stringify(topology ?? null);
  if (!/"batch_shape":|"__keras_tensor__"|"class_name":"DTypePolicy"/.test(text)) return;
  throw new Error(
    "loadLayersModel(): the model was saved by Keras 3, and tfjs reads what Keras 2 writes. In Python, " +
      "`pip install tf_keras` and TF_USE_LEGACY_KERAS=1 before the model is built and saved help; or describe " +
      "the network with `network(...)`, save its weights as safetensors, and read those with `loadWeights`.",
  );
}
