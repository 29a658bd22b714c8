import type * as tf from "@tensorflow/tfjs";
import type { Decided } from "../../tensor";
import type { EarlyStopping } from "./settings";

/** Early stopping: keeps a copy of the weights with which the loss was lowest, and counts the epochs since. */
export class BestWeights {
  /** The epoch of the lowest loss so far, from 1. */
  epoch = 0;
  private loss = Infinity;
  private seen = 0;
  private copies: tf.Tensor[] = [];

  constructor(
    private readonly model: tf.LayersModel,
    private readonly options: Decided<EarlyStopping>,
  ) {}

  /** Whether the loss has not fallen for as long as patience lasts. */
  get isEnough(): boolean {
    return this.seen - this.epoch >= this.options.patience;
  }

  /** Takes note of the loss after one more epoch. */
  consider(loss: number): void {
    this.seen++;
    if (!(loss < this.loss - this.options.minDelta) && this.epoch > 0) return;
    this.loss = loss;
    this.epoch = this.seen;
    this.dispose();
    this.copies = this.model.weights.map((weight) => weight.read().clone());
  }

  /** Gives the model its best weights again. */
  restore(): void {
    this.copies.forEach((copy, i) => this.model.weights[i].write(copy));
  }

  dispose(): void {
    for (const copy of this.copies.splice(0)) copy.dispose();
  }
}
