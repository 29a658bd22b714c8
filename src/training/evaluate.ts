import { inspect } from "node:util";
import type * as tf from "@tensorflow/tfjs";
import type { Mistake } from "./figures/mistakeGrid";
import { indexOfGreatest, requireInteger, requireOptions, Tensor, zeros } from "../tensor";
import { type LayersModel, requireBackend } from "../tfjs";
import { fittingOfModel, requireExamples, type TrainingData } from "./fit/examples";
import { Score } from "./fit/score";

export interface EvaluateOptions {
  /** How many examples are looked at in one go. 128 when left out. */
  batchSize?: number | undefined;
  /** How many of the worst mistakes are kept, with their images. 25 when left out. */
  mistakes?: number | undefined;
}

/** How good a model is. */
export interface Evaluation {
  /** The mean cross-entropy, in nats. */
  loss: number;
  /** The fraction of right answers, 0 to 1. */
  accuracy: number;
  /** How often each class, a row, was taken for which, a column, [classes, classes]: `show(confusionHeatmap(confusion))`. */
  confusion: Tensor;
  /** Those in which the model was most sure and wrong, the worst first: `show(mistakeGrid(mistakes))`. */
  mistakes: Mistake[];
}

/**
 * Judges a classifier by examples that it was not trained on.
 *
 * @param model see `fit`
 * @throws ArgumentError when the examples do not suit the model, before any work
 *
 * @example
 * const net = network("sign", [1], layers.dense({ units: 2 }), layers.softmax());
 * const weights = { dense1: { matrix: tensor([[-5, 5]]), bias: zeros([2]) } };
 * const data = { x: tensor([[-1], [1], [2], [-2]]), y: [0, 1, 1, 1] };
 * const { accuracy, confusion, mistakes } = await evaluate(toLayersModel(net, { weights }), data);
 * accuracy // → 0.75
 * confusion.toArray() // → [[1, 0], [1, 2]]
 * mistakes.map(({ index, label, predicted }) => [index, label, predicted]) // → [[3, 1, 0]]
 */
export async function evaluate(
  model: LayersModel,
  test: TrainingData,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  requireOptions<EvaluateOptions>("evaluate", options, { batchSize: true, mistakes: true });
  const batchSize = requireInteger("evaluate", "batchSize", options.batchSize ?? 128, 1);
  const most = requireInteger("evaluate", "mistakes", options.mistakes ?? 25, 0);
  const fitting = fittingOfModel("evaluate", model);
  const examples = requireExamples("evaluate", "test", test, fitting);
  await requireBackend();
  // tfjs takes a while to load, and who does not train can do without it.
  const { classifierOf } = require("./fit/classifier") as typeof import("./fit/classifier");
  const { predictions } = require("./fit/predictions") as typeof import("./fit/predictions");

  const { classes } = fitting;
  const score = new Score();
  const confusion = zeros([classes, classes]);
  let mistakes: Mistake[] = [];
  let begin = 0;
  const classifier = classifierOf(model as unknown as tf.LayersModel);
  for await (const batch of predictions(classifier, examples, batchSize)) {
    const { images, labels, logProbabilities } = batch;
    score.include(Score.of(logProbabilities, labels, 0));
    for (let m = 0; m < labels.length; m++) {
      const ofClass = logProbabilities.subarray(m * classes, (m + 1) * classes);
      const predicted = indexOfGreatest(ofClass);
      const label = labels[m];
      confusion.data[label * classes + predicted]++;
      if (predicted === label) continue;
      const image = rowOf(images, m);
      const probability = Math.exp(ofClass[predicted]);
      mistakes.push({ index: begin + m, image, label, predicted, probability });
    }
    mistakes = mistakes.sort((a, b) => b.probability - a.probability).slice(0, most);
    begin += labels.length;
  }
  const { loss, accuracy } = score;
  if (!Number.isFinite(loss))
    throw new Error(
      `evaluate(): the loss is ${loss}, so what the model gives are no numbers that mean anything. Did its training break? fit(...) says where.`,
    );
  const percent = (100 * accuracy).toFixed(2);
  const text = `${percent}% of ${examples.length.toLocaleString("en-GB")} right, loss ${loss.toPrecision(3)}`;
  const result = { loss, accuracy, confusion, mistakes };
  return Object.defineProperty(result, inspect.custom, { value: () => text, enumerable: false });
}

/** A copy of one example, [1, ...], that does not keep its batch alive. */
function rowOf(x: Tensor, row: number): Tensor {
  const size = x.size / x.shape[0];
  return new Tensor(x.data.slice(row * size, (row + 1) * size), [1, ...x.shape.slice(1)]);
}
