// Trains the contests of lesson 10, from their seeds, and writes what came out to assets/experiments/.
// Takes about ten minutes on one core: node scripts/experiments/regularisation.mjs
import { writeFileSync } from "node:fs";
import convbook from "../../dist/index.js";
import { request } from "./request.mjs";

const { augmented, engine, evaluate, fit, layers, mirror, mnist, network, random } = convbook;
const { randomCrop, rotate, toLayersModel, useBackend, warp } = convbook;

/** `watched`: how many of the images early stopping keeps aside, to judge the epochs by. */
const setting = { images: 200, watched: 40, test: 2000, batchSize: 20, learningRate: 0.002 };
const { conv, batchNorm, localResponseNorm, relu, maxPool, flatten, dropout, dense } = layers;

/** A small network with something between its convolutions and their ReLUs, and before its dense layer. */
const net = ({ normalise = layers.identity, before = layers.identity } = {}) =>
  network(
    "small",
    [28, 28, 1],
    conv({ filters: 8, kernelSize: 3 }),
    normalise,
    relu(),
    maxPool({ size: 2 }),
    conv({ filters: 16, kernelSize: 3 }),
    normalise,
    relu(),
    maxPool({ size: 2 }),
    flatten(),
    before,
    dense({ units: 10 }),
  );

const digits = mnist();
// From all of the test set, whose first half comes from other writers than its second.
const test = digits.test.shuffled(random(0)).take(setting.test);
const small = [
  randomCrop({ pixels: 2, outside: "black" }),
  rotate({ degrees: 10, outside: "black" }),
  warp({ pixels: 1, outside: "black" }),
];
const fewer = setting.images - setting.watched;

/**
 * @typedef {object} Variant
 * @property {(own: any) => any} [data] what is trained on, made of the seed's own digits
 * @property {(own: any) => any} [watched] what early stopping judges by
 * @property {Parameters<typeof net>[0]} [net]
 * @property {object} [options] of fit
 */
/** @type {Record<string, Variant>} */
const variants = {
  plain: {},
  "augmented: crop, rotation, warp": { data: (own) => augmented(own, small) },
  "augmented: mirror": { data: (own) => augmented(own, [mirror()]) },
  "dropout 0.5": { net: { before: dropout({ rate: 0.5 }) } },
  "batch norm": { net: { normalise: batchNorm() } },
  "local response norm": { net: { normalise: localResponseNorm() } },
  "label smoothing 0.1": { options: { labelSmoothing: 0.1 } },
  "weight decay 0.01": { options: { weightDecay: 0.01 } },
  "weight decay 1": { options: { weightDecay: 1 } },
  "weight decay 10": { options: { weightDecay: 10 } },
  "fewer: all but those to be watched": { data: (own) => own.slice(0, fewer) },
  "early stopping: the same, the others watched": {
    data: (own) => own.slice(0, fewer),
    watched: (own) => own.slice(fewer),
    options: { earlyStopping: { patience: 5 } },
  },
};

const { seeds, lengths, ways, file } = request("regularisation", {
  seeds: [1, 2, 3, 4, 5, 6],
  lengths: [10, 40], // epochs
  ways: Object.keys(variants),
});
engine.configure({ threads: 1 });
await useBackend("wasm");
/** @type {Record<string, Record<string, object[]>>} */
const results = Object.fromEntries(
  ways.map((name) => [name, Object.fromEntries(lengths.map((n) => [n, []]))]),
);
const chosen = Object.entries(variants).filter(([name]) => ways.includes(name));
for (const [turn, seed] of seeds.entries()) {
  // Each seed has digits of its own too: what holds for 200 digits need not hold for 200 others.
  const own = digits.train.shuffled(random(seed)).take(setting.images);
  for (const [name, { net: parts, data, watched, options }] of chosen)
    for (const epochs of lengths) {
      const model = toLayersModel(net(parts), { seed });
      const { batchSize, learningRate } = setting;
      const common = { epochs, batchSize, learningRate, seed, validation: watched?.(own) };
      const run = await fit(model, data?.(own) ?? own, { ...common, ...options, progress: false });
      const [judged, fitted] = [await evaluate(model, test), await evaluate(model, own)];
      results[name][epochs].push({
        seed,
        accuracy: rounded(judged.accuracy),
        loss: rounded(judged.loss),
        trainAccuracy: rounded(fitted.accuracy),
        epochs: run.epochs.length,
        bestEpoch: run.bestEpoch,
      });
      const { accuracy, loss } = judged;
      console.log(`seed ${seed}, ${name}, ${epochs} epochs: ${accuracy}, loss ${loss.toFixed(3)}`);
      model.dispose();
    }
  // After each seed, so that whoever stops it early has what is whole.
  const record = { setting, lengths, seeds: seeds.slice(0, turn + 1), results };
  writeFileSync(file, `${JSON.stringify(record, undefined, 1)}\n`);
}

/** @param {number} value */
function rounded(value) {
  return Number(value.toFixed(4));
}
