// Trains the contests of lesson 10, from their seeds, and writes what came out to assets/experiments/.
// Takes some minutes on two cores: node scripts/experiments/regularisation.mjs
import { writeFileSync } from "node:fs";
import convbook from "../../dist/index.js";

const { augmented, engine, evaluate, fit, layers, mirror, mnist, network, randomCrop } = convbook;
const { rotate, toLayersModel, useBackend, warp } = convbook;

const setting = { images: 200, test: 1000, batchSize: 20, learningRate: 0.002 };
const lengths = [10, 30]; // epochs
const seeds = [1, 2, 3, 4, 5];

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

const train = mnist().train.take(setting.images);
const test = mnist().test.take(setting.test);
const small = [
  randomCrop({ pixels: 2, outside: "black" }),
  rotate({ degrees: 10, outside: "black" }),
  warp({ pixels: 1, outside: "black" }),
];
/** @type {Record<string, { data?: any; net?: object; options?: object }>} */
const variants = {
  plain: {},
  "augmented: crop, rotation, warp": { data: augmented(train, small) },
  "augmented: mirror": { data: augmented(train, [mirror()]) },
  "dropout 0.5": { net: { before: dropout({ rate: 0.5 }) } },
  "batch norm": { net: { normalise: batchNorm() } },
  "local response norm": { net: { normalise: localResponseNorm() } },
  "label smoothing 0.1": { options: { labelSmoothing: 0.1 } },
};

engine.configure({ threads: 1 });
await useBackend("wasm");
/** @type {Record<string, Record<string, object[]>>} */
const results = Object.fromEntries(
  Object.keys(variants).map((name) => [name, Object.fromEntries(lengths.map((n) => [n, []]))]),
);
const file = new URL("../../assets/experiments/regularisation.json", import.meta.url);
for (const [turn, seed] of seeds.entries()) {
  for (const [name, { net: parts, data, options }] of Object.entries(variants)) {
    const model = toLayersModel(net(parts), { seed });
    let done = 0;
    // The same model is judged at each length; its optimizer starts anew in between.
    for (const length of lengths) {
      const { batchSize, learningRate } = setting;
      const common = { epochs: length - done, batchSize, learningRate, seed: seed + done };
      await fit(model, data ?? train, { ...common, ...options, progress: false });
      done = length;
      const [judged, fitted] = [await evaluate(model, test), await evaluate(model, train)];
      results[name][length].push({
        seed,
        accuracy: rounded(judged.accuracy),
        loss: rounded(judged.loss),
        trainAccuracy: rounded(fitted.accuracy),
      });
      console.log(`seed ${seed}, ${name}, ${length} epochs: ${judged.accuracy}`);
    }
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
