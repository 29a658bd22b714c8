import {
  exercise,
  type ExerciseTest,
  expectNumber,
  expectTensor,
  expectThat,
  randomIntegers,
  softmaxCrossEntropy,
  type Tensor,
  tensor,
  zeros,
} from "convbook";
import * as solution from "../solution";
import { expectParts } from "../../shared/expectParts";

type SoftmaxLoss = typeof solution.softmaxLoss;

export const softmaxLoss = exercise({
  id: "09.softmaxLoss",
  title: "Softmax, cross-entropy and their gradient",
  minutes: 12,
  task:
    "Write `softmaxLoss(scores, labels)`: `loss`, the mean over the rows of −log of the probability " +
    "that softmax gives to the row's label, and `dScores`, its gradient to the scores, [m, classes]. " +
    "Large scores must not break it.",
  example: `
const scores = tensor([[0, Math.log(3)], [0, 0]]); // probabilities 1/4 and 3/4, then 1/2 and 1/2
softmaxLoss(scores, [0, 1]) // the mean of log 4 and log 2
// → { loss: 1.0397208, dScores: [[-0.375, 0.375], [0.25, -0.25]] }`,
  starter: `
function softmaxLoss(scores: Tensor, labels: number[]): { loss: number; dScores: Tensor } {
  const [m, classes] = scores.shape; // one row an image; labels[i] is the class of row i
  // Scores of 1000 must not break it: exp(1000) is Infinity.
  return yourCode();
}`,
  solution: solution.softmaxLoss,
  tests: [
    {
      title: "softmaxLoss([[0, 0]], [1]) is log 2, with the gradient [[0.5, -0.5]]",
      async run(softmaxLoss) {
        await expectLoss(softmaxLoss, tensor([[0, 0]]), [1], "loss");
        await expectLoss(softmaxLoss, tensor([[0, 0]]), [1], "dScores");
      },
    },
    lossTest("loss", "the loss of one row", 1, 4),
    lossTest("dScores", "the gradient of one row", 1, 4),
    lossTest("loss", "the loss of a batch", 5, 3),
    lossTest("dScores", "the gradient of a batch", 5, 3),
    {
      title: "softmaxLoss([[1000, -1000], [-1000, -999]], [1, 0]) stays finite",
      async run(softmaxLoss) {
        const scores = tensor([
          [1000, -1000],
          [-1000, -999],
        ]);
        await expectLoss(softmaxLoss, scores, [1, 0], "loss");
        await expectLoss(softmaxLoss, scores, [1, 0], "dScores");
      },
    },
  ],
  hints: [
    "Begin with one row. The probabilities are exp(score) over the sum of all exp. What happens to them when the same number is taken from all scores? Which number makes every exp at most 1?",
    "With the largest score at 0, the loss of a row is log(sum) - score of the label. Its slope to a score k is the probability of k, and for the label 1 less. What does the mean over m rows do to the slopes?",
    "For each row: largest = Math.max(...row); powers = row.map((s) => Math.exp(s - largest)); sum them; loss += (Math.log(sum) - (row[label] - largest)) / m; dScores at (i, k): (powers[k] / sum - (k === label ? 1 : 0)) / m.",
  ],
  wrongAnswers: [
    {
      says: "The largest score of the whole batch is taken away from every row. A row of much smaller scores is left with exp(-2000), which is 0, and log 0. Take each row's own largest.",
      answer: (scores, labels) => {
        const [m, classes] = scores.shape;
        const largest = scores.max();
        const powers = scores.map((score) => Math.exp(score - largest));
        const dScores = zeros([m, classes]);
        let loss = 0;
        for (let i = 0; i < m; i++) {
          let sum = 0;
          for (let k = 0; k < classes; k++) sum += powers.get(i, k);
          loss += (Math.log(sum) - (scores.get(i, labels[i]) - largest)) / m;
          for (let k = 0; k < classes; k++)
            dScores.set((powers.get(i, k) / sum - (k === labels[i] ? 1 : 0)) / m, i, k);
        }
        return { loss, dScores };
      },
    },
    {
      says: "The loss is the sum over the rows. It is their mean: otherwise a larger batch would mean longer steps. (The gradient is that of the mean already.)",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        return { loss: loss * labels.length, dScores };
      },
    },
    {
      says: "The gradient is not divided by the number of rows. The loss is a mean, so each row counts 1/m.",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        return { loss, dScores: dScores.map((slope) => slope * labels.length) };
      },
    },
    {
      says: "Loss and gradient are sums over the rows: both have to be divided by m.",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        return {
          loss: loss * labels.length,
          dScores: dScores.map((slope) => slope * labels.length),
        };
      },
    },
    {
      says: "This breaks where scores are large: exp(1000) is Infinity, and Infinity / Infinity is NaN. Take the largest score of the row away from all of them first.",
      answer: (scores, labels) => ({
        loss: naive(scores, labels),
        dScores: scores.map((_, i) => naiveSlope(scores, labels, i)),
      }),
    },
    {
      says: "The loss has the wrong sign: a probability below 1 has a negative logarithm, and a loss should fall as it rises.",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        return { loss: -loss, dScores };
      },
    },
    {
      says: "The gradient points the other way: it is probability minus target, which is negative for the label. The descent turns the sign, not the gradient.",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        return { loss, dScores: dScores.map((slope) => -slope) };
      },
    },
    {
      says: "Your gradient is the probability of each class. Where is the label? For its class 1 is taken away.",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        const classes = scores.shape[1];
        const isLabel = (i: number): boolean => labels[Math.floor(i / classes)] === i % classes;
        return {
          loss,
          dScores: dScores.map((slope, i) => slope + (isLabel(i) ? 1 / labels.length : 0)),
        };
      },
    },
    {
      says: "Only the label has a gradient. The other scores matter as well: raise one, and the label's probability falls.",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        const classes = scores.shape[1];
        const isLabel = (i: number): boolean => labels[Math.floor(i / classes)] === i % classes;
        return { loss, dScores: dScores.map((slope, i) => (isLabel(i) ? slope : 0)) };
      },
    },
    {
      says: "Your logarithm is to base 2 or 10. Losses of networks are in nats: Math.log. Then the slope is simply probability minus target.",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        return { loss: loss / Math.LN2, dScores };
      },
    },
    {
      says: "All rows use the label of the first. labels[i] belongs to row i.",
      answer: (scores, labels) =>
        solution.softmaxLoss(
          scores,
          labels.map(() => labels[0]),
        ),
    },
    {
      says: "Where a score is negative the largest is taken to be 0: a maximum that starts at 0 is never below it. Start with the first score, or use Math.max(...row).",
      answer: (scores, labels) => ({
        loss: naive(withCap(scores), labels),
        dScores: scores.map((_, i) => naiveSlope(withCap(scores), labels, i)),
      }),
    },
    {
      says: "The loss is Infinity where the label's probability is so small that it has become 0: the logarithm is taken after the division. Take log(sum) - (score - largest) instead, which needs no probability.",
      answer: (scores, labels) => ({
        ...solution.softmaxLoss(scores, labels),
        loss: lossOf(scores, labels, (probability) => probability),
      }),
    },
    {
      says: "The probability is kept above a smallest value before its logarithm is taken. The loss then stops where it should go on: log(sum) - (score - largest) needs no probability, and no smallest value.",
      answer: (scores, labels) => ({
        ...solution.softmaxLoss(scores, labels),
        loss: lossOf(scores, labels, (probability) => Math.max(probability, 1e-12)),
      }),
    },
    {
      says: "A small number is added to the probability before its logarithm is taken, which changes every loss a little and stops the largest. log(sum) - (score - largest) needs none.",
      answer: (scores, labels) => ({
        ...solution.softmaxLoss(scores, labels),
        loss: lossOf(scores, labels, (probability) => probability + 1e-8),
      }),
    },
    {
      says: "The gradient is divided by the number of scores. The loss is a mean over the m rows: divide by m.",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        return { loss, dScores: dScores.map((slope) => slope / scores.shape[1]) };
      },
    },
    {
      says: "Loss and gradient are divided by the number of scores. The mean is over the m rows.",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        const classes = scores.shape[1];
        return { loss: loss / classes, dScores: dScores.map((slope) => slope / classes) };
      },
    },
    {
      says: "The loss is 1 - probability of the label. The cross-entropy is -log of it; only then is the slope probability minus target.",
      answer: (scores, labels) => {
        const { dScores } = solution.softmaxLoss(scores, labels);
        return { loss: labels.reduce((sum, label, i) => sum - dScores.get(i, label), 0), dScores };
      },
    },
    {
      says: "The loss is that of the last row alone: add up with +=.",
      answer: (scores, labels) => {
        const [m, classes] = scores.shape;
        const last = scores.slice([m - 1, 0], [1, classes]);
        return {
          ...solution.softmaxLoss(scores, labels),
          loss: solution.softmaxLoss(last, labels.slice(-1)).loss / m,
        };
      },
    },
    {
      says: "At the label a whole 1 is taken away from what was divided by m already. Take it away from the probability, then divide.",
      answer: (scores, labels) => {
        const { loss, dScores } = solution.softmaxLoss(scores, labels);
        const [m, classes] = scores.shape;
        const isLabel = (i: number): boolean => labels[Math.floor(i / classes)] === i % classes;
        return {
          loss,
          dScores: dScores.map((slope, i) => (isLabel(i) ? slope + 1 / m - 1 : slope)),
        };
      },
    },
  ],
});

