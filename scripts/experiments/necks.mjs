// Lesson 15: does a neck before a 5×5 pay? Behind the middle stands an average of each map, as at the end of
// GoogLeNet, so that what no window sees together nobody sees together, and every rival hands on 16 numbers.
// Takes some twenty minutes on one core: node scripts/experiments/necks.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { layers, network } = convbook;
const { batchNorm, conv, dense, globalAveragePool, relu, sequential } = layers;

/**
 * @param {number} filters
 * @param {number} kernelSize
 */
const step = (filters, kernelSize, stride = 1) =>
  sequential(
    conv({ filters, kernelSize, stride, padding: "same", bias: false }),
    batchNorm(),
    relu(),
  );

/** From 7×7×32 to 7×7×16. @type {Record<string, any[]>} */
const middles = {
  "5×5 directly": [step(16, 5)],
  "neck of 4, then the 5×5": [step(4, 1), step(16, 5)],
  "neck of 1, then the 5×5": [step(1, 1), step(16, 5)],
  // As the neck, one norm and one ReLU more than the 5×5 alone, but nothing is narrow.
  "1×1 to 32, then the 5×5": [step(32, 1), step(16, 5)],
  "two 5×5, then 1×1 to 16": [step(2, 5), step(16, 1)],
  "3×3 directly": [step(16, 3)],
  "1×1, no window": [step(16, 1)],
};

await runContest({
  name: "necks",
  variants: Object.fromEntries(
    Object.entries(middles).map(([name, middle]) => [
      name,
      {
        network: network(
          name,
          [28, 28, 1],
          step(32, 5, 4),
          ...middle,
          globalAveragePool(),
          dense({ units: 10 }),
        ),
      },
    ]),
  ),
  setting: { images: 500, test: 2000, batchSize: 50, learningRate: 0.01 },
  lengths: [10, 20, 40],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
});
