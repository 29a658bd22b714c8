// Lesson 22: random search over cells of two blocks under a budget of multiply-adds, each cell trained with several
// seeds at two lengths, so that it shows what of the ranking is the cells' and what the seeds'.
// Takes some minutes on one core: node scripts/experiments/search.mjs
import convbook from "../../dist/index.js";
import { runContest } from "./contest.mjs";

const { cost, layers, network, random } = convbook;
const { add, averagePool, batchNorm, concat, conv, dense, depthwiseConv, flatten } = layers;
const { identity, maxPool, relu, sequential } = layers;

const channels = 8;
const budget = 75_000;
const trials = 8;

/** @param {number} kernelSize */
const separable = (kernelSize) =>
  sequential(
    relu(),
    depthwiseConv({ kernelSize, padding: "same", bias: false }),
    conv({ filters: channels, kernelSize: 1, bias: false }),
    batchNorm(),
  );

const squeeze = sequential(
  relu(),
  conv({ filters: channels, kernelSize: 1, bias: false }),
  batchNorm(),
);

/** @type {Record<string, any>} */
const operations = {
  same: identity,
  sep3: separable(3),
  sep5: separable(5),
  max3: maxPool({ size: 3, stride: 1, padding: "same" }),
  mean3: averagePool({ size: 3, stride: 1, padding: "same" }),
};

/**
 * "x sep3 + before max3, x same + 1 sep5": two blocks, each of what is read and what is done to it, twice.
 *
 * @typedef {[from: string, operation: string][][]} Cell
 * @param {Cell} cell
 */
const nameOf = (cell) =>
  cell.map((block) => block.map((pick) => pick.join(" ")).join(" + ")).join(", ");

/** @param {any} chance @returns {Cell} */
function randomCell(chance) {
  const pick = (/** @type {string[]} */ list) => list[chance.integer(0, list.length - 1)];
  return [
    ["x", "before"],
    ["x", "before", "1"],
  ].map((readable) => [1, 2].map(() => [pick(readable), pick(Object.keys(operations))]));
}

/**
 * What no block reads is stacked, as in NASNet. An input that none reads is not made at all: it would be a loose end.
 *
 * @param {Cell} cell
 * @returns {(before: any) => any}
 */
const built = (cell) => (before) => {
  /** @type {Record<string, () => any>} */
  const inputs = {
    x: () => squeeze(sequential(relu(), convNorm(1))(before)),
    before: () => squeeze(before),
  };
  /** @type {Record<string, any>} */
  const made = {};
  cell.forEach((block, i) => {
    const [a, b] = block.map(([from, operation]) => {
      made[from] ??= inputs[from]();
      return operations[operation](made[from]);
    });
    made[String(i + 1)] = add(a, b);
  });
  const isRead = cell[1].some(([from]) => from === "1");
  return isRead ? made["2"] : concat(made["1"], made["2"]);
};

/** @param {number} stride */
const convNorm = (stride) =>
  sequential(
    conv({ filters: channels, kernelSize: 3, stride, padding: "same", bias: false }),
    batchNorm(),
  );

/** Two layers make what the cell reads, and 3×3 means of each map what the classifier does. @param {Cell} cell */
const net = (cell) =>
  network(
    nameOf(cell),
    [28, 28, 1],
    convNorm(2),
    maxPool({ size: 2 }),
    built(cell),
    relu(),
    averagePool({ size: 3, stride: 2 }),
    flatten(),
    dense({ units: 10 }),
  );

/** Cells are drawn until `trials` of them fit the budget. */
function search() {
  const chance = random(22);
  const found = new Map();
  while (found.size < trials) {
    const cell = randomCell(chance);
    const network = net(cell);
    if (cost(network).macs <= budget) found.set(nameOf(cell), { network });
  }
  return found;
}

await runContest({
  name: "search",
  variants: Object.fromEntries(search()),
  setting: { images: 300, test: 1000, batchSize: 25, learningRate: 0.01 },
  lengths: [8, 16],
  seeds: [1, 2, 3, 4, 5, 6],
});
