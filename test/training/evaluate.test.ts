import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as tf from "@tensorflow/tfjs";
import {
  evaluate,
  layers,
  mistakeGrid,
  network,
  random,
  randomNormal,
  runNetwork,
  softmaxCrossEntropy,
  tensor,
  toLayersModel,
  useBackend,
  zeros,
} from "convbook";
import { randomWeights } from "./randomWeights";

const net = network(
  "net",
  [4, 4, 2],
  layers.flatten(),
  layers.dense({ units: 3 }),
  layers.softmax(),
);
const weights = randomWeights(net, 1);
const x = randomNormal([50, 4, 4, 2], random(2));
const y = Array.from({ length: 50 }, (_, i) => (i * 7) % 3);

describe("evaluate", () => {
  beforeEach(() => useBackend("cpu"));

  it("evaluate(model, {x, y}) agrees with runNetwork, whatever the batch size", async () => {
    const scores = runNetwork(net, weights, x, { until: "dense1" });
    const said = y.map((_, m) => {
      const row = [0, 1, 2].map((k) => scores.get(m, k));
      return row.indexOf(Math.max(...row));
    });
    const counts = zeros([3, 3]);
    said.forEach((predicted, m) => counts.set(counts.get(y[m], predicted) + 1, y[m], predicted));
    const { loss } = softmaxCrossEntropy(scores, y);
    const before = tf.memory().numTensors;
    const model = toLayersModel(net, { weights });
    const ofModel = tf.memory().numTensors - before;
    for (const batchSize of [7, 50, undefined]) {
      const result = await evaluate(model, { x, y }, { batchSize });
      assert.ok(Math.abs(result.loss - loss) < 1e-4);
      assert.equal(result.accuracy, said.filter((predicted, m) => predicted === y[m]).length / 50);
      assert.deepEqual(result.confusion, counts);
    }
    assert.equal(tf.memory().numTensors - before, ofModel);
  });

  it("evaluate(model, test).mistakes are the surest ones, with their images", async () => {
    const model = toLayersModel(net, { weights });
    const all = (await evaluate(model, { x, y }, { mistakes: 50, batchSize: 8 })).mistakes;
    const { mistakes, accuracy } = await evaluate(model, { x, y }, { mistakes: 5, batchSize: 8 });
    assert.equal(all.length, Math.round(50 * (1 - accuracy)));
    assert.deepEqual(mistakes, all.slice(0, 5));
    all.forEach(({ index, image, label, predicted, probability }, i) => {
      assert.deepEqual(image, x.slice([index, 0, 0, 0], [1, -1, -1, -1]));
      assert.equal(label, y[index]);
      assert.notEqual(predicted, label);
      const p = runNetwork(net, weights, image).get(0, predicted);
      assert.ok(Math.abs(probability - p) < 1e-5);
      assert.ok(i === 0 || probability <= all[i - 1].probability);
    });
  });

  it("evaluate(...) prints itself in a line", async () => {
    const text = inspect(await evaluate(toLayersModel(net, { weights }), { x, y }));
    assert.match(text, /^\d\d\.00% of 50 right, loss \d\.\d+$/);
  });

  it("evaluate(...) refuses what does not fit", async () => {
    const model = toLayersModel(net, { weights });
    await assert.rejects(
      evaluate(model, { x: zeros([2, 4, 4, 1]), y: [0, 0] }),
      /evaluate\(\): test must be of shape \[4, 4, 2\] each/,
    );
    await assert.rejects(
      evaluate(model, { x, y: y.map(() => 3) }),
      /label 0 of test must be a class from 0 to 2/,
    );
    await assert.rejects(
      evaluate(model, { x, y }, { batchSize: 0 }),
      /batchSize must be a positive integer/,
    );
    await assert.rejects(
      evaluate(model, { x, y }, { mistakes: -1 }),
      /mistakes must be an integer of at least 0/,
    );
    model.getLayer("dense1").setWeights([tf.fill([32, 3], NaN), tf.zeros([3])]);
    await assert.rejects(
      evaluate(model, { x, y }),
      /evaluate\(\): the loss is NaN, .*Did its training break\?/,
    );
  });
});

describe("mistakeGrid", () => {
  it("mistakeGrid(mistakes, {classes}) says under each image what it is and was taken for", () => {
    const image = tensor([0, 0.5, 0.5, 1], [1, 2, 2, 1]);
    const mistakes = [
      { index: 3, image, label: 2, predicted: 0, probability: 0.999 },
      { index: 5, image, label: 1, predicted: 2, probability: 0.5 },
    ];
    assert.match(
      mistakeGrid(mistakes, { classes: ["a", "b", "c"] }).text,
      /c, taken for a \(99%\), b, taken for c \(50%\)$/,
    );
    assert.match(mistakeGrid(mistakes, { columns: 1 }).text, /2, taken for 0 \(99%\)/);
  });

  it("mistakeGrid([]) is refused", () => {
    assert.throws(() => mistakeGrid([]), /mistakes must be at least one mistake/);
  });
});
