import {
  exercise,
  type ExerciseTest,
  expectNumber,
  expectThat,
  softmaxCrossEntropy,
  tensor,
} from "convbook";
import * as solution from "../solution";

type SmoothedLoss = typeof solution.smoothedLoss;

export const smoothedLoss = exercise({
  id: "10.smoothedLoss",
  title: "The loss of a smoothed label",
  minutes: 8,
  task:
    "Write `smoothedLoss(scores, label, epsilon)`: the cross-entropy (natural logarithm) of one " +
    "image's scores before the softmax, against a smoothed target. Of the target 1, `epsilon` is " +
    "taken from the label and spread evenly over *all* classes, the label included.",
  example: `
smoothedLoss([0, Math.log(3)], 0, 0.2) // probabilities 1/4 and 3/4
// → 1.2764331`,
  starter: `
function smoothedLoss(scores: number[], label: number, epsilon: number): number {
  return yourCode();
}`,
  solution: solution.smoothedLoss,
  tests: [
    {
      title: "smoothedLoss([0, 0], 1, 0.1) is log 2, whatever epsilon",
      async run(smoothedLoss, { random }) {
        await expectLoss(smoothedLoss, [0, 0], 1, 0.1);
        await expectLoss(smoothedLoss, [0, 0], 1, 0.5);
        const score = random.integer(1, 9);
        await expectLoss(smoothedLoss, [score, score], 0, random.integer(1, 9) / 10);
      },
    },
    lossTest("is the plain loss with epsilon 0", [[[2, 1, 0], 0, 0]]),
    lossTest("with three classes", [
      [[2, 1, 0], 0, 0.3],
      [[2, 1, 0], 2, 0.1],
    ]),
    {
      title: "smoothedLoss(scores, label, epsilon) for ten random images",
      async run(smoothedLoss, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const classes = random.integer(2, 6);
          const scores = Array.from({ length: classes }, () => random.integer(-4, 4));
          const label = random.integer(0, classes - 1);
          await expectLoss(smoothedLoss, scores, label, random.integer(1, 9) / 10);
        }
      },
    },
    lossTest("stays finite where scores are large", [[[1000, 0, -1000], 2, 0.1]]),
  ],
  hints: [
    "What is the target of the label, with K classes, and what is that of each other class? Their sum must be 1.",
    "The cross-entropy is the sum over the classes of -target · log(probability). Work with log probabilities directly: score - largest - log(sum of exp(score - largest)).",
    "target of class k: (k === label ? 1 - epsilon : 0) + epsilon / scores.length.",
  ],
  wrongAnswers: [
    {
      says: "Right, but for large scores: exp(1000) is Infinity. Take the largest score away from all of them first, which changes no probability.",
      answer: (scores, label, epsilon) => {
        const logSum = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
        return scores.reduce((loss, score, k) => {
          const target = (k === label ? 1 - epsilon : 0) + epsilon / scores.length;
          return loss - target * (score - logSum);
        }, 0);
      },
    },
    {
      says: "epsilon is ignored: this is the loss of the hard label.",
      answer: (scores, label) => solution.smoothedLoss(scores, label, 0),
    },
    {
      says: "epsilon is spread over the other classes alone, epsilon / (K - 1) each. Over all K, the label included, is how Inception v3 has it.",
      answer: (scores, label, epsilon) =>
        solution.smoothedLoss(scores, label, (epsilon * scores.length) / (scores.length - 1)),
    },
    {
      says: "Your targets add up to more than 1: the label has kept its 1, and the spread comes on top.",
      answer: lossOf((isLabel, epsilon, classes) => (isLabel ? 1 : 0) + epsilon / classes),
    },
    {
      says: "Your targets add up to less than 1: the label has 1 - epsilon, and its own part of the spread is missing.",
      answer: lossOf((isLabel, epsilon, classes) => (isLabel ? 1 - epsilon : epsilon / classes)),
    },
    {
      says: "Each class gets a whole epsilon: it is divided by the number of classes.",
      answer: lossOf((isLabel, epsilon) => (isLabel ? 1 - epsilon : 0) + epsilon),
    },
    {
      says: "You take -log of a smoothed probability. Targets are smoothed, not what the network says: the logarithm stands inside the sum.",
      answer: (scores, label, epsilon) => {
        const p = Math.exp(logProbabilities(scores)[label]);
        return -Math.log((1 - epsilon) * p + epsilon / scores.length);
      },
    },
    {
      says: "The sign is turned: logarithms of probabilities are negative, and a loss is positive.",
      answer: (scores, label, epsilon) => -solution.smoothedLoss(scores, label, epsilon),
    },
    {
      says: "The loss is divided by the number of classes. It is a sum over the classes, weighted by targets that add up to 1.",
      answer: (scores, label, epsilon) =>
        solution.smoothedLoss(scores, label, epsilon) / scores.length,
    },
    {
      says: "Where scores are large this is Infinity or NaN: take the largest away before exp, and never take the logarithm of a probability that has become 0.",
      answer: (scores, label, epsilon) => {
        const powers = scores.map(Math.exp);
        const sum = powers.reduce((total, power) => total + power, 0);
        return powers.reduce((loss, power, k) => {
          const target = (k === label ? 1 - epsilon : 0) + epsilon / scores.length;
          return loss - target * Math.log(power / sum);
        }, 0);
      },
    },
    {
      says: "Your logarithm is to base 2. Losses of networks are in nats: Math.log.",
      answer: (...input) => solution.smoothedLoss(...input) / Math.LN2,
    },
    {
      says: "The logarithm is taken of the scores themselves. First the softmax makes probabilities of them.",
      answer: (scores, label, epsilon) =>
        scores.reduce((loss, score, k) => {
          const target = (k === label ? 1 - epsilon : 0) + epsilon / scores.length;
          return loss - target * Math.log(score);
        }, 0),
    },
    {
      says: "The targets are multiplied by the probabilities, not by their logarithms.",
      answer: (scores, label, epsilon) =>
        logProbabilities(scores).reduce((loss, log, k) => {
          const target = (k === label ? 1 - epsilon : 0) + epsilon / scores.length;
          return loss - target * Math.exp(log);
        }, 0),
    },
    {
      says: "Only the label's part of the sum is there. The other targets, epsilon / K each, have their logarithms too.",
      answer: (scores, label, epsilon) =>
        -(1 - epsilon + epsilon / scores.length) * logProbabilities(scores)[label],
    },
  ],
});

