// Lesson 13: one large filter, or several 3×3 in place of it, in a small net for digits.
// Takes some minutes on one core: node scripts/experiments/small-filters.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { layers, network } = convbook;
const { conv, dense, flatten, identity, maxPool, relu, sequential } = layers;

/** @param {number} kernelSize */
const step = (kernelSize, bend = relu(), filters = 8) =>
  sequential(conv({ filters, kernelSize, padding: "same" }), bend);

/** On 14×14 maps of 8 channels; before and behind it all nets are the same. @type {Record<string, any>} */
const middles = {
  "one 5×5": step(5),
  "two 3×3": sequential(step(3), step(3)),
  "two 3×3, no ReLU between": sequential(step(3, identity), step(3)),
  "one 7×7": step(7),
  "three 3×3": sequential(step(3), step(3), step(3)),
  "one 3×3": step(3),
  "one 1×1": step(1),
  nothing: identity,
};

await runContest({
  name: "small-filters",
  variants: Object.fromEntries(
    Object.entries(middles).map(([name, middle]) => [
      name,
      {
        network: network(
          name,
          [28, 28, 1],
          conv({ filters: 8, kernelSize: 3, stride: 2, padding: "same" }),
          relu(),
          middle,
          maxPool({ size: 2 }),
          flatten(),
          dense({ units: 10 }),
        ),
      },
    ]),
  ),
  setting: { images: 500, test: 2000, batchSize: 25, learningRate: 0.003 },
  lengths: [10, 20],
  seeds: [1, 2, 3, 4, 5, 6],
});
