import { inspect } from "node:util";
import { cost, type Network } from "../network";
import {
  rowText,
  type Spread,
  type TrialRow,
  trialsPlot,
  type TrialsResult,
} from "./figures/trialsFigures";
import { ArgumentError, requireInteger, requireOptions } from "../tensor";
import { requireBackend } from "../tfjs";
import {
  fittingOfNetwork,
  type LabelledExamples,
  requireExamples,
  type TrainingData,
} from "./fit/examples";
import { type FitOptions, requireSettings, type Settings } from "./fit/settings";
import { listenForInterrupt } from "../notebook";
import type { Outcome } from "./fit/runTrial";
import { duration, progressView } from "./progress/progressView";

/** One way to do it: a network, or one for each seed. */
export type Variant = Network | ((seed: number) => Network);

export interface TrialsOptions extends Omit<FitOptions, "validation" | "seed"> {
  train: TrainingData;
  test: TrainingData;
  /** Each seed gives other initial weights, another order of the examples, and other dropout. [1, 2, 3] when left out. */
  seeds?: readonly number[] | undefined;
  /**
   * After this many epochs, fewer than `epochs`, each training is judged too: an order that turns between two lengths of
   * training is no order. Not judged before the end when left out.
   */
  earlier?: number | undefined;
}

/**
 * A small experiment: trains each variant once for each seed, on the same examples in the same order, and judges all
 * by the same test set. One training proves little, for the luck of the beginning may count for more than the
 * variant does; so the result has every accuracy, mean and standard deviation, and the difference to the first variant
 * seed by seed. Shown by `show(trialsTable(result))`.
 *
 * @param variants by name. Networks are rebuilt as models, auxiliary heads included; see `fit` for how they train
 * @param options those of `fit`, beside train, test and seeds
 * @throws ArgumentError when a variant, the data or the options do not fit, before any training
 *
 * @example
 * const { flatten, dense, relu } = layers;
 * const wide = (units) => network("net", [28, 28, 1], flatten(), dense({ units }), relu(), dense({ units: 10 }));
 * const { train, test } = mnist();
 * const options = { train: train.take(200), test: test.take(100), seeds: [1, 2], epochs: 2, progress: false };
 * const { rows } = await trials({ narrow: wide(1), wide: wide(30) }, options);
 * rows.map(({ name, params }) => [name, params]) // → [["narrow", 805], ["wide", 23860]]
 * rows[1].accuracies.length // → 2
 * rows[1].difference.mean > 0 // → true
 */
export async function trials(
  variants: Readonly<Record<string, Variant>>,
  options: TrialsOptions,
): Promise<TrialsResult> {
  requireOptions<TrialsOptions>("trials", options, {
    train: true,
    test: true,
    seeds: true,
    earlier: true,
    title: true,
    epochs: true,
    batchSize: true,
    optimizer: true,
    learningRate: true,
    weightDecay: true,
    loss: true,
    labelSmoothing: true,
    earlyStopping: true,
    progress: "flag",
  });
  const plan = requirePlan(variants, options);
  const { title = "Trials", progress = true } = options;
  const backend = await requireBackend();
  // tfjs takes a while to load, and who does not train can do without it.
  const { runTrial } = require("./fit/runTrial") as typeof import("./fit/runTrial");
  const interrupt = listenForInterrupt();
  const view = progress ? progressView(title) : undefined;
  const begin = performance.now();
  const outcomes = plan.networks.map((): Outcome[] => []);
  const result = (): TrialsResult => ({
    title,
    seeds: plan.seeds,
    ...(plan.earlier !== undefined && { earlier: plan.earlier }),
    rows: plan.networks.map(([network], i) =>
      rowOf(plan.names[i], network, outcomes[i], outcomes[0]),
    ),
    interrupted: interrupt.requested,
    seconds: (performance.now() - begin) / 1000,
  });
  // Seed by seed, so that all variants have been seen early on.
  const trainings = plan.seeds.flatMap((seed, turn) =>
    plan.networks.map((networks, i) => ({
      i,
      seed,
      name: `${plan.names[i]}, seed ${seed}`,
      network: networks[turn],
    })),
  );
  try {
    for (const [done, { i, seed, name, network }] of trainings.entries()) {
      const report = (fraction: number): void => {
        const part = (done + fraction) / trainings.length;
        const notes = [name, `training ${done + 1} of ${trainings.length}`, backend];
        view?.update(part, notes, (note) => trialsPlot(result(), { note, progress: part }));
      };
      const outcome = await runTrial({ ...plan, name, network, seed, interrupt, report });
      if (interrupt.requested) break;
      outcomes[i].push(outcome);
      view?.writeLine(`${name}: accuracy ${(100 * outcome.accuracy).toFixed(1)}%`);
    }
    const whole = result();
    view?.end(trialsPlot(whole, { note: noteOf(whole, trainings.length, backend) }));
    const text = whole.rows.map((row) => rowText(row, whole.rows[0])).join("\n");
    return Object.defineProperty(whole, inspect.custom, { value: () => text, enumerable: false });
  } catch (error) {
    view?.abandon();
    throw error;
  } finally {
    interrupt.release();
  }
}

