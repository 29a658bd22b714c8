import * as tf from "@tensorflow/tfjs";

/**
 * One-hot rows, a part of them spread over all classes, [m, classes]. For one output, which tells two classes apart,
 * the part that belongs to the second, [m, 1].
 */
export function targetsOf(
  labels: ArrayLike<number>,
  outputs: number,
  smoothing: number,
): tf.Tensor2D {
  const classes = outputs === 1 ? 2 : outputs;
  const targets = new Float32Array(labels.length * outputs).fill(smoothing / classes);
  for (let m = 0; m < labels.length; m++)
    if (outputs > 1) targets[m * outputs + labels[m]] += 1 - smoothing;
    else targets[m] += labels[m] * (1 - smoothing);
  return tf.tensor2d(targets, [labels.length, outputs]);
}
