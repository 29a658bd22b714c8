import {
  ArgumentError,
  requireOptions,
  requireSameShape,
  requireFraction,
  requireTensor,
  Tensor,
  zeros,
} from "../tensor";
import { logSoftmax } from "./logSoftmax";

export interface SoftmaxCrossEntropyOptions {
  /** The part eps of each target that is spread evenly over all classes, 0 to 1. 0 when left out. */
  labelSmoothing?: number | undefined;
}

export interface SoftmaxCrossEntropyResult {
  /** The mean over the batch, in nats. Near ln(classes) when the network knows nothing yet. */
  loss: number;
  /** [m, classes]. */
  dLogits: Tensor;
}

/**
 * The loss of a classifier and its gradient: how surprised the softmax of the logits is by the labels.
 *
 *     target = (1 - eps) · label + eps / classes
 *     loss = mean over m of  -sum over k of  target[m, k] · log softmax(logits)[m, k]
 *     dLogits = (softmax(logits) - target) / m
 *
 * Cost: some m · classes exponentials.
 *
 * @param logits [m, classes], before the softmax
 * @param labels the class of each row, m integers from 0; or the probability of each class, [m, classes]
 * @throws ArgumentError when a label is no class or the probabilities of a row do not sum to 1, before any work
 * @see Szegedy et al., Rethinking the Inception Architecture, 2015, arXiv 1512.00567, for label smoothing
 *
 * @example
 * const { loss, dLogits } = softmaxCrossEntropy(tensor([[0, 0]]), [1]);
 * [loss, dLogits.toArray()] // → [Math.log(2), [[0.5, -0.5]]]
 * @example
 * softmaxCrossEntropy(tensor([[0, 0]]), [1], { labelSmoothing: 0.1 }).dLogits.toArray() // → [[0.45, -0.45]]
 */
export function softmaxCrossEntropy(
  logits: Tensor,
  labels: ArrayLike<number> | Tensor,
  options: SoftmaxCrossEntropyOptions = {},
): SoftmaxCrossEntropyResult {
  requireOptions<SoftmaxCrossEntropyOptions>("softmaxCrossEntropy", options, {
    labelSmoothing: true,
  });
  requireTensor("softmaxCrossEntropy", "logits", logits, ["batch", "classes"]);
  const [batch, classes] = logits.shape;
  const { labelSmoothing = 0 } = options;
  const smoothing = requireFraction("softmaxCrossEntropy", "labelSmoothing", labelSmoothing);
  const target = targetsOf(labels, batch, classes).map(
    (label) => (1 - smoothing) * label + smoothing / classes,
  ); // [m, classes]

  const logProbability = logSoftmax(logits); // [m, classes]
  const losses = target.map((t, i) => (t === 0 ? 0 : -t * logProbability.data[i])); // [m, classes]
  const dLogits = target.map((t, i) => (Math.exp(logProbability.data[i]) - t) / batch); // [m, classes]
  return { loss: losses.sum() / batch, dLogits: dLogits.as(logits.dtype) };
}

function targetsOf(labels: ArrayLike<number> | Tensor, batch: number, classes: number): Tensor {
  if (labels instanceof Tensor && labels.rank === 2) return probabilities(labels, batch, classes);
  const values = labels instanceof Tensor ? labels.data : labels;
  if (values?.length !== batch || Array.isArray(values[0])) {
    throw new ArgumentError({
      call: "softmaxCrossEntropy",
      argument: "labels",
      expected: `${batch} classes, one for each row of logits, or a tensor of shape [${batch}, ${classes}]`,
      received: labels,
      remedy: Array.isArray(values?.[0]) ? "Wrap probabilities: tensor(labels)." : undefined,
    });
  }
  const targets = zeros([batch, classes], "float64"); // [m, classes]
  for (let m = 0; m < batch; m++) {
    const label = values[m];
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new ArgumentError({
        call: "softmaxCrossEntropy",
        argument: `labels[${m}]`,
        expected: `a class from 0 to ${classes - 1}`,
        received: label,
      });
    }
    targets.data[m * classes + label] = 1;
  }
  return targets;
}

function probabilities(labels: Tensor, batch: number, classes: number): Tensor {
  requireSameShape("softmaxCrossEntropy", "labels", labels, [batch, classes]);
  for (let m = 0; m < batch; m++) {
    const row = Array.from(labels.data.subarray(m * classes, (m + 1) * classes));
    const sum = row.reduce((total, value) => total + value, 0);
    if (!(Math.abs(sum - 1) < 1e-4) || row.some((value) => value < 0)) {
      throw new ArgumentError({
        call: "softmaxCrossEntropy",
        argument: `row ${m} of labels`,
        expected: "probabilities, none negative, that sum to 1",
        received: row,
      });
    }
  }
  return labels.as("float64");
}
