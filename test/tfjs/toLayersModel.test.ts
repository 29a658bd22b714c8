import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  concat,
  firstDifference,
  layers,
  type LayersModel,
  type Network,
  network,
  random,
  randomNormal,
  runNetwork,
  toLayersModel,
  weightsOf,
  zoo,
} from "convbook";
import { randomWeights } from "../training/randomWeights";
import { smallNetworks } from "../training/smallNetworks";
import { fromTf, reload, toTf } from "../training/tfjs";

const small = { inputSize: 32, classes: 3 };

/** What the networks above have no layer of: local response norm, auxiliary heads, scaled residuals, crops, ... */
const otherNetworks: readonly Network[] = [
  zoo.lenet5Original(),
  zoo.googlenet({ classes: 3, inputSize: 96, auxiliaryHeads: true, width: 1 / 16 }),
  zoo.resnetCifar({ depth: 8, classes: 3 }),
  zoo.nasnet({ cells: 1, features: 96, inputSize: 64, classes: 3 }),
  zoo.efficientnet({ ...small, width: 0.25, normaliseInput: true }),
  zoo.mobilenetV3({ ...small, size: "large", alpha: 0.35 }),
];

describe("toLayersModel", function () {
  this.timeout(60_000);

  for (const net of [...smallNetworks, ...otherNetworks])
    it(`toLayersModel(${net.name}) has the layers, shapes and weights of the description`, async () => {
      const auxiliary = net.auxiliaryOutputs.length > 0;
      const weights = randomWeights(net, 3);
      const model = toLayersModel(net, { weights, auxiliary });
      assertSameStructure(net, model);
      assert.deepEqual(weightsOf(net, model), weights);

      const loaded = await reload(model);
      assertSameStructure(net, loaded);
      assert.deepEqual(weightsOf(net, loaded), weights);
      const x = toTf(randomNormal([1, ...net.input.shape], random(4)));
      const values = (from: LayersModel) =>
        [from.predict(x)].flat().map((output) => [...output.shape, ...output.dataSync()]);
      assert.deepEqual(values(loaded), values(model));
    });

  for (const net of [...smallNetworks, ...otherNetworks])
    it(`toLayersModel(${net.name}) agrees with runNetwork`, () => {
      const weights = randomWeights(net, 5);
      const x = randomNormal([2, ...net.input.shape], random(6));
      const model = toLayersModel(net, { weights }) as tf.LayersModel;
      // Softmax hides how far scores are apart: those before it have to agree too.
      const ends = [net.output, net.output.inputs[0]].map(({ path }) => path);
      const both = tf.model({
        inputs: model.inputs,
        outputs: ends.map((path) => model.getLayer(path).output as tf.SymbolicTensor),
      });
      const outputs = both.predict(toTf(x)) as tf.Tensor[];
      ends.forEach((until, i) => {
        const ours = runNetwork(net, weights, x, { until });
        // One score among a thousand times larger ones is known as well as the largest is.
        const scale = Math.max(1, ours.map(Math.abs).max());
        const [a, b] = [ours, fromTf(outputs[i])].map((x) => x.map((value) => value / scale));
        assert.equal(firstDifference(a, b, { tolerance: 1e-5 }), null, until);
      });
    });

  for (const net of smallNetworks)
    it(`toLayersModel(${net.name}) learns`, async () => {
      const model = toLayersModel(net, { seed: 1 });
      const classes = net.output.shape[0];
      const x = toTf(randomNormal([2, ...net.input.shape], random(2)));
      const y = tf.oneHot(tf.tensor1d([0, 1], "int32"), classes);
      model.compile({ optimizer: tf.train.adam(0.003), loss: "categoricalCrossentropy" });
      const losses: number[] = [];
      const isLower = (): boolean => losses.length > 1 && losses[losses.length - 1] < losses[0];
      // Dropout shakes the loss: it takes some steps more to see it fall.
      while (losses.length < 6 && !isLower())
        losses.push((await model.trainOnBatch(x, y)) as number);
      assert.ok(isLower(), `losses ${losses.join(", ")}`);
    });

  it("toLayersModel(network, {seed}) begins with the same weights for the same seed", () => {
    const net = network("net", [4, 4, 2], layers.conv({ filters: 3, kernelSize: 3 }));
    const of = (seed?: number) => weightsOf(net, toLayersModel(net, { seed }));
    assert.deepEqual(of(1), of(1));
    assert.deepEqual(of(), of(0));
    assert.notDeepEqual(of(1), of(2));
  });

  it("toLayersModel(network) names layers as tfjs allows", () => {
    const net = network(
      "net",
      [4],
      layers.dense({ units: 2, name: "2 scores" }),
      layers.relu({ name: "×" }),
    );
    const model = toLayersModel(net);
    assert.deepEqual(
      model.layers.map((layer) => layer.name),
      ["input", "layer1_2_scores", "layer2__"],
    );
    assert.equal(weightsOf(net, model)["2 scores"].matrix?.size, 8);
  });

  it("toLayersModel(network) keeps weights that are set by hand", async () => {
    const net = network(
      "net",
      [2],
      layers.dense({ units: 2, trainable: false }),
      layers.dense({ units: 1 }),
    );
    const model = toLayersModel(net);
    const before = weightsOf(net, model);
    model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
    await model.trainOnBatch(tf.tensor2d([[1, 2]]), tf.tensor2d([[100]]));
    const after = weightsOf(net, model);
    assert.deepEqual(after["dense1"], before["dense1"]);
    assert.notDeepEqual(after["dense2"], before["dense2"]);
  });

  it("toLayersModel(network) has batch norms without gamma follow the statistics as others do", async () => {
    const statistics = async (scale: boolean) => {
      const net = network("net", [3, 3, 2], layers.batchNorm({ scale }));
      const model = toLayersModel(net);
      model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError" });
      const x = toTf(randomNormal([4, 3, 3, 2], random(1)));
      await model.trainOnBatch(x, x);
      const { movingMean, movingVariance } = weightsOf(net, model)["batchNorm1"];
      return concat([movingMean!, movingVariance!]);
    };
    assert.equal(firstDifference(await statistics(true), await statistics(false)), null);
    assert.notDeepEqual((await statistics(false)).toArray(), [0, 0, 1, 1]);
  });

  it("toLayersModel(network, {weights}) copies the weights", () => {
    const net = network("net", [1], layers.dense({ units: 1, bias: false }));
    const weights = randomWeights(net, 1);
    const model = toLayersModel(net, { weights });
    const before = weights["dense1"].matrix!.get(0, 0);
    weights["dense1"].matrix!.set(7, 0, 0);
    assert.equal(weightsOf(net, model)["dense1"].matrix!.get(0, 0), before);
  });

  it("toLayersModel(...) refuses what does not fit", () => {
    const net = network("net", [1], layers.dense({ units: 1 }));
    assert.throws(() => toLayersModel({} as Network), /network must be a network, as network/);
    assert.throws(() => toLayersModel(net, { seed: -1 }), /seed must be an integer of at least 0/);
    assert.throws(
      () => toLayersModel(net, { weights: {} }),
      /weights\["dense1"\]\.matrix must be a tensor of shape \[1, 1\], but got nothing/,
    );
  });

  it("weightsOf(network, model of another network) is refused", () => {
    const net = network("net", [1], layers.dense({ units: 1 }));
    const other = network("other", [1], layers.dense({ units: 2 }));
    const third = network("third", [1], layers.relu());
    assert.throws(() => weightsOf(net, toLayersModel(other)), /weights of "dense1", but got other/);
    assert.throws(() => weightsOf(net, toLayersModel(third)), /one without that layer/);
  });
});

function assertSameStructure(net: Network, model: LayersModel): void {
  const auxiliary = net.auxiliaryOutputs.length > 0;
  const described = net.layers.filter((layer) => auxiliary || !layer.auxiliary);
  for (const layer of described)
    assert.deepEqual(model.getLayer(layer.path).outputShape, [null, ...layer.shape], layer.path);
  const weights = described.flatMap((layer) => layer.weights);
  assert.equal(
    model.countParams(),
    weights.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0),
  );
}
