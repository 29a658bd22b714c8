import * as tf from "@tensorflow/tfjs";
import { registerCorrections } from "../backends/registerCorrections";
import type { LayersModel } from "../LayersModel";
import "./layers"; // registers our layers

export function loadModel(source: string | object): Promise<LayersModel> {
  registerCorrections();
  return tf.loadLayersModel(source as string | tf.io.IOHandler);
}
