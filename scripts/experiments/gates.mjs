// Lesson 20: two digits in a picture, and a stripe that says which of them is asked for. A plain net, a wider and a
// deeper one, and squeeze-and-excitation blocks of two reductions.
// Takes ten minutes on one core: node scripts/experiments/gates.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { engine, fromFunction, layers, network, pool2d, random, runNetwork, weightsOf } = convbook;
const { conv, dense, flatten, globalAveragePool, identity, multiply, relu, sequential, sigmoid } =
  layers;

/** Pictures [m, 20, 20, 3] of two digits, red and green; with a blue stripe the green one is asked for. */
const pairsOf = new Map();
/** @param {any} set */
function pairs(set) {
  if (pairsOf.has(set)) return pairsOf.get(set);
  const { images, labels } = set;
  const count = labels.length / 2;
  const source = random(labels.length);
  const small = pool2d(images, { mode: "average", size: 2 });
  const reads = Array.from({ length: count }, () => source.integer(0, 1));
  const x = fromFunction([count, 20, 20, 3], (i, row, column, c) => {
    if (c === 2) return column < 4 ? reads[i] : 0;
    return row < 6 || column < 6 ? 0 : small.get(2 * i + c, row - 6, column - 6, 0);
  });
  const made = { x, y: reads.map((read, i) => labels[2 * i + read]) };
  pairsOf.set(set, made);
  return made;
}

/** @param {number} r the reduction */
const squeezeExcite = (r) => (/** @type {any} */ x) => {
  const channels = x.shape[2];
  const gate = sequential(
    globalAveragePool({ keepDims: true }),
    conv({ filters: channels / r, kernelSize: 1 }),
    relu(),
    conv({ filters: channels, kernelSize: 1 }),
    sigmoid({ name: "gate" }),
  );
  return multiply(x, gate(x));
};
/**
 * @param {string} name
 * @param {any} [between] behind the first convolution
 * @param {{ filters?: number, behind?: any }} [other] the width, and what stands behind the second
 */
const reader = (name, between = identity, { filters = 16, behind = identity } = {}) =>
  network(
    name,
    [20, 20, 3],
    conv({ filters, kernelSize: 3, stride: 2, padding: 1 }),
    relu(),
    between,
    conv({ filters, kernelSize: 3, stride: 2, padding: 1 }),
    relu(),
    behind,
    flatten(),
    dense({ units: 10 }),
  );
const three = () => sequential(conv({ filters: 16, kernelSize: 3, padding: 1 }), relu());

/**
 * How the change of the gates with the stripe goes with what the filters in front of them look at: the correlation
 * over the channels between gate with the stripe minus gate without, and green minus red by their sum.
 *
 * @param {any} net
 * @param {any} model
 * @param {any} test
 */
function gateCorrelation(net, model, { x }) {
  const weights = weightsOf(net, model);
  const gates = runNetwork(net, weights, x, { operations: engine, until: "gate" });
  const [count, , , channels] = gates.shape;
  const change = Array.from({ length: channels }, (_, c) => {
    const [sums, sizes] = [
      [0, 0],
      [0, 0],
    ];
    for (let i = 0; i < count; i++) {
      const stripe = x.get(i, 0, 0, 2);
      sums[stripe] += gates.get(i, 0, 0, c);
      sizes[stripe]++;
    }
    return sums[1] / sizes[1] - sums[0] / sizes[0];
  });
  const filter = /** @type {any} */ (weights.conv1.filter);
  const strength = (/** @type {number} */ colour, /** @type {number} */ c) =>
    Math.sqrt(
      filter
        .slice([0, 0, colour, c], [3, 3, 1, 1])
        .map((/** @type {number} */ w) => w * w)
        .sum(),
    );
  const looks = change.map((_, c) => {
    const [red, green] = [strength(0, c), strength(1, c)];
    return (green - red) / (green + red);
  });
  return { gateCorrelation: Number(correlation(change, looks).toFixed(3)) };
}

/**
 * @param {number[]} a
 * @param {number[]} b
 */
function correlation(a, b) {
  const mean = (/** @type {number[]} */ list) => list.reduce((sum, v) => sum + v, 0) / list.length;
  const [ma, mb] = [mean(a), mean(b)];
  const times = (/** @type {number[]} */ p, /** @type {number[]} */ q) =>
    mean(p.map((v, i) => v * q[i]));
  const [da, db] = [a.map((v) => v - ma), b.map((v) => v - mb)];
  return times(da, db) / Math.sqrt(times(da, da) * times(db, db));
}

const blocks = Object.fromEntries(
  [2, 16].map((r) => [
    `with SE, r = ${r}`,
    { network: reader(`with SE, r = ${r}`, squeezeExcite(r)), measure: gateCorrelation },
  ]),
);
/** @type {Record<string, any>} */
const contestants = {
  plain: { network: reader("plain") },
  "twice as wide": { network: reader("twice as wide", identity, { filters: 32 }) },
  "three layers deeper": {
    network: reader("three layers deeper", identity, {
      behind: sequential(three(), three(), three()),
    }),
  },
  ...blocks,
};

await runContest({
  name: "gates",
  variants: Object.fromEntries(
    Object.entries(contestants).map(([name, one]) => [name, { ...one, prepare: pairs }]),
  ),
  setting: { images: 3000, test: 2000, batchSize: 50, learningRate: 0.01 },
  lengths: [5, 10],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
});
