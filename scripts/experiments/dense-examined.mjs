// What lesson 18 looks at in a trained net: which layer it can do without, and who reads whom.
import convbook from "../../dist/index.js";
import { rounded } from "./records.mjs";

const { engine, runNetwork } = convbook;

/**
 * Accuracy and mean cross-entropy on these digits. @param {any} net @param {any} weights @param {any} set
 */
function judged(net, weights, set) {
  const scores = runNetwork(net, weights, set.images, { operations: engine }); // [m, 10]
  let [hits, loss] = [0, 0];
  for (const [i, label] of set.labels.entries()) {
    const row = Array.from({ length: 10 }, (_, c) => scores.get(i, c));
    const most = Math.max(...row);
    if (row.indexOf(most) === label) hits += 1;
    loss += most + Math.log(row.reduce((sum, v) => sum + Math.exp(v - most), 0)) - row[label];
  }
  const count = scores.shape[0];
  return { accuracy: rounded(hits / count), loss: rounded(loss / count) };
}

/**
 * The 3×3 layers of the block, and the 1×1 behind it: all convolutions but the first.
 * @param {any} net
 * @returns {string[]} their paths
 */
function readers(net) {
  return net.layers
    .filter((/** @type {any} */ { operation }) => operation.kind === "conv")
    .slice(1)
    .map((/** @type {any} */ { path }) => path);
}

/**
 * The weights with a filter changed. @param {any} weights @param {string} path
 * @param {(value: number, channel: number) => number} change by the channel that is read
 */
function changed(weights, path, change) {
  const { filter } = weights[path]; // [k, k, c, n]
  const [, , channels, filters] = filter.shape;
  const made = filter.map((/** @type {number} */ v) => v);
  for (let i = 0; i < made.data.length; i++)
    made.data[i] = change(made.data[i], Math.floor(i / filters) % channels);
  return { ...weights, [path]: { ...weights[path], filter: made } };
}

/**
 * What the net does without each of its 3×3 layers, the filters of one at zero.
 * @param {any} net @param {any} weights @param {any} set
 */
export function leftOut(net, weights, set) {
  return {
    whole: judged(net, weights, set),
    without: readers(net)
      .slice(0, -1)
      .map((path) =>
        judged(
          net,
          changed(weights, path, () => 0),
          set,
        ),
      ),
  };
}

/**
 * The channels of each source: first what comes into the block, then what each layer made.
 * @param {number} channels @param {[number, number]} widths of what comes in, and of a layer
 */
function sourceOf(channels, [first, growth]) {
  return Array.from({ length: channels }, (_, c) =>
    c < first ? 0 : 1 + Math.floor((c - first) / growth),
  );
}

/**
 * The mean size of the weights by which each reader reads each source, as in figure 5 of the paper.
 * @param {any} net @param {any} weights @param {[number, number]} widths
 */
export function denseWeights(net, weights, widths) {
  return readers(net).map((path) => {
    const { filter } = weights[path];
    const [, , channels, filters] = filter.shape;
    const sources = sourceOf(channels, widths);
    const sums = new Array(sources[channels - 1] + 1).fill(0);
    const counts = sums.map(() => 0);
    for (let i = 0; i < filter.data.length; i++) {
      const source = sources[Math.floor(i / filters) % channels];
      sums[source] += Math.abs(filter.data[i]);
      counts[source] += 1;
    }
    return sums.map((sum, i) => rounded(sum / counts[i]));
  });
}

/**
 * How much the loss on these digits grows when one reader no longer reads one source.
 * @param {any} net @param {any} weights @param {[number, number]} widths @param {any} set
 */
export function denseCuts(net, weights, widths, set) {
  const whole = judged(net, weights, set);
  const rows = readers(net).map((path) => {
    const sources = sourceOf(weights[path].filter.shape[2], widths);
    return Array.from({ length: sources[sources.length - 1] + 1 }, (_, source) => {
      const cut = changed(weights, path, (value, c) => (sources[c] === source ? 0 : value));
      return rounded(judged(net, cut, set).loss - whole.loss);
    });
  });
  return { whole, rows };
}
