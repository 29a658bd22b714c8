// Lesson 23: what entries of the capstone come to, over seeds, trained as its check trains them. The lines of its
// points lie between the baseline's and the leader's, with room on both sides.
// Takes some minutes on one core: node scripts/experiments/contenders.mjs
import { writeFileSync } from "node:fs";
import convbook from "../../dist/index.js";
import { request } from "./request.mjs";

const { cost, layers, mnist, network, random, trainFromSeed } = convbook;
const { averagePool, conv, dense, flatten, globalAveragePool, maxPool, relu } = layers;

/**
 * @param {number} filters
 * @param {number} kernelSize
 * @param {number} stride
 */
const bent = (filters, kernelSize, stride = 1) => [
  conv({ filters, kernelSize, stride, padding: "same" }),
  relu(),
];
const scores = () => [flatten(), dense({ units: 10 })];

/** @type {Record<string, any[]>} */
const entries = {
  "the baseline: one dense layer": scores(),
  "pixels in fours, 32 hidden, dense": [
    averagePool({ size: 2 }),
    flatten(),
    dense({ units: 32 }),
    relu(),
    dense({ units: 10 }),
  ],
  "two convolutions, average over the map": [
    ...bent(8, 3, 2),
    ...bent(16, 3, 2),
    globalAveragePool(),
    dense({ units: 10 }),
  ],
  "5×5 at stride 3, 3×3 at stride 2": [...bent(8, 5, 3), ...bent(16, 3, 2), ...scores()],
  "the leader: 5×5 at stride 2, pool, 3×3": [
    ...bent(4, 5, 2),
    maxPool({ size: 2 }),
    ...bent(8, 3),
    ...scores(),
  ],
  "twice as wide, pooled again": [
    ...bent(8, 5, 2),
    maxPool({ size: 2 }),
    ...bent(16, 3),
    maxPool({ size: 2 }),
    ...scores(),
  ],
};

const setting = { digits: 3000, judges: 5000, learningRate: 0.01 };
const { seeds, lengths, file } = request("contenders", {
  seeds: Array.from({ length: 12 }, (_, i) => 1 + i),
  lengths: [5],
});
const { train, test } = mnist();
const judges = test.slice(5000, 10_000);
const { labels } = judges;
/** @type {Record<string, { params: number, macs: number, accuracies: Record<number, number[]> }>} */
const results = {};
for (const [name, modules] of Object.entries(entries)) {
  const net = network(name, [28, 28, 1], ...modules);
  const { params, macs } = cost(net);
  results[name] = { params, macs, accuracies: {} };
  for (const epochs of lengths) {
    const accuracies = (results[name].accuracies[epochs] = /** @type {number[]} */ ([]));
    for (const seed of seeds) {
      const own = train.shuffled(random(seed)).take(setting.digits);
      const options = { seed, epochs, learningRate: setting.learningRate, classify: judges.images };
      const { classes } = await trainFromSeed(net, { x: own.images, y: own.labels }, options);
      accuracies.push(classes.filter((digit, i) => digit === labels[i]).length / labels.length);
    }
    console.log(name, epochs, accuracies.map((accuracy) => (100 * accuracy).toFixed(1)).join(" "));
  }
}
convbook.engine.release();
writeFileSync(file, `${JSON.stringify({ setting, lengths, seeds, results }, undefined, 1)}\n`);
