// Lesson 22: a small residual net for digits, grown by depth, width or resolution alone, or by all three together,
// to twice and four times its multiply-adds.
// Takes some minutes on one core: node scripts/experiments/scaling.mjs
import convbook from "../../dist/index.js";
import { shrunk } from "./area.mjs";
import { runContest } from "./contest.mjs";
import { request } from "./request.mjs";

const { layers, network } = convbook;
const { averagePool, batchNorm, conv, dense, flatten, relu, repeat, residual, sequential } = layers;

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

/** To 3×3 means, whatever the resolution, so that all classifiers see where something was. @type {any} */
const ninths = (/** @type {any} */ x) => {
  const stride = Math.floor(x.shape[0] / 3);
  return averagePool({ size: x.shape[0] - 2 * stride, stride })(x);
};

const usual = { lengths: [10, 30], seeds: [1, 2, 3, 4, 5, 6, 7, 8], ways: Object.keys(nets) };
const { ways } = request("scaling", usual);

await runContest({
  name: "scaling",
  variants: Object.fromEntries(
    ways.map((name) => {
      const [depth, width, resolution] = nets[name];
      return [
        name,
        {
          network: network(
            name,
            [resolution, resolution, 1],
            convNorm(width, 2),
            repeat(depth, () => residual(convNorm(width))),
            ninths,
            flatten(),
            dense({ units: 10 }),
          ),
          prepare: (/** @type {any} */ set) => shrunk(set, resolution),
        },
      ];
    }),
  ),
  setting: { images: 300, test: 1000, batchSize: 25, learningRate: 0.01 },
  ...usual,
});
