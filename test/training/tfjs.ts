import * as tf from "@tensorflow/tfjs";
import { type LayersModel, loadLayersModel, Tensor, type TfTensor } from "convbook";

/** Between our tensors and those of tfjs. */

export function toTf(x: Tensor): tf.Tensor {
  return tf.tensor(Float32Array.from(x.data), [...x.shape]);
}

export function fromTf(x: TfTensor): Tensor {
  return new Tensor(Float32Array.from(x.dataSync()), x.shape);
}

/** What a model with one output predicts. */
export function predict(model: LayersModel, x: Tensor): Tensor {
  return fromTf(model.predict(toTf(x)) as TfTensor);
}

/** The model saved to memory and loaded from there. */
export async function reload(model: LayersModel): Promise<LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
  });
  await model.save(handler);
  // Through text, as a file would have it.
  const { modelTopology, ...others } = saved!;
  const topology = JSON.parse(JSON.stringify(modelTopology)) as object;
  return loadLayersModel(tf.io.fromMemory({ ...others, modelTopology: topology }));
}
