import type { CurvePoint, EpochRecord, TrainingHistory } from "../figures/trainingCurves";

/** What a training came to, and how it went there. `show(trainingCurves(run))` draws it once more. */
export interface TrainingRun extends TrainingHistory {
  readonly title: string;
  /** One for each epoch that was finished. */
  readonly epochs: readonly EpochRecord[];
  /** Loss and accuracy on the batches, in short intervals. */
  readonly curve: readonly CurvePoint[];
  /** All in all, validation included. */
  readonly seconds: number;
  /** While training, validation left out. */
  readonly imagesPerSecond: number;
  /** The epoch that an interrupt ended, so far as it came: what the model has learnt in it stays. */
  readonly unfinished?: {
    readonly batches: number;
    readonly images: number;
    /** In training steps, as an epoch's. */
    readonly seconds: number;
    readonly loss: number;
    readonly accuracy: number;
  };
  /** Whether early stopping ended it. */
  readonly stopped: boolean;
  /** Whether somebody interrupted it. */
  readonly interrupted: boolean;
  /** The epoch, from 1, whose weights the model has, where early stopping chose it. */
  readonly bestEpoch?: number;
  /** What tfjs ran on. */
  readonly backend: string;
}

/** How far a training is. */
export interface TrainingState {
  epochs: readonly EpochRecord[];
  curve: readonly CurvePoint[];
  /** The epoch under way, from 1. */
  epoch: number;
  /** Batches done in this epoch, and how many there are. */
  batch: number;
  batches: number;
  /** Of this epoch so far. */
  loss: number;
  accuracy: number;
  imagesPerSecond: number;
  /** Whether the batches are those of the validation set. */
  validating: boolean;
}