/** Scores less the larger of 0 and their row's maximum. */
function withCap(scores: Tensor): Tensor {
  const classes = scores.shape[1];
  return scores.map((score, i) => {
    const begin = i - (i % classes);
    return score - Math.max(0, ...scores.data.subarray(begin, begin + classes));
  });
}

/** The mean of -log(probability), with something done to the probability first. */
function lossOf(scores: Tensor, labels: number[], change: (probability: number) => number): number {
  const safe = shifted(scores);
  return labels.reduce(
    (sum, label, i) => sum - Math.log(change(probabilitiesOf(safe, i)[label])) / labels.length,
    0,
  );
}

/** Scores less their row's maximum. */
function shifted(scores: Tensor): Tensor {
  const classes = scores.shape[1];
  return scores.map((score, i) => {
    const begin = i - (i % classes);
    return score - Math.max(...scores.data.subarray(begin, begin + classes));
  });
}

function probabilitiesOf(scores: Tensor, row: number): number[] {
  const classes = scores.shape[1];
  const powers = Array.from({ length: classes }, (_, k) => Math.exp(scores.get(row, k)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function naive(scores: Tensor, labels: number[]): number {
  const losses = labels.map((label, i) => -Math.log(probabilitiesOf(scores, i)[label]));
  return losses.reduce((sum, loss) => sum + loss, 0) / labels.length;
}

function naiveSlope(scores: Tensor, labels: number[], i: number): number {
  const classes = scores.shape[1];
  const [row, k] = [Math.floor(i / classes), i % classes];
  return (probabilitiesOf(scores, row)[k] - (k === labels[row] ? 1 : 0)) / labels.length;
}

async function expectLoss(
  answer: (scores: Tensor, labels: number[]) => Promise<ReturnType<SoftmaxLoss>>,
  scores: Tensor,
  labels: number[],
  part: "loss" | "dScores",
): Promise<void> {
  const { loss, dLogits } = softmaxCrossEntropy(scores, labels);
  const of = `softmaxLoss(scores, [${labels.join(", ")}])`;
  const got: unknown = await answer(scores, labels);
  expectParts<ReturnType<SoftmaxLoss>>(got, of, ["loss", "dScores"]);
  if (part === "loss") {
    const finite = typeof got.loss !== "number" || Number.isFinite(got.loss);
    expectThat(finite, `${of}.loss is ${got.loss}, expected ${loss.toPrecision(5)}.`);
    expectNumber(got.loss, loss, { of: `${of}.loss` });
  } else expectTensor(got.dScores, dLogits, { of: `${of}.dScores` });
}

function lossTest(
  part: "loss" | "dScores",
  what: string,
  m: number,
  classes: number,
): ExerciseTest<SoftmaxLoss> {
  return {
    title: `softmaxLoss(scores, labels).${part}, ${what}`,
    async run(softmaxLoss, { random }) {
      const scores = randomIntegers([m, classes], -4, 3, random);
      const first = random.integer(0, classes - 1);
      const labels = Array.from({ length: m }, (_, i) => (first + i) % classes);
      await expectLoss(softmaxLoss, scores, labels, part);
    },
  };
}
