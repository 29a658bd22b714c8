import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  fit,
  layers,
  network,
  random,
  randomNormal,
  tensor,
  toLayersModel,
  useBackend,
} from "convbook";

const { dense, relu, softmax } = layers;
const net = network(
  "net",
  [4],
  dense({ units: 5, name: "first" }),
  relu(),
  dense({ units: 2, name: "last" }),
  softmax(),
);
const data = { x: randomNormal([6, 4], random(1)), y: [0, 1, 0, 1, 0, 1] };
const quiet = { progress: false, batchSize: 2 };

describe("fit, where the loss is no finite number", () => {
  beforeEach(() => useBackend("cpu"));

  const failure = async (...[model, train, options]: Parameters<typeof fit>): Promise<string> => {
    const before = tf.memory().numTensors;
    const error = await fit(model, train, { ...quiet, ...options }).then(
      () => assert.fail("It ended well."),
      (error: Error) => error,
    );
    assert.equal(tf.memory().numTensors, before, "tensors are left");
    assert.equal(
      process.listeners("SIGINT").some(({ name }) => name === "onInterrupt"),
      false,
    );
    return error.message;
  };

  it("fit(...) says which batch, and the weights that a step has broken", async () => {
    const options = { optimizer: "sgd", learningRate: 3e38 } as const;
    const message = await failure(
      toLayersModel(net, { seed: 1 }),
      { ...data, x: data.x.map((v) => 50 * v) },
      options,
    );
    assert.match(
      message,
      /^fit\(\): the loss of epoch 1, batch 2 of 3, is (NaN|Infinity)\. Shortly before it was /,
    );
    assert.match(
      message,
      /First not finite: the weights "kernel" of layer "first", by the step before\./,
    );
    assert.match(message, /The inputs of this batch go from -95.1 to 87.9: bring them to 0 to 1/);
    assert.match(message, /Try a smaller learningRate, 3e\+37 in place of 3e\+38 \(sgd\)\./);
  });

  it("fit(...) says the layer whose output is not finite first", async () => {
    const model = toLayersModel(net, { seed: 1 });
    model.getLayer("first").setWeights([tf.fill([4, 5], 3e38), tf.zeros([5])]);
    const message = await failure(model, { x: tensor([[2, 2, 2, 2]]), y: [0] }, {});
    assert.match(
      message,
      /^fit\(\): the loss of epoch 1, batch 1 of 1, is NaN\. First not finite: the output of layer "first", whose inputs and weights are finite\./,
    );
    assert.doesNotMatch(message, /The inputs of this batch/);
  });

  it("fit(...) sees weights that the last step has broken", async () => {
    const options = { optimizer: "sgd", learningRate: 3e38, batchSize: 6 } as const;
    const large = { ...data, x: data.x.map((value) => 50 * value) };
    const message = await failure(toLayersModel(net, { seed: 1 }), large, options);
    assert.match(message, /^fit\(\): the last step of epoch 1 has broken the weights\./);
  });

  it("fit(..., {validation}) sees a validation loss that is not finite", async () => {
    const model = toLayersModel(net, { seed: 1 });
    model.getLayer("first").setWeights([tf.ones([4, 5]), tf.zeros([5])]);
    const validation = { x: tensor([[3e38, 3e38, 3e38, 3e38]]), y: [0] };
    const message = await failure(model, data, { validation });
    assert.match(message, /^fit\(\): the validation loss after epoch 1 is (NaN|Infinity)\./);
    assert.match(message, /The inputs of this batch go from 3e\+38 to 3e\+38/);
  });
});
