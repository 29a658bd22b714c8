import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  engine,
  firstDifference,
  gradientCheck,
  initialWeights,
  type LayerWeights,
  layers,
  network,
  type Network,
  networkGradients,
  type NetworkWeights,
  random,
  randomNormal,
  type Tensor,
  toLayersModel,
  useBackend,
  weightsOf,
  zoo,
} from "convbook";
import { toTf } from "../training/tfjs";

const { add, averagePool, channelShuffle, concat, conv, dense, flatten, globalAveragePool } =
  layers;
const { localResponseNorm, maxPool, relu, scaledAdd, sigmoid, slice, softmax, tanh } = layers;
const { transposedConv } = layers;

/** Every kind of layer that has a gradient here, and outputs that go several ways. */
const everything = network(
  "everything",
  [6, 6, 2],
  conv({ filters: 4, kernelSize: 3, padding: "same", groups: 2 }),
  (x) => add(x, tanh()(conv({ filters: 4, kernelSize: 1, bias: false })(x))),
  (x) => scaledAdd(x, sigmoid()(x), { scale: 0.3 }),
  localResponseNorm({ size: 3, alpha: 0.1 }),
  (x) => concat(slice({ from: 1, to: 3 })(x), x),
  channelShuffle({ groups: 3 }),
  averagePool({ size: 3, stride: 2, ceilMode: true }),
  transposedConv({ filters: 3, kernelSize: 2, stride: 2 }),
  (x) =>
    concat(
      globalAveragePool({ keepDims: true })(x),
      globalAveragePool({ keepDims: true })(relu()(x)),
    ),
  flatten(),
  dense({ units: 4 }),
  tanh(),
  dense({ units: 3, bias: false }),
  softmax(),
);