function logProbabilities(scores: number[]): number[] {
  const largest = Math.max(...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - largest), 0);
  return scores.map((score) => score - largest - Math.log(sum));
}

function lossOf(
  target: (isLabel: boolean, epsilon: number, classes: number) => number,
): SmoothedLoss {
  return (scores, label, epsilon) =>
    logProbabilities(scores).reduce(
      (loss, log, k) => loss - target(k === label, epsilon, scores.length) * log,
      0,
    );
}

async function expectLoss(
  answer: (...input: Parameters<SmoothedLoss>) => Promise<number>,
  scores: number[],
  label: number,
  epsilon: number,
): Promise<void> {
  const logits = tensor([scores], undefined, "float64");
  const { loss } = softmaxCrossEntropy(logits, [label], { labelSmoothing: epsilon });
  const of = `smoothedLoss([${scores.join(", ")}], ${label}, ${epsilon})`;
  const got: unknown = await answer(scores, label, epsilon);
  const finite = typeof got !== "number" || Number.isFinite(got);
  expectThat(finite, `${of} is ${String(got)}, expected ${loss.toPrecision(5)}.`);
  expectNumber(got, loss, { of });
}

function lossTest(
  what: string,
  cases: [scores: number[], label: number, epsilon: number][],
): ExerciseTest<SmoothedLoss> {
  const [scores, label, epsilon] = cases[0];
  return {
    title: `smoothedLoss([${scores.join(", ")}], ${label}, ${epsilon}) ${what}`,
    async run(smoothedLoss, { random }) {
      for (const input of cases) await expectLoss(smoothedLoss, ...input);
      const others = scores.map((score) => score + random.integer(1, 6) / 2);
      await expectLoss(smoothedLoss, others, label, epsilon);
    },
  };
}
