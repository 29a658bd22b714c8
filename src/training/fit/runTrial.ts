import type * as tf from "@tensorflow/tfjs";
import type { Network } from "../../network";
import type { Interrupt } from "../../notebook";
import { toLayersModel } from "../../tfjs";
import { classifierOf } from "./classifier";
import type { LabelledExamples } from "./examples";
import { predictions } from "./predictions";
import { Score } from "./score";
import type { Settings } from "./settings";
import { Training } from "./Training";

/** One training of `trials`. */
export interface Trial {
  /** For messages. */
  name: string;
  network: Network;
  seed: number;
  train: LabelledExamples;
  test: LabelledExamples;
  settings: Settings;
  /** After this many epochs it is judged too. */
  earlier: number | undefined;
  interrupt: Interrupt;
  /** Gets the fraction of the training that is done. */
  report(fraction: number): void;
}

export interface Outcome {
  accuracy: number;
  /** After `earlier` epochs. */
  earlierAccuracy: number | undefined;
  /** To train; judging is left out. */
  seconds: number;
}

/** Makes a model, trains it, judges it and frees it. */
export async function runTrial(trial: Trial): Promise<Outcome> {
  const { name, network, seed, train, test, earlier, interrupt, report } = trial;
  const settings = { ...trial.settings, seed };
  const auxiliary = network.auxiliaryOutputs.length > 0;
  const model = toLayersModel(network, { seed, auxiliary }) as unknown as tf.LayersModel;
  const judge = async (): Promise<number> => {
    const score = new Score();
    for await (const batch of predictions(classifierOf(model), test, settings.batchSize)) {
      if (interrupt.requested) break;
      score.include(Score.of(batch.logProbabilities, batch.labels, 0));
    }
    return score.accuracy;
  };
  try {
    const begin = performance.now();
    let judging = 0;
    let earlierAccuracy: number | undefined;
    await new Training({
      model,
      train,
      validation: undefined,
      settings,
      interrupt,
      report: ({ epoch, batch, batches }) =>
        report((epoch - 1 + batch / batches) / settings.epochs),
      afterEpoch: async (epoch) => {
        if (epoch !== earlier) return;
        const since = performance.now();
        earlierAccuracy = await judge();
        judging = performance.now() - since;
      },
    }).run();
    const seconds = (performance.now() - begin - judging) / 1000;
    return { accuracy: await judge(), earlierAccuracy, seconds };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`trials(): ${name}: ${message}`, { cause: error });
  } finally {
    model.dispose();
  }
}
