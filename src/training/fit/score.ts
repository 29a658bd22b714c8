import { indexOfGreatest } from "../../tensor";

/** How good predictions are: sums over examples, to be divided by their number in the end. */
export class Score {
  examples = 0;
  private totalLoss = 0;
  private right = 0;

  /** The mean cross-entropy of each example, in nats. NaN before there is one. */
  get loss(): number {
    return this.totalLoss / this.examples;
  }

  /** The fraction of examples whose likeliest class is the true one. */
  get accuracy(): number {
    return this.right / this.examples;
  }

  /** Counts another score in. */
  include({ examples, totalLoss, right }: Score): void {
    this.examples += examples;
    this.totalLoss += totalLoss;
    this.right += right;
  }

  /** The same answers judged by another loss, the mean over the examples. */
  withLoss(loss: number): Score {
    const score = new Score();
    Object.assign(score, this, { totalLoss: loss * this.examples });
    return score;
  }

  /** @param logProbabilities [m, classes], row by row */
  static of(
    logProbabilities: Float32Array,
    labels: ArrayLike<number>,
    labelSmoothing: number,
  ): Score {
    const classes = logProbabilities.length / labels.length;
    const score = new Score();
    score.examples = labels.length;
    for (let m = 0; m < labels.length; m++) {
      const row = logProbabilities.subarray(m * classes, (m + 1) * classes);
      for (let k = 0; k < classes; k++) {
        const target = (k === labels[m] ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
        if (target > 0) score.totalLoss -= target * row[k]; // 0 times the logarithm of 0 is 0 here
      }
      if (indexOfGreatest(row) === labels[m]) score.right++;
    }
    return score;
  }
}
