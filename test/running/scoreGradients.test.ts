import assert from "node:assert/strict";
import {
  engine,
  initialWeights,
  layers,
  network,
  networkGradients,
  type NetworkWeights,
  random,
  randomNormal,
  runNetwork,
  scoreGradients,
  type Tensor,
} from "convbook";
import * as convbook from "convbook";

const { conv, batchNorm, relu, activation, add, concat, dense, multiply } = layers;

/** A network with all the ways that a gradient can go. */
const net = network("net", [6, 6, 4], (input) => {
  const x = layers.channelScale()(layers.inputNorm()(input));
  const a = activation("swish")(batchNorm()(conv({ filters: 4, kernelSize: 3, padding: 1 })(x)));
  const gate = activation("sigmoid")(
    conv({ filters: 4, kernelSize: 1 })(layers.globalAveragePool({ keepDims: true })(a)),
  );
  const b = add(multiply(a, gate), multiply(x, a));
  const padded = layers.zeroPad({
    padding: [
      [1, 0],
      [0, 2],
    ],
  })(b);
  const c = concat(
    layers.crop({
      cropping: [
        [1, 0],
        [1, 1],
      ],
    })(padded),
    b,
  );
  const pooled = layers.adaptiveAveragePool({ outputSize: [4, 3] })(
    layers.dropout({ rate: 0.5 })(c),
  );
  return layers.softmax()(dense({ units: 3 })(layers.flatten()(pooled)));
});
const source = random(1);
const weights: NetworkWeights = Object.fromEntries(
  Object.entries(initialWeights(net, source)).map(([path, ofLayer]) => [
    path,
    Object.fromEntries(
      Object.entries(ofLayer).map(([name, weight]) => [
        name,
        weight.as("float64").map((value) => value + source.uniform(0.01, 0.3)),
      ]),
    ),
  ]),
);
const x = randomNormal([2, 6, 6, 4], source, "float64");

/** Half the difference of f where one value is a little larger and a little smaller. */
function slope(f: (x: Tensor) => number, at: Tensor, offset: number): number {
  const step = 1e-5;
  const moved = (by: number) => f(at.map((value, i) => (i === offset ? value + by : value)));
  return (moved(step) - moved(-step)) / (2 * step);
}

describe("scoreGradients", function () {
  this.timeout(120_000);

  it("to the input: what a pixel changes of the score, batch norm and gates included", () => {
    const { output, gradients } = scoreGradients(net, weights, x, { classes: [2, 0] });
    assert.deepEqual(output.shape, [2, 3]);
    const scores = (at: Tensor) => runNetwork(net, weights, at, { until: "dense1" });
    const sum = (at: Tensor) => scores(at).get(0, 2) + scores(at).get(1, 0);
    for (let i = 0; i < x.size; i += 7)
      assert.ok(Math.abs(gradients.input.data[i] - slope(sum, x, i)) < 1e-7);
  });

  it("to several layers, of any number made of any layer", () => {
    const { outputs, gradients } = scoreGradients(net, weights, x, {
      of: "multiply1",
      from: (maps) => maps.map((value) => 2 * value),
      to: ["conv1", "conv2", "input"],
    });
    assert.deepEqual(outputs.conv1.shape, gradients.conv1.shape);
    const squares = (at: Tensor) =>
      runNetwork(net, weights, at, { until: "multiply1" })
        .map((value) => value ** 2)
        .sum();
    for (let i = 0; i < x.size; i += 11)
      assert.ok(Math.abs(gradients.input.data[i] - slope(squares, x, i)) < 1e-6);
  });

  it("goes back no further than the layers that are asked after, with the same gradients", () => {
    const ofAll = scoreGradients(net, weights, x, { classes: 1, to: ["multiply1", "input"] });
    let convolutions = 0;
    const counted: typeof engine.conv2dBackward = (...inputs) => {
      convolutions++;
      return convbook.conv2dBackward(...inputs);
    };
    const operations = { ...convbook, conv2dBackward: counted };
    const ofLate = scoreGradients(net, weights, x, { classes: 1, to: ["multiply1"], operations });
    assert.deepEqual(ofLate.gradients.multiply1.data, ofAll.gradients.multiply1.data);
    assert.equal(convolutions, 0);
    assert.deepEqual(Object.keys(ofLate.gradients), ["multiply1"]);
  });

  it("on the engine, the same to rounding; the likeliest class is that of the network", () => {
    const single = Object.fromEntries(
      Object.entries(weights).map(([path, ofLayer]) => [
        path,
        Object.fromEntries(Object.entries(ofLayer).map(([name, w]) => [name, w.as("float32")])),
      ]),
    );
    const [plain, fast] = [{}, { operations: engine }].map((options) =>
      scoreGradients(net, single, x.as("float32"), options),
    );
    plain.gradients.input.data.forEach((value, i) =>
      assert.ok(Math.abs(value - fast.gradients.input.data[i]) < 1e-5),
    );
  });

  it("refuses classes and layers that are not there", () => {
    assert.throws(
      () => scoreGradients(net, weights, x, { classes: 3 }),
      /the class of image 0 must be below 3/,
    );
    assert.throws(
      () => scoreGradients(net, weights, x, { of: "conv1", from: (y) => y, to: ["dense1"] }),
      /to must be paths of layers before "conv1"/,
    );
    assert.throws(
      () => scoreGradients(net, weights, x, { of: "conv1" }),
      /of must be a layer that puts out \[classes\]/,
    );
    assert.throws(
      () => scoreGradients(net, weights, x, { of: "conv1", from: (y) => y, classes: 1 }),
      /classes must be left out where a function `from`/,
    );
  });
});