function noteOf(
  { rows, seconds, interrupted }: TrialsResult,
  all: number,
  backend: string,
): string {
  const done = rows.reduce((sum, { accuracies }) => sum + accuracies.length, 0);
  const count = interrupted ? `interrupted after ${done} of ${all} trainings` : `${all} trainings`;
  return `accuracy on the test set · ${count} in ${duration(seconds)} (${backend})`;
}

interface Plan {
  names: string[];
  seeds: readonly number[];
  /** By variant, then by seed. */
  networks: Network[][];
  train: LabelledExamples;
  test: LabelledExamples;
  settings: Settings;
  earlier: number | undefined;
}

function requirePlan(variants: Readonly<Record<string, Variant>>, options: TrialsOptions): Plan {
  const call = "trials";
  const settings = requireSettings(call, options ?? {});
  const seeds = options?.seeds ?? [1, 2, 3];
  if (!Array.isArray(seeds) || seeds.length === 0) {
    const expected = "a list of at least one seed";
    throw new ArgumentError({ call, argument: "seeds", expected, received: seeds });
  }
  seeds.forEach((seed, i) => requireInteger(call, `seeds[${i}]`, seed, 0));
  const earlier = options?.earlier;
  if (earlier !== undefined && requireInteger(call, "earlier", earlier, 1) >= settings.epochs) {
    const expected = `below epochs, which is ${settings.epochs}`;
    throw new ArgumentError({ call, argument: "earlier", expected, received: earlier });
  }
  const names = Object.keys(variants ?? {});
  if (names.length === 0) {
    const expected = "an object with at least one network, {name: network}";
    throw new ArgumentError({ call, argument: "variants", expected, received: variants });
  }
  const networks = names.map((name) => {
    const variant = variants[name];
    return seeds.map((seed) => (typeof variant === "function" ? variant(seed) : variant));
  });
  const sets = networks.flatMap((ofVariant, i) =>
    ofVariant.map((network) => {
      const fitting = fittingOfNetwork(call, `variants["${names[i]}"]`, network);
      return [
        requireExamples(call, "train", options.train, fitting),
        requireExamples(call, "test", options.test, fitting),
      ];
    }),
  );
  const [train, test] = sets[0];
  return { names, seeds, networks, train, test, settings, earlier };
}

function rowOf(
  name: string,
  network: Network,
  outcomes: readonly Outcome[],
  first: readonly Outcome[],
): TrialRow {
  const { params, macs } = cost(network);
  const accuracies = outcomes.map(({ accuracy }) => accuracy);
  const early = outcomes.flatMap(({ earlierAccuracy }) => earlierAccuracy ?? []);
  const row = {
    name,
    params,
    macs,
    accuracies,
    ...spreadOf(accuracies),
    ...(early.length > 0 && { earlierAccuracies: early }),
    seconds: spreadOf(outcomes.map(({ seconds }) => seconds)).mean,
  };
  if (outcomes === first) return row;
  return {
    ...row,
    difference: spreadOf(accuracies.map((accuracy, i) => accuracy - first[i].accuracy)),
  };
}

/** Mean and standard deviation, for which n numbers say only as much as n - 1 (Bessel). */
function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : NaN };
}
