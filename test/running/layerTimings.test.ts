import assert from "node:assert/strict";
import * as convbook from "convbook";
import {
  initialWeights,
  layers,
  layerTimings,
  network,
  random,
  randomNormal,
  summary,
  zoo,
} from "convbook";

const { conv, relu, dropout, flatten, dense, block, auxiliary, sequential } = layers;
const net = network(
  "net",
  [12, 12, 3],
  block("stem", conv({ filters: 8, kernelSize: 3 }), relu()),
  auxiliary(sequential(flatten(), dense({ units: 2, name: "helper" }))),
  dropout({ rate: 0.5 }),
  flatten(),
  dense({ units: 4 }),
);
const weights = initialWeights(net, 7);
const x = randomNormal([2, 12, 12, 3], random(1));

describe("layerTimings", function () {
  this.timeout(60_000);

  it("has every layer but the input and auxiliary heads, by its path", () => {
    for (const operations of [convbook, convbook.engine]) {
      const times = layerTimings(net, weights, x, { rounds: 3, operations });
      assert.deepEqual(Object.keys(times), [
        "stem/conv1",
        "stem/relu1",
        "dropout1",
        "flatten2",
        "dense1",
      ]);
      for (const { low, median, high } of Object.values(times))
        assert.ok(low <= median && median <= high && low >= 0);
    }
  });

  it("a layer of a hundred times the work takes longer", () => {
    const uneven = network(
      "uneven",
      [40, 40, 8],
      conv({ filters: 1, kernelSize: 1, name: "small" }),
      conv({ filters: 256, kernelSize: 5, padding: "same", name: "large" }),
    );
    const input = randomNormal([1, 40, 40, 8], random(2));
    // In processor time, of which other programs take none.
    const options = { clock: "processor" } as const;
    const { small, large } = layerTimings(uneven, initialWeights(uneven, 1), input, options);
    assert.ok(large.median > small.median, `${large.median}, ${small.median}`);
  });

  it("takes the record of a network of several inputs", () => {
    const sum = network("sum", { a: [4], b: [4] }, ({ a, b }) => ({ sum: layers.add(a, b) }));
    const [a, b] = [1, 2].map((seed) => randomNormal([1, 4], random(seed)));
    assert.deepEqual(Object.keys(layerTimings(sum, {}, { a, b })), ["add1"]);
  });

  it("refuses what does not fit, before any work", () => {
    assert.throws(() => layerTimings(net, {}, x), /weights\["stem\/conv1"\]/);
    assert.throws(() => layerTimings(net, weights, x, { round: 3 } as never), /"round".*"rounds"/);
    assert.throws(() => layerTimings(net, weights, x, { rounds: 0 }), /rounds/);
    assert.throws(() => layerTimings("net" as never, weights, x), /a network/);
  });
});

describe("summary with columns on request", () => {
  it("activations add up over a block; what puts out what came in has none", () => {
    const { text } = summary(net, { activations: true });
    const row = (name: string) => text.split("\n").find((line) => line.trim().startsWith(name))!;
    assert.match(text.split("\n")[1], /multiply-adds +activation$/);
    assert.match(row("stem"), / 6\.4 kB$/); // 2 · 10 · 10 · 8 · 4 bytes
    assert.match(row("conv1"), / 3\.2 kB$/);
    assert.doesNotMatch(row("dropout1"), /kB/);
    assert.match(summary(zoo.vgg({ depth: 16 }), { activations: true }).text, /conv1 .* 54\.6 MB/);
  });

  it("times are listed by layer and added over a block; what was not measured stays blank", () => {
    const times = { "stem/conv1": 1.5, "stem/relu1": { median: 0.25 }, dense1: 0 };
    const { text, html } = summary(net, { times });
    assert.match(text, /multiply-adds +time\n/);
    assert.match(text, /stem +2 layers .* 1\.75 ms\n/);
    assert.match(text, /conv1 .* 1\.50 ms\n/);
    assert.match(html, /0\.250 ms/);
    const measured = summary(net, { times: layerTimings(net, weights, x, { rounds: 1 }) });
    assert.match(measured.text, /dense1 .* ms/);
  });

  it("times of no layer, or that are none, are refused", () => {
    assert.throws(() => summary(net, { times: { conv9: 1 } }), /paths of layers of net.*"conv9"/);
    assert.throws(
      () => summary(net, { times: { dense1: NaN } }),
      /times\["dense1"\].*milliseconds/,
    );
    assert.throws(
      () => summary(net, { times: { dense1: null as never } }),
      /a timing with a median/,
    );
    assert.throws(() => summary(net, { times: 5 as never }), /milliseconds by the paths/);
  });
});
