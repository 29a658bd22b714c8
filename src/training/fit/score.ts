/** How good predictions are: sums over examples, to be divided by their number in the end. */
export class Score {
  examples = 0;
  private totalLoss = 0;
  private right = 0;

  /** The mean cross-entropy of each example, in nats. NaN before there is one. */
  get loss(): number {
    return this.totalLoss / this.examples;
  }

  /** The share of examples whose likeliest class is the true one. */
  get accuracy(): number {
    return this.right / this.examples;
  }

  /** Counts another score in. */
  include({ examples, totalLoss, right }: Score): void {
    this.examples += examples;
    this.totalLoss += totalLoss;
    this.right += right;
  }

  /** @param logProbabilities [m, classes], row by row */
  static of(
    logProbabilities: ArrayLike<number>,
    labels: ArrayLike<number>,
    labelSmoothing: number,
  ): Score {
    const classes = logProbabilities.length / labels.length;
    const score = new Score();
    score.examples = labels.length;
    for (let m = 0; m < labels.length; m++) {
      let likeliest = 0;
      for (let k = 0; k < classes; k++) {
        const value = logProbabilities[m * classes + k];
        const share = (k === labels[m] ? 1 - labelSmoothing : 0) + labelSmoothing / classes;
        if (share > 0) score.totalLoss -= share * value; // 0 times the logarithm of 0 is 0 here
        if (value > logProbabilities[m * classes + likeliest]) likeliest = k;
      }
      if (likeliest === labels[m]) score.right++;
    }
    return score;
  }
}
