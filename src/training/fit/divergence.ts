import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../tensor";
import { toTf } from "./classifier";
import type { Settings } from "./settings";
import { greatest } from "../../tensor";

/** Inputs beyond this are likely raw bytes. */
const LARGE_INPUT = 10;

const LOSS_ITSELF = "the loss itself, for the outputs of all layers are finite";

/** What was seen when a loss was no finite number. */
export interface Divergence {
  /** `"the loss of epoch 1, batch 7 of 938, is NaN"` */
  finding: string;
  /** The mean of the batches just before; NaN if there was none. */
  lossBefore: number;
  /** The batch that it was seen on, [m, ...], and whether in a training step. */
  images: Tensor;
  training: boolean;
}

/**
 * Says where a loss that is no finite number came from: the first weights, in the order of the layers, that are
 * not finite, or else the first layer whose output for the batch is not; and what to try.
 */
export function explainDivergence(
  model: tf.LayersModel,
  { finding, lossBefore, images, training }: Divergence,
  { optimizer, loss }: Pick<Settings, "optimizer" | "loss">,
  learningRate: number,
): string {
  const where = badWeights(model) ?? badOutput(model, images, training);
  if (loss && where === LOSS_ITSELF)
    return (
      `fit(): ${finding}. The outputs of all layers are finite: it is your \`loss\` that is not. ` +
      "A logarithm of 0, or a division by 0? Add a small number inside, or tf.clipByValue the outputs."
    );
  const before = Number.isFinite(lossBefore)
    ? [`Shortly before it was ${lossBefore.toPrecision(3)}.`]
    : [];
  const range = [images.min(), images.max()];
  const areInputsLarge = greatest(range.map(Math.abs)) > LARGE_INPUT;
  const inputs = areInputsLarge
    ? [
        `The inputs of this batch go from ${range.map((end) => Number(end.toPrecision(3))).join(" to ")}: bring them to 0 to 1, or to mean 0 and deviation 1.`,
      ]
    : [];
  return [
    `fit(): ${finding}.`,
    ...before,
    `First not finite: ${where}.`,
    ...inputs,
    `Try a smaller learningRate, ${Number((learningRate / 10).toPrecision(3))} in place of ${learningRate} (${optimizer}).`,
    "The weights of this model are of no more use: make it anew.",
  ].join(" ");
}

/** The first weights that are not finite, or nothing. */
export function badWeights(model: tf.LayersModel): string | undefined {
  for (const layer of model.layers)
    for (const weight of layer.weights)
      if (!isFinite(weight.read()))
        return `the weights "${weight.originalName.split("/").at(-1)}" of layer "${layer.name}", by the step before`;
  return undefined;
}

function badOutput(model: tf.LayersModel, images: Tensor, training: boolean): string {
  const outputs = model.layers.map((layer) => [layer.output].flat()[0]);
  return tf.tidy(() => {
    const all = tf.model({ inputs: model.inputs, outputs });
    const values = [all.apply(toTf(images), { training })].flat() as tf.Tensor[];
    const first = values.findIndex((value) => !isFinite(value));
    if (first < 0) return LOSS_ITSELF;
    return `the output of layer "${model.layers[first].name}", whose inputs and weights are finite`;
  });
}

function isFinite(x: tf.Tensor): boolean {
  return x.dataSync().every(Number.isFinite);
}
