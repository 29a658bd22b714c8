import assert from "node:assert/strict";
import {
  compile,
  conv2d,
  engine,
  firstDifference,
  initialWeights,
  layers,
  network,
  random,
  randomNormal,
  relu,
  runNetwork,
  scoreGradients,
  zeros,
} from "convbook";
import { randomWeights } from "../training/randomWeights";
import { smallNetworks } from "../training/smallNetworks";

const net = network("net", [6, 6, 2], layers.conv({ filters: 3, kernelSize: 3 }), layers.relu());

describe("runNetwork", () => {
  it("runNetwork(network, weights, x) is its layers' operations one after the other", () => {
    const weights = randomWeights(net, 1);
    const x = randomNormal([2, 6, 6, 2], random(2));
    const { filter, bias } = weights["conv1"];
    const convolved = conv2d(x, filter!, { bias });
    assert.deepEqual(runNetwork(net, weights, x), relu(convolved));
    assert.deepEqual(runNetwork(net, weights, x, { until: "conv1" }), convolved);
    assert.deepEqual(runNetwork(net, weights, x, { until: "input" }), x);
  });

  it("runNetwork(network, weights, x, {operations}) calls those", () => {
    const weights = initialWeights(net, random(1));
    let calls = 0;
    const counted: typeof engine.conv2d = (...args) => {
      calls += 1;
      return engine.conv2d(...args);
    };
    runNetwork(net, weights, zeros([1, 6, 6, 2]), { operations: { ...engine, conv2d: counted } });
    assert.equal(calls, 1);
  });

  for (const small of smallNetworks)
    it(`runNetwork(${small.name}) gives the same with engine as with kernels`, () => {
      const weights = randomWeights(small, 3);
      const x = randomNormal([1, ...small.input.shape], random(4));
      const until = small.output.inputs[0].path;
      const fast = runNetwork(small, weights, x, { operations: engine, until });
      assert.equal(
        firstDifference(runNetwork(small, weights, x, { until }), fast, { tolerance: 1e-4 }),
        null,
      );
    });

  it("weights that no layer has are refused by whoever takes weights", async () => {
    const weights = initialWeights(net, 1);
    const x = zeros([1, 6, 6, 2]);
    const misspelt = { ...weights, conv2: {} };
    const superfluous = { ...weights, conv1: { ...weights["conv1"], gamma: zeros([3]) } };
    const calls = [
      (given: typeof weights) => runNetwork(net, given, x),
      (given: typeof weights) => runNetwork(net, given, x, { until: "input" }),
      (given: typeof weights) => scoreGradients(net, given, x, { of: "relu1", from: () => x }),
    ];
    await assert.rejects(compile(net, misspelt), /"conv2"\. Did you mean "conv1"\?/);
    await assert.rejects(compile(net, superfluous), /of filter and bias.*"gamma"/);
    for (const call of calls) {
      assert.throws(() => call(misspelt), /weights must be .*"conv2"\. Did you mean "conv1"\?/);
      assert.throws(
        () => call(superfluous),
        /weights\["conv1"\] must be of filter and bias.*"gamma"/,
      );
    }
    assert.doesNotThrow(() => runNetwork(net, { ...weights, relu1: {} }, x));
  });

  it("runNetwork(...) refuses what does not fit, before any work", () => {
    const weights = initialWeights(net, random(1));
    assert.throws(
      () => runNetwork(net, weights, zeros([6, 6, 2])),
      /x must be a tensor of shape \[batch, 6, 6, 2\]/,
    );
    assert.throws(
      () => runNetwork(net, {}, zeros([1, 6, 6, 2])),
      /weights\["conv1"\]\.filter must be/,
    );
    const other = { conv1: { ...weights["conv1"], bias: zeros([4]) } };
    assert.throws(
      () => runNetwork(net, other, zeros([1, 6, 6, 2])),
      /bias must be a tensor of shape \[3\], but got a tensor of shape \[4\]/,
    );
    assert.throws(
      () => runNetwork(net, weights, zeros([1, 6, 6, 2]), { until: "conv2" }),
      /path of a layer/,
    );
  });
});

describe("initialWeights", () => {
  it("initialWeights(network, random) draws filters of variance 2 / fan-in", () => {
    const wide = network(
      "wide",
      [3, 3, 50],
      layers.conv({ filters: 200, kernelSize: 3, groups: 2 }),
    );
    const { filter, bias } = initialWeights(wide, random(5))["conv1"];
    const variance = filter!.map((value) => value ** 2).mean();
    assert.ok(Math.abs(variance * (9 * 25) - 2) < 0.05, `${variance}`);
    assert.equal(bias!.max(), 0);
  });
});
