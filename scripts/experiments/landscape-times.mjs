// Lesson 23: the time of one photograph in networks of the zoo that torchvision trained (V1), compiled by the engine on
// one thread. Processor time, so that other programs count for little; run it on a quiet machine all the same.
// Takes some minutes: node scripts/experiments/landscape-times.mjs
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import convbook from "../../dist/index.js";

const { compile, engine, initialWeights, random, randomNormal, timings, zoo } = convbook;

const rounds = 7;
/** A network of half a gigabyte of weights tells no more than its neighbours. */
const mostParams = 70e6;

engine.configure({ threads: 1 });
/** @type {Record<string, { least: number, low: number, median: number, high: number }>} */
const milliseconds = {};
for (const { name, params, macs } of zoo.landscape("torchvision V1")) {
  if (params > mostParams || macs > 6e9) continue;
  const network = zoo.find(name).build();
  const model = await compile(network, initialWeights(network, 1));
  const image = randomNormal([1, ...network.input.shape], random(1));
  const all = Array.from(
    { length: rounds },
    () => timings({ run: () => model.run(image) }, { rounds: 1, clock: "processor" }).run.median,
  ).sort((a, b) => a - b);
  model.dispose();
  const at = (/** @type {number} */ fraction) =>
    Number(all[Math.round(fraction * (rounds - 1))].toFixed(2));
  milliseconds[name] = { least: at(0), low: at(0.25), median: at(0.5), high: at(0.75) };
  console.log(name, milliseconds[name]);
}
const machine = `${cpus()[0].model}, one thread, Node ${process.versions.node}`;
const file = new URL("../../assets/experiments/landscape-times.json", import.meta.url);
writeFileSync(file, `${JSON.stringify({ machine, rounds, milliseconds }, undefined, 1)}\n`);