describe("networkGradients", function () {
  this.timeout(20_000);

  it("networkGradients(...) says what its own arguments lack", () => {
    const net = network("net", [4], dense({ units: 3 }));
    const x = randomNormal([2, 4], random(1));
    for (const labels of [[0], [0, 3]])
      assert.throws(
        () => networkGradients(net, initialWeights(net, 1), x, labels),
        (error: Error) =>
          /^networkGradients\(\): labels/.test(error.message) && !/logits/.test(error.message),
      );
  });

  it("networkGradients(network of every kind of layer) agrees with differences, in float64", () => {
    const weights = inDouble(initialWeights(everything, random(1)));
    const x = randomNormal([2, ...everything.input.shape], random(2), "float64");
    const labels = [2, 0];
    const { gradients } = networkGradients(everything, weights, x, labels, { labelSmoothing: 0.1 });
    for (const [path, ofLayer] of Object.entries(weights))
      for (const [name, weight] of Object.entries(ofLayer) as [keyof LayerWeights, Tensor][]) {
        const loss = (value: Tensor): number => {
          const changed = { ...weights, [path]: { ...ofLayer, [name]: value } };
          return networkGradients(everything, changed, x, labels, { labelSmoothing: 0.1 }).loss;
        };
        const check = gradientCheck(loss, weight, gradients[path][name]!);
        assert.ok(check.passed, `${path} ${name}: ${check.relativeError}`);
      }
    assert.deepEqual(Object.keys(gradients).sort(), Object.keys(weights).sort());
  });

  for (const net of [zoo.lenet5(), withMaxima()])
    it(`networkGradients(${net.name}, {operations: engine}) agrees with the kernels and with tfjs`, async () => {
      await useBackend("cpu");
      const weights = initialWeights(net, random(3));
      const x = randomNormal([3, ...net.input.shape], random(4));
      const labels = [1, 0, 2];
      const plain = networkGradients(net, weights, x, labels);
      const fast = networkGradients(net, weights, x, labels, { operations: engine });
      assert.ok(Math.abs(plain.loss - fast.loss) < 1e-5);
      const theirs = gradientsByTfjs(net, weights, x, labels);
      for (const [path, ofLayer] of Object.entries(plain.gradients))
        for (const [name, gradient] of Object.entries(ofLayer) as [keyof LayerWeights, Tensor][])
          for (const other of [fast.gradients, theirs])
            assert.equal(
              firstDifference(gradient, other[path][name]!, { tolerance: 1e-4 }),
              null,
              `${path} ${name}`,
            );
    });

  it("networkGradients(network without softmax) takes its output as the scores", () => {
    const build = (...end: Parameters<typeof network>[2][]) =>
      network("net", [4], dense({ units: 3 }), ...end);
    const weights = initialWeights(build(), random(1));
    const x = randomNormal([5, 4], random(2));
    const labels = [0, 1, 2, 0, 1];
    assert.deepEqual(
      networkGradients(build(), weights, x, labels),
      networkGradients(build(softmax()), weights, x, labels),
    );
  });

  it("networkGradients(network with auxiliary heads) leaves these out", () => {
    const net = network(
      "net",
      [2, 2, 1],
      layers.auxiliary(layers.block("head", flatten(), dense({ units: 2 }))),
      flatten(),
      dense({ units: 2 }),
    );
    const weights = initialWeights(net, random(1));
    const { gradients } = networkGradients(
      net,
      weights,
      randomNormal([1, 2, 2, 1], random(2)),
      [1],
    );
    assert.deepEqual(Object.keys(gradients), ["dense1"]);
  });

  it("networkGradients(...) refuses what does not fit, before any work", () => {
    const net = network("net", [4], dense({ units: 3 }));
    const weights = initialWeights(net, random(1));
    const x = randomNormal([2, 4], random(2));
    const gradients =
      (
        ...[a = net, b = weights, c = x, d = [0, 1]]: Partial<Parameters<typeof networkGradients>>
      ) =>
      () =>
        networkGradients(a, b, c, d);
    assert.throws(
      gradients(network("net", [4], layers.dropout({ rate: 0.1 }))),
      /but got "dropout1", which is a dropout\. fit\(/,
    );
    assert.throws(
      gradients(network("maps", [4, 4, 1], relu())),
      /x must be a tensor of shape \[batch, 4, 4, 1\]/,
    );
    assert.throws(gradients(net, {}), /weights\["dense1"\]\.matrix must be a tensor/);
    assert.throws(gradients(net, weights, x, [0, 3]), /labels\[1\] must be a class from 0 to 2/);
    const maps = network("maps", [4, 4, 1], relu());
    const images = randomNormal([1, 4, 4, 1], random(1));
    assert.throws(
      gradients(maps, {}, images, [0]),
      /network must be one that puts out \[classes\], but got one that puts out \[4, 4, 1\]/,
    );
  });
});

/** Maxima of nothing but different values, as differences and tfjs see them alike. */
function withMaxima(): Network {
  return network(
    "maxima",
    [9, 9, 2],
    conv({ filters: 4, kernelSize: 3, stride: 2, padding: "same" }),
    relu(),
    maxPool({ size: 2, stride: 1 }),
    flatten(),
    dense({ units: 3 }),
    softmax(),
  );
}

function inDouble(weights: NetworkWeights): NetworkWeights {
  const ofLayer = (layer: LayerWeights): LayerWeights =>
    Object.fromEntries(Object.entries(layer).map(([name, weight]) => [name, weight.as("float64")]));
  return Object.fromEntries(Object.entries(weights).map(([path, layer]) => [path, ofLayer(layer)]));
}

/** A step of plain gradient descent by 1 takes the weights as far as the gradient is long. */
function gradientsByTfjs(
  net: Network,
  weights: NetworkWeights,
  x: Tensor,
  labels: number[],
): NetworkWeights {
  const model = toLayersModel(net, { weights }) as tf.LayersModel;
  const classes = net.output.shape[0];
  const { grads } = tf.variableGrads(() => {
    const p = model.apply(toTf(x), { training: true }) as tf.Tensor2D;
    const y = tf.oneHot(tf.tensor1d(labels, "int32"), classes);
    return tf.neg(tf.mean(tf.sum(tf.mul(y, tf.log(p)), 1))) as tf.Scalar;
  });
  for (const weight of model.trainableWeights) {
    const variable = weight.read() as tf.Variable;
    variable.assign(grads[variable.name]);
  }
  return weightsOf(net, model);
}
