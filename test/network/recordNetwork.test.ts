import assert from "node:assert/strict";
import type * as tf from "@tensorflow/tfjs";
import {
  ArgumentError,
  compile,
  cost,
  draw,
  drawSideBySide,
  compareNetworks,
  engine,
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
  connectivity,
  receptiveFields,
  RecordNetwork,
  runNetwork,
  sameNetwork,
  scoreGradients,
  subnetwork,
  summary,
  type SymbolicTensor,
  type Tensor,
  tensor,
  toLayersModel,
  weightsOf,
  zip,
} from "convbook";
import { fromTf, toTf } from "../training/tfjs";

const { add, block, concat, conv, dense, flatten, globalAveragePool, relu, shared } = layers;

/** Two images through one arm, beside a vector that is known of them; three outputs, one in the middle. */
function pair(): RecordNetwork {
  const arm = shared(conv({ filters: 4, kernelSize: 3, padding: "same" }), relu());
  return network("pair", { left: [6, 5, 2], right: [6, 5, 2], facts: [3] }, (x) => {
    const [a, b] = [arm(x.left), arm(x.right)];
    const both = block("head", conv({ filters: 3, kernelSize: 3 }))(concat(a, b));
    const known = dense({ units: 3 })(x.facts);
    return { scores: add(globalAveragePool()(both), known), maps: both, facts: known };
  });
}

const net = pair();
const weights = initialWeights(net, 7);
const x = {
  left: randomNormal([2, 6, 5, 2], random(1)),
  right: randomNormal([2, 6, 5, 2], random(2)),
  facts: randomNormal([2, 3], random(3)),
};

function agree(a: Tensor, b: Tensor): void {
  assert.equal(firstDifference(a, b, { tolerance: 1e-4 }), null);
}

