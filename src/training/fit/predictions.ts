import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../tensor";
import { type Classifier, toTf } from "./classifier";
import type { LabelledExamples } from "./examples";
import { breathe } from "../../notebook/progress/breathe";

/** What a model says of a batch, and what is true. */
export interface Prediction {
  /** [m, ...] */
  images: Tensor;
  /** The logarithm of each class's probability, [m, classes], row by row. */
  logProbabilities: Float32Array;
  /** [m] */
  labels: ArrayLike<number>;
}

/** Goes through examples in their order, as one does who only asks: dropout and batch statistics rest. */
export async function* predictions(
  classifier: Classifier,
  examples: LabelledExamples,
  batchSize: number,
): AsyncGenerator<Prediction> {
  for (const { images, labels } of examples.batches(batchSize)) {
    const logProbabilities = tf.tidy(
      () => classifier.logProbabilities(toTf(images), false)[0].dataSync() as Float32Array,
    );
    yield { images, logProbabilities, labels };
    await breathe();
  }
}
