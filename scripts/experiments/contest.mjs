// What the contests of lessons 13 to 18 and 20 have in common: every variant with every seed, the same digits
// in the same order, judged at several lengths, on digits of other writers and on those it has learnt from.
import { writeFileSync } from "node:fs";
import convbook from "../../dist/index.js";
import { asItIs, rounded } from "./records.mjs";
import { request } from "./request.mjs";
import { judge, useOneThread } from "./training.mjs";

const { cost, fit, mnist, toLayersModel, weightsOf } = convbook;

/**
 * What a contestant has of its own: another view of the digits, other options of fit than the setting's, and what
 * is measured of it at each length beside its accuracy.
 *
 * @typedef {object} Variant
 * @property {any} network
 * @property {(set: any) => any} [prepare]
 * @property {object} [options]
 * @property {(network: any, model: any, test: any) => Record<string, number>} [measure]
 * @property {(weights: any, test: any) => any} [examine] looks into a net before training and at the last length
 */

/**
 * @param {object} contest
 * @param {string} contest.name of the file in assets/experiments/
 * @param {Record<string, Variant>} contest.variants
 * @param {{ images: number, test: number, batchSize: number, learningRate: number }} contest.setting
 * @param {number[]} contest.lengths in epochs; these and the seeds when the command line asks for no others
 * @param {number[]} contest.seeds
 */
export async function runContest({ name, variants, setting, ...usual }) {
  const { lengths, seeds, file } = request(name, usual);
  await useOneThread();
  const { images, test: judges, batchSize, learningRate } = setting;
  const digits = { train: mnist().train.take(images), test: mnist().test.take(judges) };
  /** @type {Record<string, any>} */
  const results = Object.fromEntries(
    Object.entries(variants).map(([variant, { network }]) => {
      const { params, macs } = cost(network);
      return [variant, { params, macs, outcomes: Object.fromEntries(lengths.map((n) => [n, []])) }];
    }),
  );
  // What the contestants are shown, where a view of the digits makes one example of several.
  const [{ prepare: view = asItIs }] = Object.values(variants);
  const count = (/** @type {any} */ set) => (set.y ?? set.labels).length;
  const shown = { images: count(view(digits.train)), test: count(view(digits.test)) };
  for (const [turn, seed] of seeds.entries()) {
    for (const [variant, contestant] of Object.entries(variants)) {
      const { network, prepare = asItIs, options: own, measure, examine } = contestant;
      const [train, test] = [prepare(digits.train), prepare(digits.test)];
      const model = toLayersModel(network, { seed });
      let done = 0;
      const began = examine?.(weightsOf(network, model), test);
      // The same model is judged at each length; its optimizer starts anew in between.
      for (const length of lengths) {
        const options = {
          epochs: length - done,
          batchSize,
          learningRate,
          seed: seed + done,
          ...own,
        };
        const run = await fit(model, train, { ...options, progress: false });
        done = length;
        const { accuracy, trainAccuracy, trainLoss } = await judge(model, test, train);
        const isLast = length === lengths[lengths.length - 1];
        const examined = isLast && examine?.(weightsOf(network, model), test);
        results[variant].outcomes[length].push({
          seed,
          accuracy,
          trainAccuracy,
          trainLoss,
          lastEpochLoss: rounded(run.epochs[run.epochs.length - 1].loss),
          ...measure?.(network, model, test),
          ...(examined ? { began, examined } : {}),
        });
        console.log(
          `seed ${seed}, ${variant}, ${length} epochs: ${accuracy}, own ${trainAccuracy}, ${run.seconds.toFixed(1)} s`,
        );
      }
      model.dispose();
    }
    // After each seed, so that whoever stops it early has what is whole.
    const record = {
      setting: { ...setting, ...shown },
      lengths,
      seeds: seeds.slice(0, turn + 1),
      results,
    };
    writeFileSync(file, `${JSON.stringify(record)}\n`);
  }
}
