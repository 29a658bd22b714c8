// Lesson 16: a 5×5 and what may replace it, in a net that has no other large window; behind it an
// average of each map. Judged by all 10,000 test digits.
// Takes ten minutes on one core: node scripts/experiments/factors.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { layers, network } = convbook;
const { batchNorm, conv, dense, globalAveragePool, identity, relu, sequential } = layers;

/** @param {number | [number, number]} kernelSize */
const step = (kernelSize, bend = relu()) =>
  sequential(conv({ filters: 16, kernelSize, padding: "same", bias: false }), batchNorm(), bend);

/** On 7×7 maps of 16 channels. @type {Record<string, any>} */
const middles = {
  "5×5": step(5),
  "3×3, 3×3": sequential(step(3), step(3)),
  "3×3, 3×3, nothing between": sequential(step(3, identity), step(3)),
  "1×5, 5×1": sequential(step([1, 5]), step([5, 1])),
  "1×1": step(1),
  nothing: identity,
};

await runContest({
  name: "factors",
  variants: Object.fromEntries(
    Object.entries(middles).map(([name, middle]) => [
      name,
      {
        network: network(
          name,
          [28, 28, 1],
          conv({ filters: 16, kernelSize: 5, stride: 4, padding: "same", bias: false }),
          batchNorm(),
          relu(),
          middle,
          globalAveragePool(),
          dense({ units: 10 }),
        ),
      },
    ]),
  ),
  setting: { images: 500, test: 10_000, batchSize: 50, learningRate: 0.01 },
  lengths: [10, 20],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
});
