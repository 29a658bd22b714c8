import type * as tf from "@tensorflow/tfjs";
import type { Network } from "../../network";
import type { Interrupt } from "../../notebook/progress/interrupt";
import { toLayersModel } from "../../tfjs/toLayersModel";
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
  interrupt: Interrupt;
  /** Told the share of the training that is done. */
  report(share: number): void;
}

export interface Outcome {
  accuracy: number;
  /** To train; judging is left out. */
  seconds: number;
}

/** Makes a model, trains it, judges it and frees it. */
export async function runTrial(trial: Trial): Promise<Outcome> {
  const { name, network, seed, train, test, interrupt, report } = trial;
  const settings = { ...trial.settings, seed };
  const auxiliary = network.auxiliaryOutputs.length > 0;
  const model = toLayersModel(network, { seed, auxiliary }) as unknown as tf.LayersModel;
  try {
    const begin = performance.now();
    await new Training({
      model,
      train,
      validation: undefined,
      settings,
      interrupt,
      report: ({ epoch, batch, batches }) =>
        report((epoch - 1 + batch / batches) / settings.epochs),
    }).run();
    const seconds = (performance.now() - begin) / 1000;
    const score = new Score();
    for await (const batch of predictions(classifierOf(model), test, settings.batchSize)) {
      if (interrupt.requested) break;
      score.include(Score.of(batch.logProbabilities, batch.labels, 0));
    }
    return { accuracy: score.accuracy, seconds };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`trials(): ${name}: ${message}`, { cause: error });
  } finally {
    model.dispose();
  }
}
