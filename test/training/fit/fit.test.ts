import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { inspect } from "node:util";
import * as tf from "@tensorflow/tfjs";
import {
  type BackendName,
  fit,
  type FitOptions,
  initialWeights,
  LabelledImages,
  layers,
  type LayersModel,
  mnist,
  network,
  type Network,
  random,
  randomNormal,
  runNetwork,
  softmaxCrossEntropy,
  tensor,
  toLayersModel,
  useBackend,
  weightsOf,
  zoo,
} from "convbook";

const { batchNorm, conv, dense, dropout, flatten, maxPool, relu, softmax } = layers;

/** A bit of everything that training changes or draws by lot. */
const small = network(
  "small",
  [8, 8, 1],
  conv({ filters: 4, kernelSize: 3 }),
  batchNorm(),
  relu(),
  maxPool({ size: 2 }),
  flatten(),
  dropout({ rate: 0.5 }),
  dense({ units: 3 }),
  softmax(),
);
const quiet = { progress: false };
const root = resolve(__dirname, "../../../..");

/** Three classes of pictures: bright on the left, in the middle, on the right. */
function stripes(length: number, seed: number, { wrongEvery = Infinity } = {}): LabelledImages {
  const source = random(seed);
  const labels = Uint8Array.from({ length }, () => source.integer(0, 2));
  const pixels = Uint8Array.from({ length: length * 64 }, (_, i) => {
    const isBright = Math.min(Math.floor((i % 8) / 3), 2) === labels[Math.floor(i / 64)];
    return source.integer(0, 120) + (isBright ? 100 : 0);
  });
  const given = labels.map((label, i) => (i % wrongEvery === 1 ? (label + 1) % 3 : label));
  return new LabelledImages(pixels, given, [8, 8, 1]);
}

