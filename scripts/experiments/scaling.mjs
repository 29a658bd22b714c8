// Lesson 22: a small residual net for digits, grown by depth, width or resolution alone, or by all three together,
// to twice and four times its multiply-adds.
// Takes some minutes on one core: node scripts/experiments/scaling.mjs
import convbook from "../../dist/index.js";
import { shrunk } from "./area.mjs";
import { runContest } from "./contest.mjs";

const { layers, network } = convbook;
const { batchNorm, conv, dense, globalAveragePool, relu, repeat, residual, sequential } = layers;

/**
 * @param {number} filters
 * @param {number} stride
 */
const convNorm = (filters, stride = 1) =>
  sequential(
    conv({ filters, kernelSize: 3, stride, padding: "same", bias: false }),
    batchNorm(),
    relu(),
  );

/**
 * What each net has: residual layers, channels, pixels on a side. The rivals of one size take the same
 * multiply-adds, within 6%.
 *
 * @type {Record<string, [depth: number, width: number, resolution: number]>}
 */
const nets = {
  base: [2, 8, 14],
  "depth ×2": [4, 8, 14],
  "width ×2": [2, 11, 14],
  "resolution ×2": [2, 8, 20],
  "depth ×4": [8, 8, 14],
  "width ×4": [2, 16, 14],
  "resolution ×4": [2, 8, 28],
  "all three ×4": [3, 10, 18],
  "no layers": [0, 8, 14],
};

await runContest({
  name: "scaling",
  variants: Object.fromEntries(
    Object.entries(nets).map(([name, [depth, width, resolution]]) => [
      name,
      {
        network: network(
          name,
          [resolution, resolution, 1],
          convNorm(width, 2),
          repeat(depth, () => residual(convNorm(width))),
          globalAveragePool(),
          dense({ units: 10 }),
        ),
        prepare: (set) => shrunk(set, resolution),
      },
    ]),
  ),
  setting: { images: 300, test: 1000, batchSize: 25, learningRate: 0.003 },
  lengths: [10, 20],
  seeds: [1, 2, 3, 4, 5],
});
