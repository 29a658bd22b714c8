// Lesson 17: the two halves of a separable convolution in either order, with and without a ReLU between, and the
// full convolution; the floor has no window at all. Behind the layers stands an average of each map, so that what
// no window sees together is never put together.
// Takes some minutes on one core: node scripts/experiments/separable.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { layers, network } = convbook;
const { batchNorm, conv, dense, depthwiseConv, globalAveragePool, relu, repeat, sequential } =
  layers;

const depthwise = () => depthwiseConv({ kernelSize: 3, padding: 1, bias: false });
const pointwise = () => conv({ filters: 16, kernelSize: 1, bias: false });
const full = () => conv({ filters: 16, kernelSize: 3, padding: 1, bias: false });
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

/** @type {Record<string, (() => any)[]>} */
const halves = {
  "depthwise, pointwise": [depthwise, pointwise],
  "depthwise, ReLU, pointwise": [depthwise, relu, pointwise],
  "pointwise, depthwise": [pointwise, depthwise],
  "pointwise, ReLU, depthwise": [pointwise, relu, depthwise],
  "full 3×3": [full],
  "1×1, no window": [pointwise],
};

await runContest({
  name: "separable",
  variants: Object.fromEntries(
    Object.entries(halves).map(([name, parts]) => [
      name,
      {
        network: network(
          name,
          [28, 28, 1],
          step(16, 5, 4),
          repeat(4, () => sequential(...parts.map((part) => part()), batchNorm(), relu())),
          globalAveragePool(),
          dense({ units: 10 }),
        ),
      },
    ]),
  ),
  setting: { images: 500, test: 2000, batchSize: 50, learningRate: 0.01 },
  lengths: [10, 20],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
});
