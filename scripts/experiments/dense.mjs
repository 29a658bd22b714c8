// Lesson 18: maps added, or stacked, at equal cost; and which stacked maps the layers behind them use.
// Takes some minutes on one core: node scripts/experiments/dense.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";
import { denseWeights, denseCuts, leftOut } from "./dense-examined.mjs";

const { layers, network } = convbook;
const { add, batchNorm, concat, conv, dense, globalAveragePool, maxPool, relu, sequential } =
  layers;

const layersOfBlock = 6;
/** Channels that the classifier sees, whatever the block makes. */
const end = 16;

/**
 * @param {number} filters
 * @param {number} kernelSize
 */
const normConv = (filters, kernelSize) =>
  sequential(batchNorm(), relu(), conv({ filters, kernelSize, padding: "same", bias: false }));

/** @type {Record<string, (filters: number) => any>} */
const steps = {
  plain: (filters) => normConv(filters, 3),
  added: (filters) => (/** @type {any} */ x) => add(x, normConv(filters, 3)(x)),
  stacked: (filters) => (/** @type {any} */ x) => concat(x, normConv(filters, 3)(x)),
};

/** Every layer reads the last one alone; what all of them made is stacked once, behind the block. @type {any} */
const stackedAtTheEnd = (/** @type {number} */ filters) => (/** @type {any} */ x) => {
  const made = [x];
  for (let i = 0; i < layersOfBlock; i++) made.push(normConv(filters, 3)(made[i]));
  return concat(...made);
};

/**
 * Maps of 4×4 before the block, 16 channels and their average behind it.
 * @param {string} name
 * @param {number} first channels before the block
 * @param {any[]} block
 */
const net = (name, first, block) =>
  network(
    name,
    [28, 28, 1],
    conv({ filters: first, kernelSize: 5, stride: 2, padding: "same", bias: false }),
    maxPool({ size: 3, stride: 3 }),
    ...block,
    normConv(end, 1),
    globalAveragePool(),
    dense({ units: 10 }),
  );

/**
 * @param {string} kind
 * @param {number} filters of each layer
 */
const block = (kind, filters) => Array.from({ length: layersOfBlock }, () => steps[kind](filters));

// Widths for which the blocks and the 1×1 behind them take the same multiply-adds, within 6%.
const stacked = net("stacked", 10, block("stacked", 5));
const added = net("added", 11, block("added", 11));
const plain = net("plain", 11, block("plain", 11));

await runContest({
  name: "dense",
  variants: {
    stacked: {
      network: stacked,
      examine: (weights, set) => ({
        weights: denseWeights(stacked, weights, [10, 5]),
        cuts: denseCuts(stacked, weights, [10, 5], set.take(250)),
      }),
    },
    added: { network: added, examine: (weights, set) => leftOut(added, weights, set.take(250)) },
    plain: { network: plain, examine: (weights, set) => leftOut(plain, weights, set.take(250)) },
    "stacked at the end": { network: net("stacked at the end", 10, [stackedAtTheEnd(10)]) },
    nothing: { network: net("nothing", 11, []) },
  },
  setting: { images: 500, test: 1000, batchSize: 50, learningRate: 0.005 },
  lengths: [10, 20],
  seeds: [1, 2, 3, 4, 5],
});
