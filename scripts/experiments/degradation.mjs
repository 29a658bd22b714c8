// Lesson 14: plain and residual nets of growing depth on digits, with their error on the digits they learn from.
// Takes a quarter of an hour on one core: node scripts/experiments/degradation.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { layers, network } = convbook;
const { batchNorm, conv, dense, globalAveragePool, maxPool, relu, residual, sequential } = layers;

/** @param {number} filters */
const convNorm = (filters) =>
  sequential(conv({ filters, kernelSize: 3, padding: "same", bias: false }), batchNorm());
/** @param {number} filters */
const body = (filters) => sequential(convNorm(filters), relu(), convNorm(filters));
/** @type {Record<string, (filters: number) => any>} */
const units = {
  plain: (filters) => sequential(body(filters), relu()),
  residual: (filters) => sequential(residual(body(filters)), relu()),
};

/**
 * 2n + 2 layers with weights: one before, n units of two at 7×7, one behind. The two kinds differ in the sums alone.
 * @param {string} kind
 * @param {number} n
 */
const net = (kind, n) =>
  network(
    `${kind}, ${2 * n + 2} layers`,
    [28, 28, 1],
    conv({ filters: 8, kernelSize: 3, stride: 2, padding: "same", bias: false }),
    batchNorm(),
    relu(),
    maxPool({ size: 2 }),
    ...Array.from({ length: n }, () => units[kind](8)),
    globalAveragePool(),
    dense({ units: 10 }),
  );

await runContest({
  name: "degradation",
  variants: Object.fromEntries(
    [2, 16].flatMap((n) =>
      ["plain", "residual"].map((kind) => [`${kind} ${2 * n + 2}`, { network: net(kind, n) }]),
    ),
  ),
  setting: { images: 500, test: 1000, batchSize: 50, learningRate: 0.003 },
  lengths: [20, 40, 160],
  seeds: [1, 2, 3, 4, 5],
});
