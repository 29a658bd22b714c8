import {
  ArgumentError,
  type Decided,
  requireFinite,
  requireFunction,
  requireInteger,
  requireOneOf,
  requireOptions,
  requirePositive,
  requireFraction,
} from "../../tensor";
import type { TrainingData } from "./examples";
import type { TfTensor } from "../../tfjs";
import type { LearningRateSchedule } from "./schedules";

/** How weights follow their gradients. */
const optimizerNames = ["adam", "sgd", "momentum", "rmsprop"] as const;
export type OptimizerName = (typeof optimizerNames)[number];

export interface EarlyStopping {
  /** Training ends after this many epochs in a row that did not bring the loss down. */
  patience: number;
  /** By how much a loss has to be lower to count. 0 when left out. */
  minDelta?: number | undefined;
}

/**
 * A loss of the caller's own. The type is a method's, so that one of tfjs's own tensors will do, which can more than a
 * `TfTensor`.
 */
export type Loss = { loss(labels: TfTensor, outputs: TfTensor): TfTensor }["loss"];

export interface FitOptions {
  /** How often training goes through all examples. 1 when left out. */
  epochs?: number | undefined;
  /** Examples to a step. 32 when left out. */
  batchSize?: number | undefined;
  /** `"adam"` when left out. `"momentum"` is sgd with a momentum of 0.9. */
  optimizer?: OptimizerName | undefined;
  /**
   * The length of a step, or a function from the epochs done so far (2.5, say) to it: `cosineSchedule`, `stepSchedule`
   * or your own. 0.001 for adam and rmsprop, 0.01 for sgd and momentum when left out.
   */
  learningRate?: number | LearningRateSchedule | undefined;
  /**
   * Before each step, filters and matrices shrink by learningRate times this fraction of themselves (decoupled, as in
   * AdamW, arXiv 1711.05101); biases and norms do not. 0 when left out.
   */
  weightDecay?: number | undefined;
  /**
   * A loss of your own in place of the cross-entropy: from the labels, one-hot [m, classes], and what the model puts
   * out, [m, classes], to a scalar of tfjs: `(labels, outputs) => tf.losses.meanSquaredError(labels, outputs)`. A model
   * of one output has labels of 0 and 1, [m, 1]. It is given probabilities where the model ends in a softmax.
   */
  loss?: Loss | undefined;
  /** The part of each target that is spread evenly over all classes, 0 to 1. 0 when left out. */
  labelSmoothing?: number | undefined;
  /** Other examples, to judge by after each epoch. */
  validation?: TrainingData | undefined;
  /** For the order of the examples and for dropout. 0 when left out. */
  seed?: number | undefined;
  /** Ends training when the loss (on the validation set, if there is one) falls no more, and goes back to the best weights. */
  earlyStopping?: EarlyStopping | undefined;
  /** What stands over the curves. The model's name when left out. */
  title?: string | undefined;
  /** Whether progress is shown. True when left out. */
  progress?: boolean | undefined;
}

/** The options that steer the loop, all of them decided. */
export interface Settings {
  epochs: number;
  batchSize: number;
  optimizer: OptimizerName;
  learningRate: LearningRateSchedule;
  weightDecay: number;
  loss: Loss | undefined;
  labelSmoothing: number;
  seed: number;
  earlyStopping: Decided<EarlyStopping> | undefined;
}

export function requireSettings(call: string, options: FitOptions): Settings {
  if (/^adam-?w$/i.test(String(options.optimizer)))
    throw new ArgumentError({
      call,
      argument: "optimizer",
      expected: optimizerNames.map((name) => `"${name}"`).join(" or "),
      received: options.optimizer,
      remedy: `AdamW is { optimizer: "adam", weightDecay: 0.01 }.`,
    });
  const optimizer = requireOneOf(call, "optimizer", options.optimizer ?? "adam", optimizerNames);
  if (options.loss !== undefined)
    requireFunction(call, "loss", options.loss, "from labels and outputs to a scalar of tfjs");
  const usual = optimizer === "adam" || optimizer === "rmsprop" ? 0.001 : 0.01;
  return {
    epochs: requireInteger(call, "epochs", options.epochs ?? 1, 1),
    batchSize: requireInteger(call, "batchSize", options.batchSize ?? 32, 1),
    optimizer,
    learningRate: scheduleOf(call, options.learningRate ?? usual),
    weightDecay: requireWeightDecay(call, options.weightDecay ?? 0),
    loss: options.loss,
    labelSmoothing: requireFraction(call, "labelSmoothing", options.labelSmoothing ?? 0),
    seed: requireInteger(call, "seed", options.seed ?? 0, 0),
    earlyStopping: options.earlyStopping && stoppingOf(call, options.earlyStopping),
  };
}

function stoppingOf(call: string, stopping: EarlyStopping): Decided<EarlyStopping> {
  requireOptions<EarlyStopping>(`${call}'s earlyStopping`, stopping, {
    patience: true,
    minDelta: true,
  });
  return {
    patience: requireInteger(call, "earlyStopping.patience", stopping.patience, 1),
    minDelta: requireFraction(call, "earlyStopping.minDelta", stopping.minDelta ?? 0),
  };
}

function scheduleOf(
  call: string,
  learningRate: number | LearningRateSchedule,
): LearningRateSchedule {
  if (typeof learningRate !== "function") {
    requirePositive(call, "learningRate", learningRate);
    return () => learningRate;
  }
  return (epochs) => {
    const argument = `learningRate(${Number(epochs.toPrecision(4))})`;
    const rate = requireFinite(call, argument, learningRate(epochs));
    if (rate >= 0) return rate;
    throw new ArgumentError({ call, argument, expected: "0 or more", received: rate });
  };
}

function requireWeightDecay(call: string, weightDecay: number): number {
  if (requireFinite(call, "weightDecay", weightDecay) >= 0) return weightDecay;
  const expected = "0 or more";
  throw new ArgumentError({ call, argument: "weightDecay", expected, received: weightDecay });
}
