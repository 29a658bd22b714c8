import { ArgumentError, requireInteger, requireOptions, requirePositive } from "../../tensor";

/** The length of a step by how far training is: after 2.5 epochs, say. Called before each step. */
export type LearningRateSchedule = (epochs: number) => number;

export interface CosineOptions {
  /** The length of a step at the highest. */
  learningRate: number;
  /** When the steps have become as short as they get: as many as `fit` trains. */
  epochs: number;
  /** This many epochs at first, in which the steps grow evenly from 0. None when left out. */
  warmUp?: number | undefined;
}

/**
 * Steps that grow over a warm-up, and then fall to 0 along half a cosine.
 *
 * @see Loshchilov and Hutter, SGDR, 2016, arXiv 1608.03983
 * @see Goyal et al., Accurate, large minibatch SGD, 2017, arXiv 1706.02677, for the warm-up
 *
 * @example
 * const schedule = cosineSchedule({ learningRate: 0.1, epochs: 10, warmUp: 2 });
 * [1, 2, 6, 10].map(schedule) // → [0.05, 0.1, 0.05, 0]
 */
export function cosineSchedule(options: CosineOptions): LearningRateSchedule {
  const call = "cosineSchedule";
  requireOptions<CosineOptions>(call, options, { learningRate: true, epochs: true, warmUp: true });
  const highest = requirePositive(call, "learningRate", options.learningRate);
  const end = requireInteger(call, "epochs", options.epochs, 1);
  const { warmUp = 0 } = options;
  if (!(warmUp >= 0 && warmUp < end)) {
    const expected = `0 or more, and less than the ${end} epochs`;
    throw new ArgumentError({ call, argument: "warmUp", expected, received: warmUp });
  }
  return (epochs) => {
    if (epochs < warmUp) return (highest * epochs) / warmUp;
    const fraction = Math.min((epochs - warmUp) / (end - warmUp), 1);
    return (highest * (1 + Math.cos(Math.PI * fraction))) / 2;
  };
}

export interface StepOptions {
  /** The length of a step at first. */
  learningRate: number;
  /** It changes after this many epochs, and after as many once more. */
  every: number;
  /** By this it is multiplied then. 0.1 when left out. */
  factor?: number | undefined;
}

/**
 * Steps that become shorter all at once, every few epochs, as ResNet was trained.
 *
 * @see He et al., Deep residual learning for image recognition, 2015, arXiv 1512.03385, section 3.4
 *
 * @example
 * [0, 2.9, 3, 6].map(stepSchedule({ learningRate: 0.1, every: 3, factor: 0.5 })) // → [0.1, 0.1, 0.05, 0.025]
 */
export function stepSchedule(options: StepOptions): LearningRateSchedule {
  const call = "stepSchedule";
  requireOptions<StepOptions>(call, options, { learningRate: true, every: true, factor: true });
  const first = requirePositive(call, "learningRate", options.learningRate);
  const every = requireInteger(call, "every", options.every, 1);
  const factor = requirePositive(call, "factor", options.factor ?? 0.1);
  return (epochs) => first * factor ** Math.floor(epochs / every);
}
