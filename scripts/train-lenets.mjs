// Trains the two digit networks of lesson 11 from their seeds, and writes their weights:
//     npm run build && node scripts/train-lenets.mjs
// Two minutes on two cores. The same seed gives the same weights on the same backend (WebAssembly).
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import convbook from "../dist/index.js";

const { evaluate, fit, layers, mnist, network, saveWeights, toLayersModel, weightsOf, zoo } =
  convbook;
const { conv, dense, flatten, maxPool, relu, softmax } = layers;

const { train, test } = mnist();
const folder = new URL("../assets/weights/", import.meta.url);

const small = network(
  "small LeNet",
  [28, 28, 1],
  conv({ filters: 8, kernelSize: 5, padding: "same" }),
  relu(),
  maxPool({ size: 2 }),
  conv({ filters: 16, kernelSize: 5 }),
  relu(),
  maxPool({ size: 2 }),
  flatten(),
  dense({ units: 60 }),
  relu(),
  dense({ units: 10 }),
  softmax(),
);

/**
 * @param {string} name of the file
 * @param {import("../dist/index.js").Network} net
 * @param {{ seed: number; set: import("../dist/index.js").LabelledImages; test: import("../dist/index.js").LabelledImages; options: object }} how
 */
async function trainAndSave(name, net, { seed, set, test, options }) {
  const model = toLayersModel(net, { seed });
  await fit(model, set, { ...options, seed });
  const { accuracy, loss } = await evaluate(model, test);
  const file = fileURLToPath(new URL(`${name}.safetensors`, folder));
  await saveWeights(file, net, weightsOf(net, model));
  console.log(`${net.name}: accuracy ${accuracy}, loss ${loss}, written to ${file}`);
}

mkdirSync(folder, { recursive: true });
await convbook.useBackend("wasm");
// Lesson 09's own training, number for number: what is evaluated there is what is looked at here.
await trainAndSave("lenet5", zoo.lenet5(), {
  seed: 1,
  set: train.padded(2).take(5000),
  test: test.padded(2),
  options: { epochs: 3, batchSize: 64, learningRate: 0.002 },
});
await trainAndSave("small-lenet", small, {
  seed: 11,
  set: train.take(30_000),
  test,
  options: { epochs: 3, validation: test.take(1000) },
});
