// What the experiments of lesson 10 have in common: some ways to train a network, each with every seed at every
// length, with the same digits in the same order, judged on digits of other writers and on those it has learnt from.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import convbook from "../../dist/index.js";
import { asItIs } from "./records.mjs";
import { request } from "./request.mjs";
import { judge, useOneThread } from "./training.mjs";

const { fit, toLayersModel } = convbook;

/**
 * What a way has of its own.
 *
 * @typedef {object} Way
 * @property {any} [network] when it is not the one of all
 * @property {(set: any) => any} [prepare] another view of all images, those of the judges too
 * @property {(own: any) => any} [data] what is trained on, made of the seed's own digits
 * @property {(own: any) => any} [watched] what early stopping judges by
 * @property {object} [options] of fit
 */

/**
 * @typedef {object} Experiment
 * @property {string} name of the file in assets/experiments/
 * @property {Record<string, Way>} ways
 * @property {any} network
 * @property {{ batchSize: number, learningRate: number }} setting written down with the results
 * @property {number[]} lengths in epochs; these and the seeds when the command line asks for no others
 * @property {number[]} seeds
 * @property {(seed: number) => any} digits each seed has digits of its own: what holds for some need not
 * hold for others
 * @property {any} judges
 * @property {(model: any, prepare: (set: any) => any) => Promise<Record<string, number>>} [measure] what
 * else is measured of a trained model
 */

/** @param {Experiment} experiment */
export async function compareWays(experiment) {
  const { name, ways, setting, lengths, seeds: usual, digits } = experiment;
  const requested = request(name, { seeds: usual, lengths, ways: Object.keys(ways) });
  const { seeds, file } = requested;
  const kept = requested.resumed
    ? keptResults(file, { setting, lengths: requested.lengths })
    : nothing;
  const included = Object.keys(ways).filter(
    (way) =>
      requested.ways.includes(way) ||
      seeds.every((seed) => kept.of(way, requested.lengths[0], seed)),
  );
  await useOneThread();
  /** @type {Record<string, Record<string, object[]>>} */
  const results = Object.fromEntries(
    included.map((way) => [way, Object.fromEntries(requested.lengths.map((n) => [n, []]))]),
  );
  for (const [turn, seed] of seeds.entries()) {
    const own = digits(seed);
    for (const way of included)
      for (const epochs of requested.lengths)
        results[way][epochs].push(
          kept.of(way, epochs, seed) ?? (await outcome(experiment, way, epochs, seed, own)),
        );
    // After each seed, so that whoever stops it early has what is whole; but never less than there was.
    if (turn + 1 < kept.seeds) continue;
    const record = {
      setting,
      lengths: requested.lengths,
      seeds: seeds.slice(0, turn + 1),
      results,
    };
    writeFileSync(file, `${JSON.stringify(record, undefined, 1)}\n`);
  }
}

/**
 * One training, and what came of it.
 *
 * @param {Experiment} experiment
 * @param {string} way
 * @param {number} epochs
 * @param {number} seed
 * @param {any} own digits of the seed
 */
async function outcome({ ways, network, setting, judges, measure }, way, epochs, seed, own) {
  const { prepare = asItIs, data = asItIs, watched, options } = ways[way];
  const [train, test] = [prepare(own), prepare(judges)];
  const model = toLayersModel(ways[way].network ?? network, { seed });
  const { batchSize, learningRate } = setting;
  const common = { epochs, batchSize, learningRate, seed, validation: watched?.(train) };
  const run = await fit(model, data(train), { ...common, ...options, progress: false });
  const { accuracy, loss, trainAccuracy } = await judge(model, test, train);
  const more = await measure?.(model, prepare);
  model.dispose();
  console.log(`seed ${seed}, ${way}, ${epochs} epochs: ${accuracy}, loss ${loss}`);
  return {
    seed,
    accuracy,
    loss,
    trainAccuracy,
    epochs: run.epochs.length,
    bestEpoch: run.bestEpoch,
    ...more,
  };
}

/** @type {{ seeds: number, of: (way: string, epochs: number, seed: number) => object | undefined }} */
const nothing = { seeds: 0, of: () => undefined };

/**
 * The outcomes that a file has already, when they are of the same setting and lengths: what was trained once is not
 * trained again, so that a run can be taken up where it stopped, and a way be added to those that are there.
 *
 * @param {string | URL} file
 * @param {object} same
 * @returns {typeof nothing}
 */
function keptResults(file, same) {
  if (!existsSync(file)) return nothing;
  const { results, seeds, ...of } = JSON.parse(readFileSync(file, "utf8"));
  if (!isDeepStrictEqual(of, same)) return nothing;
  return {
    seeds: seeds.length,
    of: (way, epochs, seed) =>
      results[way]?.[epochs].find((/** @type {{ seed: number }} */ one) => one.seed === seed),
  };
}
