// Lesson 17: ten small Inception modules in a row, plain, with shortcuts, with shortcuts and a factor of a fifth.
// Takes three quarters of an hour on one core: node scripts/experiments/shortcuts.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { layers, network } = convbook;
const { batchNorm, branches, conv, dense, flatten, maxPool, relu, repeat, residual, sequential } =
  layers;

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
/** 32 channels in and out. */
const body = () =>
  sequential(
    branches(step(16, 1), sequential(step(8, 1), step(16, 3))),
    conv({ filters: 32, kernelSize: 1 }),
  );
/** @type {Record<string, () => any>} */
const modules = {
  plain: () => sequential(body(), relu()),
  "x + body(x)": () => sequential(residual(body()), relu()),
  "x + 0.2 · body(x)": () => sequential(residual(body(), { scale: 0.2 }), relu()),
};
/**
 * @param {string} kind
 * @param {number} count
 */
const net = (kind, count) =>
  network(
    kind,
    [28, 28, 1],
    step(32, 5, 4),
    repeat(count, modules[kind]),
    maxPool({ size: 3, stride: 2 }),
    flatten(),
    dense({ units: 10 }),
  );

await runContest({
  name: "shortcuts",
  variants: Object.fromEntries([
    ...Object.keys(modules).map((kind) => [kind, { network: net(kind, 10) }]),
    ["two modules, plain", { network: net("plain", 2) }],
  ]),
  setting: { images: 500, test: 2000, batchSize: 50, learningRate: 0.01 },
  lengths: [5, 20],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
});
