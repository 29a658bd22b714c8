import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  ArgumentError,
  fit,
  type FitOptions,
  layers,
  type LayersModel,
  network,
  tensor,
  toLayersModel,
  trials,
  useBackend,
  weightsOf,
} from "convbook";

const { dense, softmax, sigmoid } = layers;
const two = network("two", [2], dense({ units: 2 }), softmax());
const twoWeights = {
  dense1: {
    matrix: tensor([
      [0.5, -0.25],
      [1, 0.75],
    ]),
    bias: tensor([0.1, -0.2]),
  },
};
const one = network("one", [2], dense({ units: 1 }), sigmoid());
const oneWeights = { dense1: { matrix: tensor([[0.5], [1]]), bias: tensor([0.1]) } };
const x = tensor([
  [1, -2],
  [0.5, 1],
]);
const train = { x, y: [1, 0] };
const options: FitOptions = {
  epochs: 4,
  batchSize: 2,
  optimizer: "sgd",
  learningRate: 0.2,
  progress: false,
};

/** Focal loss with gamma 2: Lin et al., 2017, arXiv 1708.02002. */
const focal = (labels: tf.Tensor, p: tf.Tensor): tf.Tensor =>
  labels.mul(tf.sub(1, p).square()).mul(p.log()).sum(1).mean().neg();

const squared = (labels: tf.Tensor, outputs: tf.Tensor): tf.Tensor =>
  tf.losses.meanSquaredError(labels, outputs);

function near(actual: ArrayLike<number>, expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => assert.ok(Math.abs(actual[i] - value) < 2e-6, `${actual[i]}`));
}

describe("fit with a loss of one's own", function () {
  this.timeout(60_000);
  before(async () => {
    await useBackend("cpu");
  });

  // torch 2.14, SGD, float64: the same four steps on the two examples at once.
  it("takes the steps of PyTorch, and tells the loss", async () => {
    const golden: [FitOptions["loss"], number[], number[], number[]][] = [
      [
        squared,
        [0.421988248, -0.171988248, 1.236920808, 0.513079192],
        [0.042212574, -0.142212574],
        [0.241374994, 0.184999438, 0.139077853, 0.106196694],
      ],
      [
        focal,
        [0.402914029, -0.152914029, 1.234762314, 0.515237686],
        [0.013061621, -0.113061621],
        [0.215631856, 0.081623516, 0.049112894, 0.035497395],
      ],
    ];
    for (const [loss, matrix, bias, losses] of golden) {
      const model = toLayersModel(two, { weights: twoWeights });
      const { epochs } = await fit(model, train, { ...options, loss });
      const { dense1 } = weightsOf(two, model);
      near(dense1.matrix!.data, matrix);
      near(dense1.bias!.data, bias);
      near(
        epochs.map((epoch) => epoch.loss),
        losses,
      );
      assert.equal(epochs[3].accuracy, 1);
      model.dispose();
    }
  });

  it("labels of a model of one output are 0 and 1, shaped as the output", async () => {
    const model = toLayersModel(one, { weights: oneWeights });
    const { epochs } = await fit(model, train, { ...options, loss: squared });
    near(weightsOf(one, model).dense1.matrix!.data, [0.556310224, 0.671754587]);
    near([epochs[3].loss], [0.534621346]);
  });

  it("judges the validation set by it too, and smooths the labels if asked to", async () => {
    const seen: number[][] = [];
    const loss = (labels: tf.Tensor, outputs: tf.Tensor) => {
      seen.push(Array.from(labels.dataSync()));
      return tf.losses.meanSquaredError(labels, outputs);
    };
    const still = { ...options, epochs: 1, learningRate: 1e-12, labelSmoothing: 0.2 };
    const model = toLayersModel(two, { weights: twoWeights });
    const { epochs } = await fit(model, train, { ...still, loss, validation: train });
    near([epochs[0].validationLoss!], [epochs[0].loss]);
    for (const labels of seen) near([...labels].sort(), [0.1, 0.1, 0.9, 0.9]);
  });

  it("trials compares variants under it", async () => {
    const { rows } = await trials(
      { two },
      { ...options, train, test: train, seeds: [1], epochs: 60, loss: focal },
    );
    assert.equal(rows[0].accuracies[0], 1);
  });

  it("keeps no tensors", async () => {
    const model = toLayersModel(two, { weights: twoWeights });
    const run = () => fit(model, train, { ...options, loss: focal, validation: train });
    await run();
    const before = tf.memory().numTensors;
    await run();
    assert.equal(tf.memory().numTensors, before);
  });

  it("errors say what the function gave", async () => {
    const refused = async (
      loss: unknown,
      message: RegExp,
      kind: ErrorConstructor | typeof ArgumentError,
    ) => {
      const model: LayersModel = toLayersModel(two, { weights: twoWeights });
      await assert.rejects(fit(model, train, { ...options, loss: loss as never }), (error) => {
        assert.ok(error instanceof kind, String(error));
        assert.match(error.message, message);
        return true;
      });
      near(weightsOf(two, model).dense1.bias!.data, [0.1, -0.2]); // no step was taken
    };
    const mse = (labels: tf.Tensor, outputs: tf.Tensor) => labels.sub(outputs).square();
    await refused("mse", /loss must be a function from labels and outputs/, ArgumentError);
    await refused(mse, /gives a tensor of shape \[2, 2\]. Take the mean/, ArgumentError);
    await refused(() => 5, /one that gives a number. Such as/, ArgumentError);
    await refused(() => undefined, /one that gives nothing/, ArgumentError);
    await refused(async () => tf.scalar(1), /one that gives a promise/, ArgumentError);
    await refused(() => tf.scalar(1), /a loss that no weight moves.*argMax/, ArgumentError);
    const nan = (labels: tf.Tensor, outputs: tf.Tensor) => mse(labels, outputs).mean().sub(9).log();
    await refused(nan, /is NaN. The outputs of all layers are finite: it is your `loss`/, Error);
    await refused(
      () => {
        throw new RangeError("mine");
      },
      /^mine$/,
      RangeError as ErrorConstructor,
    );
  });
});
