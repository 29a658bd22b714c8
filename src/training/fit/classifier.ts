import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../tensor";

/** The probability that a logarithm is taken of at least. */
const LEAST_PROBABILITY = 1e-7;

/** A model seen as what it says of each class. */
export interface Classifier {
  /** One for each output: [m, ...] → the logarithm of each class's probability, [m, classes]. */
  logProbabilities(x: tf.Tensor, training: boolean): tf.Tensor2D[];
  /** The same, and what the model itself puts out in the same pass, [m, classes] or [m, 1] each. */
  answers(x: tf.Tensor, training: boolean): Answers;
}

export interface Answers {
  logProbabilities: tf.Tensor2D[];
  outputs: tf.Tensor2D[];
}

/**
 * Reads the outputs of a model as probabilities. Where a softmax ends it, the scores before that are taken
 * instead: their logarithm loses no digits, and has a gradient also where a probability is as good as 0. A
 * model that ends without softmax gives scores by itself. A single output tells two classes apart.
 */
export function classifierOf(model: tf.LayersModel): Classifier {
  const heads = model.outputs.map(headOf);
  const upToScores = tf.model({ inputs: model.inputs, outputs: heads.map(({ end }) => end) });
  const ends = [...new Set([...heads.map(({ end }) => end), ...model.outputs])];
  const whole = tf.model({ inputs: model.inputs, outputs: ends });
  return {
    logProbabilities: (x, training) => {
      const outputs = [upToScores.apply(x, { training })].flat() as tf.Tensor2D[];
      return outputs.map((output, i) => heads[i].read(output));
    },
    answers: (x, training) => {
      const values = [whole.apply(x, { training })].flat() as tf.Tensor2D[];
      return {
        logProbabilities: heads.map(({ end, read }) => read(values[ends.indexOf(end)])),
        outputs: model.outputs.map((output) => values[ends.indexOf(output)]),
      };
    },
  };
}

interface Head {
  /** The last layer before a softmax or sigmoid. */
  end: tf.SymbolicTensor;
  read(output: tf.Tensor2D): tf.Tensor2D;
}

function headOf(output: tf.SymbolicTensor): Head {
  const { sourceLayer, inputs, shape } = output;
  const config = sourceLayer.getConfig();
  const kind = sourceLayer.getClassName();
  const squash = kind === "Softmax" ? "softmax" : config.activation;
  if (squash === (shape[1] === 1 ? "sigmoid" : "softmax")) {
    const stripped = kind === "Activation" || kind === "Softmax";
    return stripped
      ? { end: inputs[0], read: fromScores }
      : { end: output, read: fromProbabilities };
  }
  return { end: output, read: fromScores };
}

function fromScores(scores: tf.Tensor2D): tf.Tensor2D {
  return tf.logSoftmax(scores.shape[1] === 1 ? beside(tf.zerosLike(scores), scores) : scores);
}

function fromProbabilities(p: tf.Tensor2D): tf.Tensor2D {
  const all = p.shape[1] === 1 ? beside(tf.sub(1, p), p) : p;
  return tf.log(tf.clipByValue(all, LEAST_PROBABILITY, 1));
}

function beside(first: tf.Tensor2D, second: tf.Tensor2D): tf.Tensor2D {
  return tf.concat2d([first, second], 1);
}

/** Our tensor as one of tfjs. */
export function toTf(x: Tensor): tf.Tensor {
  const data = x.data instanceof Float32Array ? x.data : Float32Array.from(x.data);
  return tf.tensor(data, [...x.shape]);
}
