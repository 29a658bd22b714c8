import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as tf from "@tensorflow/tfjs";
import {
  cost,
  evaluate,
  fit,
  layers,
  type Network,
  network,
  random,
  randomNormal,
  type Tensor,
  toLayersModel,
  trials,
  trialsPlot,
  trialsTable,
  useBackend,
  type Variant,
} from "convbook";

const { dense, dropout, relu } = layers;
const net = (units: number): Network =>
  network(
    `${units} wide`,
    [4],
    dense({ units }),
    relu(),
    dropout({ rate: 0.1 }),
    dense({ units: 2 }),
  );

/** Whether the first two features have the same sign: one unit in the middle is not enough for that. */
function sameSigns(length: number, seed: number): { x: Tensor; y: number[] } {
  const x = randomNormal([length, 4], random(seed));
  return { x, y: Array.from({ length }, (_, m) => Number(x.get(m, 0) * x.get(m, 1) > 0)) };
}
const [train, test] = [sameSigns(300, 1), sameSigns(200, 2)];
const options = {
  train,
  test,
  seeds: [3, 4],
  epochs: 6,
  batchSize: 50,
  learningRate: 0.03,
  progress: false,
};

describe("trials", function () {
  this.timeout(20_000);
  beforeEach(() => useBackend("cpu"));

  it("trials(variants, options) trains and judges as fit and evaluate do", async () => {
    const before = tf.memory().numTensors;
    const result = await trials({ narrow: net(1), wide: () => net(16) }, options);
    assert.equal(tf.memory().numTensors, before);
    for (const [i, units] of [1, 16].entries()) {
      const row = result.rows[i];
      const { params, macs } = cost(net(units));
      assert.deepEqual([row.params, row.macs], [params, macs]);
      for (const [turn, seed] of options.seeds.entries()) {
        const model = toLayersModel(net(units), { seed });
        const { epochs, batchSize, learningRate, progress } = options;
        await fit(model, train, { epochs, batchSize, learningRate, progress, seed });
        assert.equal(row.accuracies[turn], (await evaluate(model, test)).accuracy);
      }
      assert.ok(row.seconds > 0);
    }
    const [narrow, wide] = result.rows;
    assert.ok(wide.difference!.mean > 0.1);
    assert.equal(narrow.difference, undefined);
    assert.ok(Math.abs(wide.difference!.mean - (wide.mean - narrow.mean)) < 1e-12);
    const [a, b] = wide.accuracies.map((accuracy, i) => accuracy - narrow.accuracies[i]);
    assert.ok(Math.abs(wide.difference!.deviation - Math.abs(a - b) / Math.SQRT2) < 1e-12);
    assert.match(
      inspect(result),
      /^narrow: .*%, .*%, mean .*% \(std\. dev\. .*\)\nwide: .* difference \d/,
    );
  });

  it("trials(..., {earlier}) judges as a shorter training is judged, and ends as without it", async () => {
    const long = { ...options, epochs: 3 };
    const result = await trials({ narrow: net(1), wide: net(16) }, { ...long, earlier: 1 });
    const plain = await trials({ narrow: net(1), wide: net(16) }, long);
    const short = await trials({ narrow: net(1), wide: net(16) }, { ...options, epochs: 1 });
    const of = ({ rows }: typeof result) => rows.map(({ accuracies }) => accuracies);
    assert.deepEqual(of(result), of(plain));
    assert.deepEqual(
      result.rows.map(({ earlierAccuracies }) => earlierAccuracies),
      of(short),
    );
    assert.equal(plain.rows[0].earlierAccuracies, undefined);
    const [, titles, , wide] = trialsTable(result).text.split("\n");
    assert.match(titles, /mean after 1 epoch .*difference after 1 epoch/);
    const mean = (100 * short.rows[1].mean).toPrecision(3);
    assert.ok(wide.split(/ {2,}/).includes(String(Number(mean))), wide);
    for (const earlier of [3, 0, 1.5, "1"])
      await assert.rejects(
        trials({ narrow: net(1) }, { ...long, earlier: earlier as number }),
        /^ArgumentError: trials\(\): earlier must be/,
      );
  });

  it("trials({name: seed => network}) asks for a network for each seed", async () => {
    const seeds: number[] = [];
    const variant = (seed: number): Network => {
      seeds.push(seed);
      return net(2);
    };
    const { rows } = await trials({ variant }, { ...options, epochs: 1 });
    assert.deepEqual(seeds, [3, 4]);
    assert.equal(rows[0].accuracies.length, 2);
  });

  it("trials(...) says which training broke", async () => {
    const broken = trials(
      { "a net": net(2) },
      { ...options, optimizer: "sgd", learningRate: 1e38 },
    );
    await assert.rejects(broken, /^Error: trials\(\): a net, seed 3: fit\(\): the loss of epoch 1/);
  });

  it("trials(...) refuses what does not fit, before any training", async () => {
    const refused: [object, object, RegExp][] = [
      [{}, {}, /variants must be an object with at least one network/],
      [
        { a: net(1), b: 7 },
        {},
        /variants\["b"\] must be a network whose output is \[classes\], but got 7/,
      ],
      [
        { a: network("maps", [4, 4, 1], relu()) },
        {},
        /variants\["a"\] must be a network whose output is \[classes\], but got Network maps/,
      ],
      [{ a: net(1) }, { seeds: [] }, /seeds must be a list of at least one seed/],
      [{ a: net(1) }, { seeds: [0.5] }, /seeds\[0\] must be an integer/],
      [{ a: net(1) }, { epochs: 0 }, /trials\(\): epochs must be a positive integer/],
      [{ a: net(1) }, { test: undefined }, /test must be labelled images/],
      [
        { a: net(1), b: network("other", [3], dense({ units: 2 })) },
        {},
        /train must be of shape \[3\] each/,
      ],
    ];
    for (const [variants, changes, message] of refused)
      await assert.rejects(
        trials(variants as Record<string, Variant>, { ...options, ...changes }),
        message,
      );
  });
});

