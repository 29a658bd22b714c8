import { inspect } from "node:util";
import type * as tf from "@tensorflow/tfjs";
import { type LayersModel, requireBackend } from "../../tfjs";
import { fittingOfModel, requireExamples, type TrainingData } from "./examples";
import { listenForInterrupt } from "../../notebook";
import { type FitOptions, requireSettings } from "./settings";
import type { TrainingRun } from "./TrainingRun";
import { runFigure, trainingView } from "./trainingView";
import { requireOptions } from "../../tensor";

/**
 * Trains a classifier, and shows how it goes: a live curve in a notebook, a bar in a terminal.
 *
 * The loss is the cross-entropy between the classes and what the softmax at the end of the model says, or would
 * say, if it ends without one; a single output with or without a sigmoid tells two classes apart. Further outputs
 * (the auxiliary heads of GoogLeNet) count 0.3. Losses that layers add, such as weight decay, are minimised too,
 * but not shown.
 *
 * `loss` puts another in the place of the cross-entropy; accuracy is what it was.
 *
 * An interrupt (the notebook's button, Ctrl-C) ends training after the batch under way; the model keeps its weights.
 * The same seed, model and data give the same weights on the same backend. Each call starts the optimizer anew.
 * tfjs runs on what `useBackend` chose; if nobody has chosen, on the fastest that can be had.
 *
 * @param model from `toLayersModel`, or of your own making with tfjs. It is trained in place
 * @param train images with labels, `mnist().train` say, or `{x, y}`
 * @throws ArgumentError when data or options do not suit the model, before any work
 * @throws Error when the loss is no finite number any more, with the layer where that began
 *
 * @example
 * const { flatten, dense, softmax } = layers;
 * const model = toLayersModel(network("linear", [28, 28, 1], flatten(), dense({ units: 10 }), softmax()), { seed: 1 });
 * const { train, test } = mnist();
 * const run = await fit(model, train.take(500), { epochs: 3, validation: test.take(200), seed: 1, progress: false });
 * run.epochs.length // → 3
 * run.epochs[2].loss < run.epochs[0].loss // → true
 * run.epochs[2].validationAccuracy > 0.6 // → true
 * @example
 * const tf = require("@tensorflow/tfjs");
 * const model = toLayersModel(network("line", [2], layers.dense({ units: 2 }), layers.softmax()), { seed: 1 });
 * const train = { x: tensor([[0, 1], [1, 0]]), y: [0, 1] };
 * const loss = (labels, outputs) => tf.losses.meanSquaredError(labels, outputs);
 * const { epochs } = await fit(model, train, { epochs: 40, learningRate: 0.1, loss, progress: false });
 * epochs[39].loss < 0.05 // → true
 */
export async function fit(
  model: LayersModel,
  train: TrainingData,
  options: FitOptions = {},
): Promise<TrainingRun> {
  requireOptions<FitOptions>("fit", options, {
    epochs: true,
    batchSize: true,
    optimizer: true,
    learningRate: true,
    weightDecay: true,
    loss: true,
    labelSmoothing: true,
    validation: true,
    seed: true,
    earlyStopping: true,
    title: true,
    progress: "flag",
  });
  const settings = requireSettings("fit", options);
  const fitting = fittingOfModel("fit", model);
  const examples = requireExamples("fit", "train", train, fitting);
  const validation =
    options.validation && requireExamples("fit", "validation", options.validation, fitting);
  const { title = model.name, progress = true } = options;

  const backend = await requireBackend();
  // tfjs takes a while to load, and who does not train can do without it.
  const { Training } = require("./Training") as typeof import("./Training");
  const interrupt = listenForInterrupt();
  const view = progress ? trainingView(title, settings.epochs) : undefined;
  const begin = performance.now();
  try {
    const training = new Training({
      model: model as unknown as tf.LayersModel,
      train: examples,
      validation,
      settings,
      interrupt,
      report: (state) => view?.update(state),
    });
    await training.run();
    const { epochs, curve, unfinished, bestEpoch } = training;
    const inSteps = epochs.reduce((sum, { seconds }) => sum + seconds, unfinished?.seconds ?? 0);
    const images = epochs.length * examples.length + (unfinished?.images ?? 0);
    const run: TrainingRun = {
      title,
      epochs,
      curve,
      seconds: (performance.now() - begin) / 1000,
      imagesPerSecond: inSteps > 0 ? images / inSteps : 0,
      stopped: training.stopped,
      interrupted: interrupt.requested,
      ...(unfinished && { unfinished }),
      ...(bestEpoch !== undefined && { bestEpoch }),
      backend,
    };
    view?.end(run);
    return Object.defineProperty(run, inspect.custom, {
      value: () => runFigure(run).text,
      enumerable: false,
    });
  } catch (error) {
    view?.abandon();
    throw error;
  } finally {
    interrupt.release();
  }
}
