import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../tensor";
import { type Classifier, toTf } from "./classifier";
import type { LabelledExamples } from "./examples";
import { breathe } from "../../notebook";

/** What a model says of a batch, and what is true. */
export interface Prediction {
  /** [m, ...] */
  images: Tensor;
  /** The logarithm of each class's probability, [m, classes], row by row. */
  logProbabilities: Float32Array;
  /** [m] */
  labels: ArrayLike<number>;
  /** The mean over the batch, where another loss than the cross-entropy was asked for. */
  loss: number | undefined;
}

export interface PredictionOptions {
  /** From what the model itself puts out, [m, classes] or [m, 1]. */
  lossOf?: ((labels: ArrayLike<number>, outputs: tf.Tensor2D) => number) | undefined;
}

/** Goes through examples in their order, as one does who only asks: dropout and batch statistics rest. */
export async function* predictions(
  classifier: Classifier,
  examples: LabelledExamples,
  batchSize: number,
  { lossOf }: PredictionOptions = {},
): AsyncGenerator<Prediction> {
  for (const { images, labels } of examples.batches(batchSize)) {
    let loss: number | undefined;
    let logProbabilities!: Float32Array;
    tf.tidy(() => {
      const x = toTf(images);
      const { logProbabilities: heads, outputs } = lossOf
        ? classifier.answers(x, false)
        : { logProbabilities: classifier.logProbabilities(x, false), outputs: [] };
      logProbabilities = heads[0].dataSync() as Float32Array;
      if (lossOf) loss = lossOf(labels, outputs[0]);
    });
    yield { images, logProbabilities, labels, loss };
    await breathe();
  }
}