describe("trialsTable, trialsPlot", () => {
  const shared = { params: 12_345, macs: 6_700_000, seconds: 2 };
  const result = {
    title: "Wide or narrow",
    seeds: [1, 2],
    rows: [
      { ...shared, name: "narrow", accuracies: [0.9, 0.92], mean: 0.91, deviation: 0.0141 },
      {
        ...shared,
        name: "wide",
        accuracies: [0.95],
        mean: 0.95,
        deviation: NaN,
        difference: { mean: 0.05, deviation: NaN },
      },
      { ...shared, name: "none", accuracies: [], mean: NaN, deviation: NaN, seconds: NaN },
    ],
    interrupted: true,
    seconds: 6,
  };

  it("trialsTable(result) has a column for each seed, and blanks for what is missing", () => {
    const lines = trialsTable(result).text.split("\n");
    assert.match(lines[0], /^Wide or narrow: accuracy on the test set, %$/);
    assert.match(
      lines[1],
      /^variant +parameters +multiply-adds +seed 1 +seed 2 +mean +std\. dev\. +seconds +difference$/,
    );
    assert.match(lines[2], /^narrow +12\.35 k +6\.700 M +90 +92 +91 +1\.41 +2/);
    assert.match(lines[3], /^wide .* 95 +95 +2 +\+5\.00$/);
    assert.match(lines[4], /^none +12\.35 k +6\.700 M$/);
  });

  // Differences of 1, 2 and 3 points: 2 ± 4.303 / √3.
  it("trialsTable(result) tells a difference by Student's interval, and whether it holds 0", () => {
    const rowOf = (name: string, accuracies: number[]) =>
      ({ ...shared, name, accuracies, mean: 0.8, deviation: 0.01, difference: { mean: 0.02, deviation: 0.01 } }); // prettier-ignore
    const { difference: _, ...first } = rowOf("first", [0.8, 0.8, 0.8]);
    const rows = [first, rowOf("a", [0.81, 0.82, 0.83]), rowOf("b", [0.85, 0.85, 0.8501])];
    const lines = trialsTable({ ...result, seeds: [1, 2, 3], rows }).text.split("\n");
    assert.match(lines[3], /2\.0.±.2\.5 \(cannot be told apart\)$/);
    assert.match(lines[4], /5\.0.±.0\.0$/);
  });

  it("trialsPlot(result) has a point for each training", () => {
    const { svg, text } = trialsPlot(result, { note: "under way", progress: 0.5 });
    assert.equal(svg.match(/<circle/g)?.length, 3);
    assert.doesNotMatch(svg, /NaN|undefined/);
    assert.match(svg, /<rect y="44" width="330"/);
    assert.equal(
      text,
      "Wide or narrow: under way\nnarrow: 90.0%, 92.0%, mean 91.0% (std. dev. 1.4)\nwide: 95.0%, mean 95.0%, difference +5.00\nnone: nothing yet",
    );
  });

  it("trialsTable(anything else) is refused", () => {
    assert.throws(
      () => trialsTable({} as typeof result),
      /trialsTable\(\): result must be what trials/,
    );
    assert.throws(
      () => trialsPlot({} as typeof result),
      /trialsPlot\(\): result must be what trials/,
    );
  });
});
