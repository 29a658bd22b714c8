// Lesson 16: four small layers with and without batch normalisation, at a cautious rate of learning and at one
// ten times as high, by plain gradient descent.
// Takes some minutes on one core: node scripts/experiments/normed.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { layers, network } = convbook;
const { batchNorm, conv, dense, flatten, relu } = layers;

/**
 * @param {number} filters
 * @param {number} stride
 * @param {boolean} normed
 */
const unit = (filters, stride, normed) => [
  conv({ filters, kernelSize: 3, stride, padding: 1, bias: !normed }),
  ...(normed ? [batchNorm()] : []),
  relu(),
];
/** @param {boolean} normed */
const net = (normed) =>
  network(
    normed ? "with batch norm" : "without",
    [28, 28, 1],
    ...[...unit(8, 2, normed), ...unit(16, 2, normed)],
    ...[...unit(16, 1, normed), ...unit(16, 1, normed)],
    flatten(),
    dense({ units: 10 }),
  );

await runContest({
  name: "normed",
  variants: Object.fromEntries(
    [0.01, 0.1].flatMap((learningRate) =>
      [false, true].map((normed) => [
        `${normed ? "with batch norm" : "without"}, rate ${learningRate}`,
        { network: net(normed), options: { optimizer: "sgd", learningRate } },
      ]),
    ),
  ),
  setting: { images: 1000, test: 2000, batchSize: 50, learningRate: 0.01 },
  lengths: [2, 10],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
});