describe("networkGradients with batch norm", function () {
  this.timeout(120_000);
  const trained = network(
    "trained",
    [5, 5, 2],
    conv({ filters: 3, kernelSize: 3, bias: false }),
    batchNorm(),
    relu(),
    layers.flatten(),
    dense({ units: 3 }),
  );
  const initial = Object.fromEntries(
    Object.entries(initialWeights(trained, random(2))).map(([path, ofLayer]) => [
      path,
      Object.fromEntries(Object.entries(ofLayer).map(([name, w]) => [name, w.as("float64")])),
    ]),
  ) as Record<string, Record<string, Tensor>>;
  const images = randomNormal([4, 5, 5, 2], random(3), "float64");
  const labels = [0, 2, 1, 1];

  it("goes through the statistics of the batch, to the weights and to the images", () => {
    const found = networkGradients(trained, initial, images, labels);
    const { gradients, dInput, statistics, moving } = found;
    const lossOf = (at: Tensor) => networkGradients(trained, initial, at, labels).loss;
    for (let i = 0; i < images.size; i += 9)
      assert.ok(Math.abs(dInput.data[i] - slope(lossOf, images, i)) < 1e-7);
    for (const [path, name] of [
      ["conv1", "filter"],
      ["batchNorm1", "gamma"],
      ["batchNorm1", "beta"],
    ] as const) {
      const lossWith = (w: Tensor) =>
        networkGradients(
          trained,
          { ...initial, [path]: { ...initial[path], [name]: w } },
          images,
          labels,
        ).loss;
      const gradient = gradients[path][name]!;
      for (let i = 0; i < gradient.size; i += 5)
        assert.ok(Math.abs(gradient.data[i] - slope(lossWith, initial[path][name], i)) < 1e-7);
    }
    assert.deepEqual(statistics.batchNorm1.mean.shape, [3]);
    const { mean, variance } = statistics.batchNorm1;
    for (let c = 0; c < 3; c++) {
      assert.ok(Math.abs(moving.batchNorm1.mean.data[c] - 0.1 * mean.data[c]) < 1e-12);
      const kept = 0.9 * initial.batchNorm1.movingVariance.data[c];
      assert.ok(
        Math.abs(moving.batchNorm1.variance.data[c] - kept - 0.1 * variance.data[c]) < 1e-12,
      );
    }
    assert.equal(gradients.batchNorm1.movingMean, undefined);
  });
});
