import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  adamStep,
  type AdamState,
  firstDifference,
  type NetworkWeights,
  random,
  randomNormal,
  sgdStep,
  type Tensor,
} from "convbook";
import { fromTf, toTf } from "../training/tfjs";

/** The weights of one layer. */
const only = (matrix: Tensor): NetworkWeights => ({ layer: { matrix } });

/** What tfjs makes of three steps along these gradients. */
function byTfjs(optimizer: tf.Optimizer, start: Tensor, gradients: readonly Tensor[]): Tensor {
  const variable = tf.variable(toTf(start));
  for (const gradient of gradients) optimizer.applyGradients({ [variable.name]: toTf(gradient) });
  return fromTf(variable);
}

describe("steps of training", () => {
  const start = randomNormal([3, 4], random(1));
  const gradients = [2, 3, 4].map((seed) => randomNormal([3, 4], random(seed)));

  it("sgdStep(weights, gradients, learningRate) goes as tfjs does", () => {
    const end = gradients.reduce((weights, dw) => sgdStep(weights, only(dw), 0.1), only(start));
    const theirs = byTfjs(tf.train.sgd(0.1), start, gradients);
    assert.equal(firstDifference(end.layer.matrix!, theirs, { tolerance: 1e-6 }), null);
  });

  it("adamStep(weights, gradients, state, options) goes as tfjs does", () => {
    let weights = only(start);
    let state: AdamState | undefined;
    for (const dw of gradients)
      ({ weights, state } = adamStep(weights, only(dw), state, { learningRate: 0.1 }));
    const theirs = byTfjs(tf.train.adam(0.1), start, gradients);
    assert.equal(firstDifference(weights.layer.matrix!, theirs, { tolerance: 1e-5 }), null);
    assert.equal(state?.steps, 3);
  });

  it("sgdStep(...), adamStep(...) leave weights without a gradient, and all that they are given", () => {
    const weights = { ...only(start), other: { bias: start } };
    const before = structuredClone(start.data);
    assert.equal(sgdStep(weights, only(gradients[0]), 0.1).other.bias, start);
    assert.equal(adamStep(weights, only(gradients[0]), undefined).weights.other.bias, start);
    assert.deepEqual(start.data, before);
  });

  it("sgdStep(weights, gradients, 0) is refused", () => {
    assert.throws(
      () => sgdStep(only(start), {}, 0),
      /sgdStep\(\): learningRate must be more than 0/,
    );
    assert.throws(
      () => adamStep(only(start), {}, undefined, { learningRate: NaN }),
      /adamStep\(\): learningRate must be a finite/,
    );
  });
});