describe("fit", function () {
  this.timeout(20_000);
  beforeEach(() => useBackend("wasm"));
  after(() => useBackend("cpu"));

  it("fit(model, train, {validation}) learns, and judges by the validation set", async () => {
    const model = toLayersModel(small, { seed: 1 });
    const [train, validation] = [stripes(300, 1), stripes(100, 2)];
    const run = await fit(model, train, { epochs: 6, learningRate: 0.01, validation, ...quiet });
    assert.equal(run.epochs.length, 6);
    assert.ok(run.epochs[5].loss < run.epochs[0].loss);
    assert.ok(run.epochs[5].validationAccuracy! > 0.9);
    const { loss } = softmaxCrossEntropy(
      scores(small, model, validation.images),
      validation.labels,
    );
    assertNear(run.epochs[5].validationLoss!, loss);
    assert.ok(
      run.curve.length >= 30 &&
        run.curve.every(({ epoch }, i) => i === 0 || epoch > run.curve[i - 1].epoch),
    );
    assert.deepEqual([run.stopped, run.interrupted, run.backend], [false, false, "wasm"]);
    assert.ok(run.seconds > 0 && run.imagesPerSecond > 0);
    assert.match(
      inspect(run),
      /^small: 6 epochs in .* images\/s \(wasm\)\nepoch 1: loss .*\n(.*\n){4}epoch 6: /,
    );
  });

  for (const backend of ["wasm", "cpu"] as BackendName[])
    it(`fit(model, train, {seed}) on ${backend} comes to the same weights for the same seed`, async () => {
      await useBackend(backend);
      const train = async (seed?: number) => {
        const model = toLayersModel(small, { seed: 1 });
        await fit(model, stripes(60, 1), { epochs: 2, batchSize: 16, seed, ...quiet });
        return weightsOf(small, model);
      };
      const first = await train(1);
      assert.deepEqual(await train(1), first);
      assert.notDeepEqual(await train(2), first);
      assert.deepEqual(await train(), await train(0));
    });

  it("fit(model, train, {seed}) draws the same dropout for a model that was trained before", async () => {
    const weights = initialWeights(small, random(3));
    const train = async (model: LayersModel) => {
      await fit(model, stripes(60, 1), quiet);
      return weightsOf(small, model);
    };
    const used = toLayersModel(small, { weights });
    await train(used);
    reset(small, used, weights);
    assert.deepEqual(await train(used), await train(toLayersModel(small, { weights })));
  });

  it("fit(model, train) frees all that it makes", async () => {
    const model = toLayersModel(small, { seed: 1 });
    const before = tf.memory().numTensors;
    const options = {
      epochs: 3,
      validation: stripes(20, 2),
      earlyStopping: { patience: 1 },
      ...quiet,
    };
    await assert.rejects(
      async () => fit(model, stripes(60, 1), { ...options, optimizer: "adamw" as never }),
      /AdamW is \{ optimizer: "adam", weightDecay: 0\.01 \}/,
    );
    for (const optimizer of ["adam", "sgd", "momentum", "rmsprop"] as const)
      await fit(model, stripes(60, 1), { ...options, optimizer });
    assert.equal(tf.memory().numTensors, before);
  });

  it('fit(model, train, {optimizer: "sgd"}) takes the step that the gradient says', async () => {
    const net = network("linear", [5], dense({ units: 3 }), softmax());
    const weights = initialWeights(net, random(1));
    const model = toLayersModel(net, { weights });
    const x = randomNormal([7, 5], random(2));
    const y = [0, 1, 2, 0, 1, 2, 2];
    const options = {
      optimizer: "sgd",
      learningRate: 0.5,
      labelSmoothing: 0.1,
      batchSize: 7,
    } as const;
    const { epochs } = await fit(model, { x, y }, { ...options, ...quiet });

    const { matrix, bias } = weights["dense1"];
    const before = runNetwork(net, weights, x, { until: "dense1" });
    const { loss, dLogits } = softmaxCrossEntropy(before, y, { labelSmoothing: 0.1 });
    assertNear(epochs[0].loss, loss);
    const dBias = [0, 1, 2].map((k) => y.reduce((sum, _, m) => sum + dLogits.get(m, k), 0));
    const dMatrix = matrix!.map((_, i) =>
      y.reduce((sum, _, m) => sum + x.get(m, Math.floor(i / 3)) * dLogits.get(m, i % 3), 0),
    );
    const after = weightsOf(net, model)["dense1"];
    after.bias!.data.forEach((value, k) => assertNear(value, bias!.data[k] - 0.5 * dBias[k]));
    after.matrix!.data.forEach((value, i) =>
      assertNear(value, matrix!.data[i] - 0.5 * dMatrix.data[i]),
    );
  });

  it("fit(model) trains alike with softmax as a layer, in the last dense layer, and without", async () => {
    const models = [
      () => tf.layers.softmax(),
      () => tf.layers.activation({ activation: "softmax" }),
      () => undefined,
    ].map((end) => {
      const last = end();
      const units = tf.layers.dense({ units: 3, inputShape: [4], kernelInitializer: "ones" });
      return tf.sequential({ layers: last ? [units, last] : [units] });
    });
    models.push(
      tf.sequential({
        layers: [
          tf.layers.dense({
            units: 3,
            inputShape: [4],
            kernelInitializer: "ones",
            activation: "softmax",
          }),
        ],
      }),
    );
    const data = {
      x: randomNormal([12, 4], random(1)),
      y: Array.from({ length: 12 }, (_, i) => i % 3),
    };
    const ends: number[][] = [];
    for (const model of models) {
      await fit(model, data, { epochs: 3, optimizer: "sgd", learningRate: 0.3, ...quiet });
      ends.push(Array.from(model.getWeights()[0].dataSync()));
    }
    for (const end of ends.slice(1)) end.forEach((value, i) => assertNear(value, ends[0][i]));
  });

  it("fit(model with one output) tells two classes apart", async () => {
    for (const activation of ["sigmoid", undefined] as const) {
      const zeros = { units: 1, inputShape: [1], kernelInitializer: "zeros" as const };
      const dense = tf.layers.dense({ ...zeros, ...(activation && { activation }) });
      const model = tf.sequential({ layers: [dense] });
      const data = { x: tensor([[-1], [1], [-2], [2]]), y: tensor([0, 1, 0, 1]) };
      const { epochs } = await fit(model, data, { epochs: 20, learningRate: 0.5, ...quiet });
      assertNear(epochs[0].loss, Math.LN2);
      assert.equal(epochs[19].accuracy, 1);
    }
  });

  it("fit(model with auxiliary heads) trains these too", async () => {
    const net = zoo.googlenet({ classes: 3, inputSize: 96, auxiliaryHeads: true, width: 1 / 16 });
    const model = toLayersModel(net, { auxiliary: true, seed: 1 });
    const heads = net.layers.filter(({ auxiliary, weights }) => auxiliary && weights.length > 0);
    const before = weightsOf(net, model);
    const data = { x: randomNormal([2, 96, 96, 3], random(1)), y: [0, 1] };
    const { epochs } = await fit(model, data, quiet);
    assert.ok(epochs[0].loss < 5, "the loss of the main output alone");
    const after = weightsOf(net, model);
    assert.ok(heads.length > 0);
    for (const { path } of heads) assert.notDeepEqual(after[path], before[path], path);
  });

  it("fit(model, train, {earlyStopping}) stops when the loss falls no more, with the best weights", async () => {
    const model = toLayersModel(small, { seed: 1 });
    // Every fourth validation label is another one: whoever becomes surer than three in four loses.
    const validation = stripes(60, 2, { wrongEvery: 4 });
    const options = { epochs: 60, learningRate: 0.05, validation, earlyStopping: { patience: 3 } };
    const run = await fit(model, stripes(12, 1), { ...options, ...quiet });
    assert.ok(run.stopped);
    const losses = run.epochs.map(({ validationLoss }) => validationLoss!);
    const least = Math.min(...losses);
    assert.equal(run.bestEpoch, losses.indexOf(least) + 1);
    assert.equal(losses.length, run.bestEpoch! + 3);
    assertNear(
      softmaxCrossEntropy(scores(small, model, validation.images), validation.labels).loss,
      least,
    );
  });

  it("fit(model, {x, y}) takes one-hot rows, and any set that deals out batches", async () => {
    const set = stripes(40, 1);
    const rows = set.labels.map((label) => [0, 1, 2].map((k) => (k === label ? 1 : 0)));
    const dealer = {
      length: set.length,
      imageShape: set.imageShape,
      labels: set.labels,
      batches: (size: number, options?: object) => set.batches(size, options),
    };
    const results = [];
    for (const data of [
      set,
      { x: set.images, y: set.labels },
      { x: set.images, y: tensor(rows) },
      dealer,
    ]) {
      const model = toLayersModel(small, { seed: 1 });
      await fit(model, data, { epochs: 2, ...quiet });
      results.push(weightsOf(small, model));
    }
    for (const result of results.slice(1)) assert.deepEqual(result, results[0]);
  });

  it("fit(model, train) takes the fastest backend where nobody has chosen one, and tfjs does not greet", () => {
    const script = `
      const { fit, layers, network, tensor, toLayersModel, useBackend } = require(${JSON.stringify(root)});
      const model = toLayersModel(network("net", [1], layers.dense({ units: 2 })));
      fit(model, { x: tensor([[1]]), y: [1] }, { progress: false })
        .then(async ({ backend }) => console.log(backend, (await useBackend()).name));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
    assert.equal(stderr, "");
    const [taken, fastest] = stdout.trim().split(" ");
    assert.equal(taken, fastest);
    assert.notEqual(taken, "cpu");
  });

  it("fit(...) refuses what does not fit, before any work", async () => {
    const model = toLayersModel(small, { seed: 1 });
    const train = stripes(20, 1);
    const x = train.images;
    const refused: [unknown, FitOptions, RegExp][] = [
      [train, { epochs: 0 }, /epochs must be a positive integer, but got 0/],
      [train, { batchSize: 0 }, /batchSize must be a positive integer, but got 0/],
      [train, { batchSize: 2.5 }, /batchSize must be a positive integer, but got 2.5/],
      [train, { learningRate: 0 }, /learningRate must be more than 0/],
      [train, { learningRate: NaN }, /learningRate must be a finite number/],
      [train, { labelSmoothing: 2 }, /labelSmoothing must be from 0 to 1, but got 2/],
      [train, { seed: -1 }, /seed must be an integer of at least 0/],
      [train, { optimizer: "lion" as "adam" }, /optimizer must be "adam" or "sgd" or/],
      [train, { earlyStopping: { patience: 0 } }, /earlyStopping.patience must be a positive/],
      [
        train,
        { earlyStopping: { patience: 1, mindelta: 0.5 } as never },
        /earlyStopping.*"mindelta".*"minDelta"/,
      ],
      [train, { validation: train.take(0) }, /validation must be at least one example/],
      [train.take(0), {}, /train must be at least one example, but got an empty set/],
      [mnist().test.take(3), {}, /train must be of shape \[8, 8, 1\] each.*got \[28, 28, 1\]\.$/],
      [{ x, y: Array(20).fill(3) }, {}, /label 0 of train must be a class from 0 to 2.* got 3/],
      [{ x, y: Array(20).fill(0.5) }, {}, /label 0 of train must be a class/],
      [{ x, y: [0, 1] }, {}, /train.y must be 20 classes, one for each example/],
      [{ x, y: tensor(Array(20).fill([0.5, 0.5, 0])) }, {}, /row 0 of train.y must be a single 1/],
      [
        { x: x.map(() => NaN), y: train.labels },
        {},
        /train.x must be of finite numbers, but got NaN in example 0/,
      ],
      [x, {}, /train must be labelled images such as mnist\(\).train, or \{x, y\}/],
      [undefined, {}, /train must be labelled images .* got nothing/],
    ];
    const before = weightsOf(small, model);
    for (const [data, options, message] of refused)
      await assert.rejects(fit(model, data as LabelledImages, { ...options, ...quiet }), message);
    assert.deepEqual(weightsOf(small, model), before);
    const maps = toLayersModel(network("maps", [8, 8, 1], relu()));
    await assert.rejects(
      fit(maps, train),
      /model must be a model of one input whose outputs are \[batch, classes\], but got one of shapes/,
    );
    await assert.rejects(fit({} as LayersModel, train), /model must be a model of one input/);
  });

  it("fit(model of 32 x 32, images of 28 x 28) says how to bring them together", async () => {
    const model = toLayersModel(zoo.lenet5());
    const digits = mnist().test.take(4);
    await assert.rejects(fit(model, digits, quiet), /train\.padded\(2\) puts black pixels around/);
    assert.equal((await fit(model, digits.padded(2), quiet)).epochs.length, 1);
  });
});

/** The scores before the softmax, by our own kernels, [m, 3]. */
function scores(net: Network, model: LayersModel, x: LabelledImages["images"]) {
  return runNetwork(net, weightsOf(net, model), x, { until: "dense1" });
}

function reset(net: Network, model: LayersModel, weights: ReturnType<typeof weightsOf>): void {
  const fresh = toLayersModel(net, { weights });
  for (const layer of model.layers) layer.setWeights(fresh.getLayer(layer.name).getWeights());
}

function assertNear(actual: number, expected: number, tolerance = 1e-4): void {
  const error = Math.abs(actual - expected);
  assert.ok(
    error <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} is not near ${expected}`,
  );
}
