import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  engine,
  firstDifference,
  layers,
  type Module,
  network,
  type NetworkWeights,
  random,
  randomNormal,
  runNetwork,
  type Tensor,
  toLayersModel,
} from "convbook";
import { randomWeights } from "../training/randomWeights";
import { fromTf, predict, reload, toTf } from "../training/tfjs";

const { averagePool, conv, maxPool, transposedConv } = layers;

/** Each layer in the ways in which it can be asked for, on maps with sides of different lengths. */
const modules: Record<string, Module> = {
  'conv({padding: "same"}), odd': conv({
    filters: 3,
    kernelSize: [3, 2],
    stride: 2,
    padding: "same",
  }),
  "conv({padding}), one side": conv({
    filters: 3,
    kernelSize: 2,
    padding: [
      [1, 0],
      [0, 2],
    ],
    bias: false,
  }),
  "conv({groups})": conv({ filters: 9, kernelSize: 3, groups: 3, padding: 1, stride: [2, 1] }),
  "conv({dilation})": conv({ filters: 4, kernelSize: [3, 2], dilation: [2, 3], padding: 2 }),
  "conv({dilation, stride, groups})": conv({
    filters: 4,
    kernelSize: 2,
    dilation: 3,
    stride: 2,
    groups: 2,
    bias: false,
  }),
  "depthwiseConv({multiplier})": layers.depthwiseConv({ kernelSize: 3, multiplier: 2, padding: 1 }),
  "depthwiseConv({dilation})": layers.depthwiseConv({
    kernelSize: 3,
    dilation: 2,
    padding: "same",
  }),
  "transposedConv({stride})": transposedConv({ filters: 2, kernelSize: 3, stride: 2 }),
  'transposedConv({padding: "same"})': transposedConv({
    filters: 2,
    kernelSize: 4,
    stride: 2,
    padding: "same",
  }),
  "transposedConv({padding, outputPadding})": transposedConv({
    filters: 2,
    kernelSize: 3,
    stride: 2,
    padding: 1,
    outputPadding: 1,
  }),
  "transposedConv({stride > kernelSize})": transposedConv({
    filters: 2,
    kernelSize: 2,
    stride: 3,
    bias: false,
  }),
  "transposedConv({dilation})": transposedConv({
    filters: 2,
    kernelSize: [2, 3],
    dilation: 2,
    padding: 1,
  }),
  "maxPool({padding})": maxPool({ size: 3, stride: 2, padding: 1 }),
  "maxPool({ceilMode})": maxPool({ size: [2, 3], stride: 2, ceilMode: true }),
  'maxPool({padding: "same"})': maxPool({ size: 3, stride: 2, padding: "same" }),
  "averagePool()": averagePool({ size: 2 }),
  "averagePool({padding})": averagePool({ size: 3, stride: 2, padding: 1 }),
  'averagePool({padding: "same"})': averagePool({ size: 3, stride: 1, padding: "same" }),
  "averagePool({countPadding})": averagePool({
    size: 3,
    stride: 2,
    padding: 1,
    countPadding: true,
  }),
  "averagePool({ceilMode, countPadding})": averagePool({
    size: [2, 3],
    stride: 2,
    padding: 1,
    ceilMode: true,
    countPadding: true,
  }),
  "adaptiveAveragePool(), fewer": layers.adaptiveAveragePool({ outputSize: [2, 3] }),
  "adaptiveAveragePool(), more": layers.adaptiveAveragePool({ outputSize: 7 }),
  "globalAveragePool()": layers.globalAveragePool(),
  "globalAveragePool({keepDims})": layers.globalAveragePool({ keepDims: true }),
  "globalMaxPool()": layers.globalMaxPool(),
  "globalMaxPool({keepDims})": layers.globalMaxPool({ keepDims: true }),
  "batchNorm({scale: false})": layers.batchNorm({ scale: false, epsilon: 1e-3 }),
  "batchNorm({center: false})": layers.batchNorm({ center: false }),
  "localResponseNorm({size: 3})": layers.localResponseNorm({
    size: 3,
    alpha: 0.5,
    beta: 0.6,
    k: 1,
  }),
  "localResponseNorm({size: 4})": layers.localResponseNorm({ size: 4, alpha: 0.5 }),
  "channelScale()": layers.channelScale(),
  "inputNorm()": layers.inputNorm(),
  "dropout()": layers.dropout({ rate: 0.5 }),
  "sigmoid()": layers.sigmoid(),
  "tanh()": layers.tanh(),
  "softmax()": layers.softmax(),
  "swish()": layers.activation("swish"),
  "hardSwish()": layers.activation("hardSwish"),
  "hardSigmoid()": layers.activation("hardSigmoid"),
  "add(x)": (x) => layers.add(x),
  "add(x, x)": (x) => layers.add(x, x),
  "add(x, y, z)": (x) => layers.add(x, layers.sigmoid()(x), layers.tanh()(x)),
  "scaledAdd(x, y)": (x) => layers.scaledAdd(x, layers.tanh()(x), { scale: 0.2 }),
  "multiply(x, gate)": (x) => layers.multiply(x, layers.globalAveragePool({ keepDims: true })(x)),
  "multiply(x, y)": (x) => layers.multiply(x, layers.tanh()(x)),
  "concat(x, y)": (x) => layers.concat(x, layers.tanh()(x)),
  "slice()": layers.slice({ from: 1, to: 4 }),
  "channelShuffle()": layers.channelShuffle({ groups: 3 }),
  "zeroPad()": layers.zeroPad({
    padding: [
      [1, 0],
      [2, 3],
    ],
  }),
  "zeroPad({channels})": layers.zeroPad({
    padding: [
      [1, 0],
      [0, 0],
    ],
    channels: [1, 2],
  }),
  "crop()": layers.crop({
    cropping: [
      [1, 0],
      [2, 1],
    ],
  }),
  "flatten()": layers.flatten(),
};

