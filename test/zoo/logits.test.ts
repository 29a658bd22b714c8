import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { engine, type Network, type NetworkWeights, runNetwork, Tensor, zoo } from "convbook";

interface Case {
  builder: "mobilenetV2";
  options: object;
  peer: string;
  size: number;
  logits: number[];
}

const { cases } = JSON.parse(
  readFileSync(resolve(__dirname, "../../../test/fixtures/zoo-logits.json"), "utf8"),
) as { cases: Case[] };

const salts: Record<string, number> = {
  filter: 1,
  matrix: 2,
  bias: 3,
  gamma: 4,
  beta: 5,
  movingMean: 6,
  movingVariance: 7,
  input: 8,
};

/** The numbers of zoo-logits.py: hashes of their offsets, spread as weights of that kind are. */
function value(kind: string, shape: readonly number[]): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const fanIn = size / shape[shape.length - 1];
  const data = Float32Array.from({ length: size }, (_, i) => {
    let bits = (Math.imul(i, 0x9e3779b9) + salts[kind]) | 0;
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    const spread = ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 31 - 1;
    if (kind === "filter" || kind === "matrix") return spread * Math.sqrt(6 / fanIn);
    return kind === "gamma" || kind === "movingVariance" ? 1 + 0.3 * spread : 0.2 * spread;
  });
  return new Tensor(data, shape);
}

function weightsFor(network: Network): NetworkWeights {
  return Object.fromEntries(
    network.layers.map(({ path, weights }) => [
      path,
      Object.fromEntries(weights.map(({ name, shape }) => [name, value(name, shape)])),
    ]),
  );
}

describe("zoo, what the networks compute, against timm and torchvision", function () {
  this.timeout(120_000);
  for (const { builder, options, peer, size, logits } of cases)
    it(`zoo.${builder}(${JSON.stringify(options)}) computes what ${peer} does`, () => {
      const network = zoo[builder]({ ...options, inputSize: size, classes: 10 });
      const scores = network.output.inputs[0];
      const y = runNetwork(network, weightsFor(network), value("input", [1, size, size, 3]), {
        operations: engine,
        until: scores.path,
      });
      const scale = Math.max(...logits.map(Math.abs));
      const error = Math.max(...logits.map((logit, i) => Math.abs(logit - y.data[i]))) / scale;
      assert.ok(error < 1e-4, `${error} of ${scale}: ${y.data} against ${logits}`);
    });
});