describe("networks of several inputs and outputs", () => {
  it("are described: records of shapes in, records of tensors out", () => {
    assert.ok(net instanceof RecordNetwork);
    assert.equal(
      net.toString(),
      "Network pair: left [6, 5, 2], right [6, 5, 2], facts [3] → scores [3], maps [4, 3, 3], facts [3], 12 layers",
    );
    assert.deepEqual(Object.keys(net.inputs), ["left", "right", "facts"]);
    assert.equal(net.outputs.maps.path, "head/conv1");
    assert.deepEqual(
      net.layers.slice(0, 3).map(({ path }) => path),
      ["left", "right", "facts"],
    );
  });

  it("are counted as torchinfo counts them: what is shared once, multiply-adds each time", () => {
    // The same in PyTorch by torchinfo 1.8: 2·3·3·4 + 4, 8·3·3·3 + 3, 3·3 + 3.
    const counted = cost(net, { convention: "torchinfo" });
    assert.equal(counted.params, 76 + 219 + 12);
    assert.equal(counted.macs, 2 * 30 * 76 + 12 * 219 + 12);
    assert.equal(memoryCost(net).weightBytes, 4 * counted.params);
  });

  it("hold in memory all inputs from the start and all outputs to the end", () => {
    const early = network("early", { a: [100], b: [10] }, ({ a, b }) => ({
      early: relu()(a),
      late: relu()(relu()(relu()(b))),
    }));
    // a, b and early at once; then early, and two of b's line.
    assert.equal(memoryCost(early).inferenceBytes, 4 * (100 + 10 + 100));
    const held = network("held", { a: [10] }, ({ a }) => {
      const first = relu()(a);
      return { first, last: dense({ units: 100 })(relu()(relu()(first))) };
    });
    assert.equal(memoryCost(held).inferenceBytes, 4 * (10 + 10 + 100));
  });

  it("are summarised and drawn, each input and output once, by its name", () => {
    const lines = summary(net).text.split("\n");
    for (const name of ["left", "right", "scores", "maps"])
      assert.equal(lines.filter((line) => line.startsWith(`${name} `)).length, 1, name);
    assert.ok(lines.some((line) => /^scores +output, of add1 +3$/.test(line)));
    const drawn = draw(net).text.split("\n");
    assert.match(drawn[0], /^pair: \d+ boxes, \d+ arrows$/);
    for (const name of ["left", "right"])
      assert.equal(drawn.filter((line) => line === `${name}: 6×5×2`).length, 1, name);
    assert.equal(drawn.filter((line) => line === "scores: 3").length, 1);
    assert.equal(drawn.filter((line) => line === "maps: 4×3×3").length, 1);
    assert.match(drawSideBySide({ pair: net }).text, /scores: 3/);
    assert.equal(compareNetworks(net).text.split("\n").length, 2);
  });

  it("run, a record in and a record out, by the definitions, the engine and compiled", async () => {
    const plain = runNetwork(net, weights, x);
    assert.deepEqual(Object.keys(plain), ["scores", "maps", "facts"]);
    assert.deepEqual(plain.scores.shape, [2, 3]);
    // By hand, from networks of one input.
    const arm = network(
      "arm",
      [6, 5, 2],
      conv({ filters: 4, kernelSize: 3, padding: "same" }),
      relu(),
    );
    const [a, b] = [x.left, x.right].map((at) => runNetwork(arm, { conv1: weights.conv1 }, at));
    const head = network("head", [6, 5, 8], conv({ filters: 3, kernelSize: 3 }));
    const { concat: join } = await import("convbook");
    agree(plain.maps, runNetwork(head, { conv1: weights["head/conv1"] }, join([a, b], 3)));
    const fast = runNetwork(net, weights, x, { operations: engine });
    const compiled = await compile(net, weights);
    const again = compiled.run(x);
    for (const name of Object.keys(plain)) {
      agree(plain[name], fast[name]);
      agree(plain[name], again[name]);
    }
    const middle = runNetwork(net, weights, x, { until: "relu2" });
    assert.deepEqual(Object.keys(middle), ["relu2"]);
    const some = await compile(net, weights, { outputs: ["relu1"] });
    assert.deepEqual(Object.keys(some.run(x)), ["relu1"]);
    assert.throws(() => compiled.inputShape, /network.inputs.left/);
    compiled.dispose();
    some.dispose();
  });

  it("run on more images than there is memory for, each with its own partner", async () => {
    const { threads } = engine.status();
    engine.configure({ memory: 16 + 2 * threads });
    try {
      const images = network("difference", { a: [64, 64, 8], b: [64, 64, 8] }, ({ a, b }) => ({
        sum: add(relu()(a), relu()(b)),
      }));
      const model = await compile(images, {});
      const [a, b] = [4, 5].map((seed) => randomNormal([90, 64, 64, 8], random(seed)));
      const { sum } = model.run({ a, b });
      const expected = zip(a, b, (one, other) => Math.max(one, 0) + Math.max(other, 0));
      agree(sum, expected);
      model.dispose();
    } finally {
      engine.configure({ memory: 512 });
    }
  });

  it("become tfjs models that take and give lists, in the order of the records", () => {
    const model = toLayersModel(net, { weights }) as tf.LayersModel;
    const outputs = model.predict([x.left, x.right, x.facts].map(toTf)) as tf.Tensor[];
    const plain = runNetwork(net, weights, x);
    assert.equal(outputs.length, 3);
    Object.values(plain).forEach((expected, i) => agree(expected, fromTf(outputs[i])));
    agree(weightsOf(net, model).conv1.filter!, weights.conv1.filter!);
  });

  it("may put out the same twice, or what came in", async () => {
    const twice = network("twice", { a: [2], b: [2] }, ({ a, b }) => {
      const sum = add(a, b);
      return { sum, again: sum, a };
    });
    const [a, b] = [tensor([[1, 2]]), tensor([[10, 20]])];
    const expected = [[[11, 22]], [[11, 22]], [[1, 2]]];
    const arraysOf = (y: Record<string, Tensor>) => Object.values(y).map((each) => each.toArray());
    assert.deepEqual(arraysOf(runNetwork(twice, {}, { a, b })), expected);
    assert.deepEqual(arraysOf((await compile(twice, {})).run({ a, b })), expected);
    const model = toLayersModel(twice) as tf.LayersModel;
    const outputs = model.predict([a, b].map(toTf)) as tf.Tensor[];
    assert.deepEqual(
      outputs.map((y) => fromTf(y).toArray()),
      expected,
    );
  });

  it("join vectors as they join maps", async () => {
    const joined = network("joined", { image: [4, 4, 2], facts: [3] }, ({ image, facts }) => {
      const seen = globalAveragePool()(relu()(image));
      return { y: dense({ units: 2 })(concat(seen, facts, relu()(facts))) };
    });
    assert.equal(joined.layer("concat1").shape.join(), "8");
    const ofJoined = initialWeights(joined, 3);
    const batch = {
      image: randomNormal([2, 4, 4, 2], random(4)),
      facts: randomNormal([2, 3], random(5)),
    };
    const { y } = runNetwork(joined, ofJoined, batch);
    const { matrix } = ofJoined.dense1;
    const byHand = [0, 1].map((m) =>
      [0, 1].map((unit) => {
        let sum = 0;
        for (let c = 0; c < 2; c++) {
          let mean = 0;
          for (let i = 0; i < 16; i++)
            mean += Math.max(batch.image.data[m * 32 + 2 * i + c], 0) / 16;
          sum += mean * matrix!.get(c, unit);
        }
        for (let i = 0; i < 3; i++) {
          const fact = batch.facts.get(m, i);
          sum += fact * matrix!.get(2 + i, unit) + Math.max(fact, 0) * matrix!.get(5 + i, unit);
        }
        return sum;
      }),
    );
    agree(y, tensor(byHand));
    agree((await compile(joined, ofJoined)).run(batch).y, y);
    const model = toLayersModel(joined, { weights: ofJoined }) as tf.LayersModel;
    agree(fromTf(model.predict([batch.image, batch.facts].map(toTf)) as tf.Tensor), y);
    assert.ok(sameNetwork(networkFromData(networkToData(joined)), joined));
    assert.throws(
      () => network("n", { a: [3], b: [2, 2, 3] }, ({ a, b }) => ({ y: concat(a, b) })),
      /every shape must be \[any\]/,
    );
  });

  it("the gradient of joined vectors is cut up again", () => {
    const net = network("net", [3], (x) => concat(x, relu()(x)), dense({ units: 2 }));
    const ofNet = {
      dense1: {
        matrix: tensor([
          [1, 0],
          [2, 0],
          [3, 0],
          [10, 0],
          [20, 0],
          [30, 0],
        ]),
        bias: tensor([0, 0]),
      },
    };
    const { gradients } = scoreGradients(net, ofNet, tensor([[1, -1, 1]]), { classes: 0 });
    assert.deepEqual(gradients.input.toArray(), [[11, 2, 33]]);
  });

  it("are the same as others by shape, name and order of their ends, and survive as data", () => {
    assert.ok(sameNetwork(net, pair()));
    const copy = networkFromData(JSON.parse(JSON.stringify(networkToData(net))));
    assert.ok(copy instanceof RecordNetwork && sameNetwork(net, copy));
    assert.deepEqual(cost(copy).params, cost(net).params);
    const minus = (from: string, what: string) =>
      network("minus", { a: [4], b: [4] }, (ends) => {
        const of = ends as Record<string, SymbolicTensor>;
        return { y: layers.scaledAdd(of[from], of[what], { scale: -1 }) };
      });
    assert.ok(!sameNetwork(minus("a", "b"), minus("b", "a")));
    assert.ok(!sameNetwork(net, network("one", [6, 5, 2], relu())));
    assert.equal(subnetwork(net, "head").output.path, "conv1");
  });

  it("data that describes none is refused", () => {
    const data = networkToData(net);
    for (const wrong of [
      { ...data, inputShape: {} },
      { ...data, inputShape: { a: [0] } },
      { ...data, inputShape: { "": [3] } },
      { ...data, output: 3 },
      { ...data, output: {} },
      { ...data, output: { a: 99 } },
    ])
      assert.throws(() => networkFromData(wrong as typeof data), ArgumentError);
  });

  it("what follows one tensor to another says so, and never takes the first", () => {
    assert.throws(
      () => net.input,
      /network.input\(\).*of one input.*left, right, facts.*inputs.left/,
    );
    assert.throws(() => net.output, /network.output\(\).*of one output.*outputs.scores/);
    const one = x.left;
    for (const call of [
      () => connectivity(net),
      () => networkGradients(net, weights, one, [0, 1]),
      () => scoreGradients(net, weights, one),
    ])
      assert.throws(
        call,
        /of one input and one output, but got pair, from left and right and facts/,
      );
    assert.throws(() => receptiveFields(net), /of one input, in which the fields lie/);
  });

  it("bad records are refused before any work", () => {
    const run = (at: unknown) => () => runNetwork(net, weights, at as typeof x);
    assert.throws(run(x.left), /a record of the inputs of pair, \{ left, right, facts \}/);
    assert.throws(run(undefined), /a record of the inputs/);
    assert.throws(run({ left: x.left, right: x.right }), /a record of the inputs/);
    assert.throws(run({ ...x, more: x.left }), /a record of the inputs/);
    assert.throws(run({ ...x, facts: x.left }), /x.facts must be a tensor of shape \[batch, 3\]/);
    const less = { ...x, right: randomNormal([1, 6, 5, 2], random(1)) };
    assert.throws(run(less), /x.right must be as many images as x.left, 2/);
    assert.throws(run({ ...x, right: x.right.as("float64") }), /x.right.*in float32/);
    const single = network("one", [3], relu());
    assert.throws(
      () => runNetwork(single, {}, { x: tensor([[1, 2, 3]]) } as never),
      /x must be a tensor/,
    );
  });

  it("bad descriptions are refused with what to do", () => {
    const shapes = { a: [3], b: [3] };
    const cases: [() => unknown, RegExp][] = [
      [() => network("n", {}, () => ({})), /at least one shape/],
      [
        () => network("n", shapes, (({ a }: never) => a) as never),
        /what the function gives.*one tensor/,
      ],
      [() => network("n", shapes, () => ({})), /a record of symbolic tensors/],
      [
        () => network("n", shapes, ({ a }) => ({ y: relu()(a) })),
        /the output of n\/b must be used/,
      ],
      [
        () => network("n", shapes, (() => ({ y: 5 })) as never),
        /output y must be a symbolic tensor/,
      ],
      [() => network("n", { a: [3, 3] }, ({ a }) => ({ a })), /the shape of a must be/],
      [
        () => network("n", { "a/b": [3] }, (x) => ({ y: x["a/b"] })),
        /the name of an input.*"a\/b"/,
      ],
      [() => network("n", { a: [3] }, ({ a }) => ({ "": a })), /the name of an output/],
      [() => network("n", shapes, undefined as never), /body must be a function/],
      [() => network("n", shapes, ...([relu(), relu()] as never as [never])), /one function/],
      [() => network("n", [3], ((a: never) => ({ a, b: a })) as never), /Several outputs: network/],
    ];
    for (const [call, message] of cases) assert.throws(call, message);
  });

  it("types tell records from tensors", () => {
    const scores: Record<string, Tensor> = runNetwork(net, weights, x);
    assert.ok(scores.scores);
    const single = network("one", [3], flatten());
    const y: Tensor = runNetwork(single, {}, tensor([[1, 2, 3]]));
    assert.deepEqual(y.toArray(), [[1, 2, 3]]);
    // @ts-expect-error: the name of an input that is not there
    assert.throws(() => network("n", { a: [3] }, ({ b }) => ({ b })), ArgumentError);
  });
});
