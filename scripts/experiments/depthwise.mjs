// Lesson 19: full against separable layers in a small net for digits, at the same width and at the same
// multiply-adds. The floor looks around nowhere behind its first layer: the separable net without its depthwise half.
// Takes some twenty minutes on one core: node scripts/experiments/depthwise.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { layers, network } = convbook;
const { batchNorm, conv, dense, depthwiseConv, globalAveragePool, relu, sequential } = layers;

/**
 * @param {number} filters
 * @param {number} kernelSize
 * @param {number} stride
 */
const full = (filters, kernelSize, stride) =>
  sequential(
    conv({ filters, kernelSize, stride, padding: (kernelSize - 1) / 2, bias: false }),
    batchNorm(),
    relu(),
  );

/** @type {Record<string, (filters: number, stride: number) => any>} */
const kinds = {
  full: (filters, stride) => full(filters, 3, stride),
  separable: (filters, stride) =>
    sequential(
      depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }),
      batchNorm(),
      relu(),
      full(filters, 1, 1),
    ),
  "no window": (filters, stride) => full(filters, 1, stride),
};

/**
 * @param {string} kind
 * @param {number} width
 */
function contestant(kind, width) {
  const name = `${kind}, w = ${width}`;
  const layer = kinds[kind];
  const stack = network(
    name,
    [28, 28, 1],
    full(8, 3, 2),
    layer(width, 2),
    layer(width, 2),
    layer(width, 1),
    globalAveragePool(),
    dense({ units: 10 }),
  );
  return [name, { network: stack }];
}

await runContest({
  name: "depthwise",
  variants: Object.fromEntries([
    contestant("full", 16),
    contestant("separable", 16),
    contestant("separable", 54),
    contestant("no window", 54),
  ]),
  setting: { images: 2000, test: 2000, batchSize: 50, learningRate: 0.01 },
  lengths: [3, 10, 30],
  seeds: [1, 2, 3, 4, 5],
});
