import assert from "node:assert/strict";
import {
  compile,
  conventionNames,
  cost,
  draw,
  firstDifference,
  initialWeights,
  layers,
  memoryCost,
  network,
  networkFromData,
  networkGradients,
  networkToData,
  random,
  randomNormal,
  runNetwork,
  sameNetwork,
  subnetwork,
  summary,
  type Tensor,
  toLayersModel,
  weightsOf,
} from "convbook";
import { fromTf, toTf } from "../training/tfjs";

const { add, block, conv, dense, globalAveragePool, relu, shared, softmax, within } = layers;

/** Two arms over the halves of the channels, one set of weights. */
const arm = shared(conv({ filters: 4, kernelSize: 3, padding: "same" }), relu());
const siamese = network(
  "siamese",
  [6, 6, 4],
  (x) => {
    const [a, b] = layers.split(x, 2);
    return within(x, "arms", () => add(arm(a), arm(b)));
  },
  globalAveragePool(),
  dense({ units: 3 }),
  softmax(),
);

describe("layers.shared", () => {
  it("counts parameters once and multiply-adds each time, as torchinfo and fvcore do", () => {
    // torchinfo 1.8 and fvcore 0.1.5 on PyTorch's Conv2d(8, 8, 3, padding=1) applied twice to [8, 6, 5].
    const same = shared(conv({ filters: 8, kernelSize: 3, padding: "same" }));
    const net = network("twice", [6, 5, 8], same, same);
    const of = (name: string) =>
      cost(net, { convention: conventionNames.find((each) => each === name)! });
    assert.deepEqual([of("torchinfo").params, of("torchinfo").macs], [584, 35040]);
    assert.deepEqual([of("fvcore").params, of("fvcore").macs], [584, 34560]);
    assert.equal(memoryCost(net).weightBytes, 584 * 4);
  });

  it("runs as a network whose layers happen to have equal weights", async () => {
    const apart = network(
      "apart",
      [6, 6, 4],
      (x) => {
        const [a, b] = layers.split(x, 2);
        const own = () =>
          layers.sequential(conv({ filters: 4, kernelSize: 3, padding: "same" }), relu());
        return add(own()(a), own()(b));
      },
      globalAveragePool(),
      dense({ units: 3 }),
      softmax(),
    );
    const weights = initialWeights(siamese, 7);
    assert.deepEqual(Object.keys(weights), ["arms/conv1", "dense1"]);
    const filters = weights["arms/conv1"];
    const equal = { conv1: filters, conv2: filters, dense1: weights["dense1"] };
    const x = randomNormal([2, 6, 6, 4], random(1));
    const expected = runNetwork(apart, equal, x);
    assert.deepEqual(runNetwork(siamese, weights, x), expected);
    const compiled = await compile(siamese, weights);
    assert.equal(firstDifference(expected, compiled.run(x), { tolerance: 1e-5 }), null);
    const model = toLayersModel(siamese, { weights });
    const predicted = fromTf(model.predict(toTf(x)) as Parameters<typeof fromTf>[0]);
    assert.equal(firstDifference(expected, predicted, { tolerance: 1e-5 }), null);
    assert.deepEqual(weightsOf(siamese, model), weights);

    const { gradients } = networkGradients(siamese, weights, x, [0, 2]);
    const each = networkGradients(apart, equal, x, [0, 2]).gradients;
    const sum = (name: "filter" | "bias"): Tensor =>
      each["conv1"][name]!.map((value, i) => value + each["conv2"][name]!.data[i]);
    assert.deepEqual(Object.keys(gradients).sort(), ["arms/conv1", "dense1"]);
    for (const name of ["filter", "bias"] as const)
      assert.equal(
        firstDifference(sum(name), gradients["arms/conv1"][name]!, { tolerance: 1e-6 }),
        null,
      );
  });

  it("is named in summaries and drawings", () => {
    assert.match(
      summary(siamese).text,
      /conv2 +3×3 conv, 4 filters, padding 1, weights of arms\/conv1/,
    );
    assert.match(draw(siamese).text, /weights of arms\/conv1/);
  });

  it("survives plain data, subnetworks and comparison", () => {
    const copy = networkFromData(JSON.parse(JSON.stringify(networkToData(siamese))));
    assert.equal(copy.layer("arms/conv2").sharesWith, copy.layer("arms/conv1"));
    assert.ok(sameNetwork(siamese, copy));
    const same = shared(conv({ filters: 4, kernelSize: 1 }));
    const own = conv({ filters: 4, kernelSize: 1 });
    const twice = network("a", [2, 2, 4], same, same);
    assert.ok(!sameNetwork(twice, network("b", [2, 2, 4], own, own)));
    const later = network("c", [2, 2, 4], same, block("later", same, same));
    assert.equal(cost(subnetwork(later, "later")).params, 20);
  });

  it("takes maps of several sizes, but no other number of channels", () => {
    const head = shared(conv({ filters: 2, kernelSize: 3, padding: "same" }));
    const pyramid = network("pyramid", [8, 8, 3], (x) =>
      add(head(x), layers.upsample({ factor: 2 })(head(layers.maxPool({ size: 2 })(x)))),
    );
    assert.equal(cost(pyramid).params, 56);
    assert.ok(toLayersModel(pyramid));
    assert.throws(
      () => network("net", [8, 8, 3], head, head),
      /conv2: .*shared weights must be filter \[3, 3, 3, 2\], bias \[2\], as they were the first time/,
    );
    const grouped = shared(conv({ filters: 4, kernelSize: 3, padding: 1, groups: 2 }));
    const scales = network("scales", [8, 8, 4], grouped, layers.maxPool({ size: 2 }), grouped);
    assert.throws(
      () => toLayersModel(scales),
      /toLayersModel\(\): layer "conv2" must be the same operation as "conv1"/,
    );
  });
});