/** What may stand behind a dense layer, too. */
const onVectors: Record<string, Module> = {
  "dense()": layers.dense({ units: 3 }),
  "dense({bias: false})": layers.dense({ units: 3, bias: false }),
  "flatten()": layers.flatten(),
  "batchNorm()": layers.batchNorm(),
  "batchNorm({scale: false})": layers.batchNorm({ scale: false }),
  "channelScale()": layers.channelScale(),
  "softmax()": layers.softmax(),
  "hardSwish()": layers.activation("hardSwish"),
  "scaledAdd(x, y)": (x) => layers.scaledAdd(x, layers.tanh()(x), { scale: 0.2 }),
  "multiply(x, y)": (x) => layers.multiply(x, layers.tanh()(x)),
};

describe("layers as tfjs has them", () => {
  for (const [title, module] of Object.entries(modules)) specify(title, [5, 4, 6], module);
  for (const [title, module] of Object.entries(onVectors))
    specify(`${title} of a vector`, [6], module);

  function specify(title: string, inputShape: readonly number[], module: Module): void {
    const net = network("net", inputShape, module);
    const weights = randomWeights(net, 8);
    const x = randomNormal([2, ...inputShape], random(9));

    it(`${title} gives the values of runNetwork, also after saving and loading`, async () => {
      const model = toLayersModel(net, { weights });
      const y = predict(model, x);
      assert.deepEqual(y.shape.slice(1), net.output.shape);
      agree(runNetwork(net, weights, x), y);
      agree(runNetwork(net, weights, x, { operations: engine }), y);
      assert.deepEqual(predict(await reload(model), x), y);
    });

    it(`${title} has the gradient that differences of runNetwork have`, () => {
      const model = toLayersModel(net, { weights }) as tf.LayersModel;
      const dy = randomNormal([2, ...net.output.shape], random(10));
      const loss = (input: tf.Tensor) =>
        (model.predict(input) as tf.Tensor).mul(toTf(dy)).sum().asScalar();
      const gradient = fromTf(tf.grad(loss)(toTf(x)));
      const weighted = (value: number, i: number) => value * dy.data[i];
      const expected = differences(x, (moved) =>
        runNetwork(net, inDoublePrecision(weights), moved).map(weighted).sum(),
      );
      agree(expected, gradient);
    });
  }
});

function agree(a: Tensor, b: Tensor): void {
  assert.equal(firstDifference(a, b, { tolerance: 1e-4 }), null);
}

/** The slope of f along each number of x, from a small step to both sides. */
function differences(x: Tensor, f: (x: Tensor) => number): Tensor {
  const step = 1e-5;
  const moved = x.as("float64");
  return x.as("float64").map((value, i) => {
    moved.data[i] = value + step;
    const above = f(moved);
    moved.data[i] = value - step;
    const below = f(moved);
    moved.data[i] = value;
    return (above - below) / (2 * step);
  });
}

function inDoublePrecision(weights: NetworkWeights): NetworkWeights {
  return Object.fromEntries(
    Object.entries(weights).map(([path, ofLayer]) => [
      path,
      Object.fromEntries(
        Object.entries(ofLayer).map(([name, value]) => [name, value.as("float64")]),
      ),
    ]),
  );
}
