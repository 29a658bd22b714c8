import {
  exercise,
  type ExerciseTest,
  expectTensor,
  fromFunction,
  randomIntegers,
  type Tensor,
  tensor,
  zeros,
} from "convbook";
import * as solution from "../solution";

type TrainClassifier = typeof solution.trainClassifier;

/** The five bugs of the loop: how each is called beside others, and what is said of it when it is the last. */
const BUGS = {
  uphill: ["which way the weights go", "the weights go uphill."],
  accumulates: [
    "slopes that are never forgotten",
    "the slopes of all steps before are still in the sum. They have to be 0 again before each batch (PyTorch's zero_grad).",
  ],
  labelsOfTheFirstBatch: [
    "whose label it is",
    "every batch is given the labels of the first. The image is begin + i; and its label?",
  ],
  dropsTheRest: [
    "examples that do not fill a batch",
    "examples that do not fill a batch are never seen. The last batch may be smaller.",
  ],
  overflows: [
    "Math.exp of large scores",
    "large scores overflow. Take the largest of the row away before Math.exp.",
  ],
} as const;

type Bug = keyof typeof BUGS;

/** What an answer may do that the starter does not. */
interface OtherMistakes {
  /** What the slopes of a batch are divided by, if not by its size. */
  divisor?: "batchSize" | "nothing";
  forgetsExamples?: boolean;
}

export const trainClassifier = exercise({
  id: "09.trainClassifier",
  title: "Five bugs in a training loop",
  minutes: 15,
  task:
    "Find and mend the five bugs of `trainClassifier(x, labels, classes, options)`. It trains a " +
    "linear classifier, whose scores are x · weights: weights of zeros at first, softmax with cross-" +
    "entropy, and a step of plain gradient descent on the mean loss of each batch. The batches, of " +
    "`batchSize` rows of `x` [count, inputs], come in order; the last may be smaller. It gives the " +
    "weights, [inputs, classes].",
  example: `
const x = tensor([[1, 0, 3], [0, 2, 0]]); // two examples of three inputs, in one batch
trainClassifier(x, [0, 1], 2, { epochs: 1, batchSize: 2, rate: 1 })
// → [[0.25, -0.25],
//    [-0.5, 0.5],
//    [0.75, -0.75]]`,
  starter: `
function trainClassifier(
  x: Tensor, labels: number[], classes: number,
  options: { epochs: number; batchSize: number; rate: number },
): Tensor {
  if (classes > 0) yourCode(); // take this line out when you have found the five bugs
  const [count, inputs] = x.shape;
  const { epochs, batchSize, rate } = options;
  const weights = zeros([inputs, classes]);
  const slopes = zeros([inputs, classes]);
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let begin = 0; begin + batchSize <= count; begin += batchSize) {
      const size = Math.min(batchSize, count - begin);
      for (let i = 0; i < size; i++) {
        const scores = Array.from({ length: classes }, () => 0);
        for (let k = 0; k < classes; k++)
          for (let n = 0; n < inputs; n++) scores[k] += x.get(begin + i, n) * weights.get(n, k);
        const powers = scores.map((score) => Math.exp(score));
        const sum = powers.reduce((total, power) => total + power, 0);
        for (let k = 0; k < classes; k++) {
          const target = labels[i] === k ? 1 : 0;
          const slope = (powers[k] / sum - target) / size;
          for (let n = 0; n < inputs; n++)
            slopes.set(slopes.get(n, k) + slope * x.get(begin + i, n), n, k);
        }
      }
      for (let n = 0; n < inputs; n++)
        for (let k = 0; k < classes; k++)
          weights.set(weights.get(n, k) + rate * slopes.get(n, k), n, k);
    }
  return weights;
}`,
  solution: solution.trainClassifier,
  tests: [
    {
      title: "trainClassifier(x, labels, 2, one step on one batch) goes downhill",
      async run(trainClassifier) {
        const x = tensor([
          [1, 0],
          [0, 2],
        ]);
        const options = { epochs: 1, batchSize: 2, rate: 1 };
        const expected = tensor([
          [0.25, -0.25],
          [-0.5, 0.5],
        ]);
        expectTensor(await trainClassifier(x, [0, 1], 2, options), expected, {
          of: "trainClassifier([[1, 0], [0, 2]], [0, 1], 2, { epochs: 1, batchSize: 2, rate: 1 })",
        });
      },
    },
    loopTest("several epochs of one batch", { count: 4, epochs: 3, batchSize: 4 }),
    loopTest("two batches", { count: 6, epochs: 1, batchSize: 3 }),
    loopTest("a last batch that is smaller", { count: 7, epochs: 1, batchSize: 3 }),
    loopTest("fewer examples than a batch", { count: 1, epochs: 2, batchSize: 8 }),
    loopTest("inputs in the thousands", { count: 4, epochs: 2, batchSize: 2, scale: 1000 }),
  ],
  hints: [
    "Print the loss of a first step. Does it fall? Then follow one batch by hand: what stands in slopes when the second batch begins?",
    "Ask five questions: in which direction do the weights go; when are the slopes forgotten; whose label is labels[i] in the second batch; what becomes of the examples that do not fill a batch; and what is Math.exp(5000)?",
    "The sign of the last line; slopes made anew inside the loop over batches; labels[begin + i]; begin < count; and the largest score taken away before Math.exp.",
  ],
  wrongAnswers: [
    ...everySubset(Object.keys(BUGS) as Bug[]).map((bugs) => ({
      says: saidOf(bugs),
      answer: loopWith(bugs),
    })),
    {
      says: "The slopes of a smaller batch are divided by batchSize. They are a mean over the examples that are there: size.",
      answer: loopWith([], { divisor: "batchSize" }),
    },
    {
      says: "The slopes of a batch are added up and not divided: a larger batch makes longer steps. They are a mean over its examples: divide by size.",
      answer: loopWith([], { divisor: "nothing" }),
    },
    {
      says: "The slopes begin at 0 again with each example, so that only the last of a batch counts. They begin anew with each batch.",
      answer: loopWith([], { forgetsExamples: true }),
    },
  ],
});

/** All ways to choose one or more, the longest first. */
function everySubset(bugs: readonly Bug[]): Bug[][] {
  const subsets = Array.from({ length: 2 ** bugs.length - 1 }, (_, bits) =>
    bugs.filter((_, i) => ((bits + 1) >> i) & 1),
  );
  return subsets.sort((a, b) => b.length - a.length);
}

function saidOf(bugs: readonly Bug[]): string {
  const [names, last] = [bugs.map((bug) => BUGS[bug][0]), BUGS[bugs[0]][1]];
  if (bugs.length === 1) return `One bug is left: ${last}`;
  if (bugs.length === Object.keys(BUGS).length)
    return "All five bugs are still in. Start with the first test, on which one step can be followed by hand: which way do the weights go?";
  const count = ["Two", "Three", "Four"][bugs.length - 2];
  return `${count} bugs are left. They have to do with ${names.slice(0, -1).join(", ")} and ${names.at(-1)}.`;
}

function loopWith(bugs: readonly Bug[], others: OtherMistakes = {}): TrainClassifier {
  return (x, labels, classes, options) =>
    loop(x, labels, classes, options, (bug) => bugs.includes(bug), others);
}

/** The loop of the starter, with these bugs. */
function loop(
  x: Tensor,
  labels: number[],
  classes: number,
  { epochs, batchSize, rate }: Parameters<TrainClassifier>[3],
  has: (bug: Bug) => boolean,
  { divisor, forgetsExamples }: OtherMistakes,
): Tensor {
  const [count, inputs] = x.shape;
  const weights = new Float64Array(inputs * classes);
  let slopes = new Float64Array(inputs * classes);
  const end = has("dropsTheRest") ? count - batchSize + 1 : count;
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let begin = 0; begin < end; begin += batchSize) {
      const size = Math.min(batchSize, count - begin);
      if (!has("accumulates")) slopes = new Float64Array(inputs * classes);
      const parts = divisor === "nothing" ? 1 : divisor === "batchSize" ? batchSize : size;
      for (let i = 0; i < size; i++) {
        if (forgetsExamples) slopes.fill(0);
        const scores = Array.from({ length: classes }, (_, k) => {
          let score = 0;
          for (let n = 0; n < inputs; n++)
            score += x.get(begin + i, n) * Math.fround(weights[n * classes + k]);
          return score;
        });
        const shift = has("overflows") ? 0 : Math.max(...scores);
        const powers = scores.map((score) => Math.exp(score - shift));
        const sum = powers.reduce((total, power) => total + power, 0);
        const label = labels[has("labelsOfTheFirstBatch") ? i : begin + i];
        powers.forEach((power, k) => {
          const slope = (power / sum - (label === k ? 1 : 0)) / parts;
          for (let n = 0; n < inputs; n++) slopes[n * classes + k] += slope * x.get(begin + i, n);
        });
      }
      slopes.forEach((slope, i) => {
        weights[i] += (has("uphill") ? rate : -rate) * slope;
      });
    }
  const result = zeros([inputs, classes]);
  result.data.set(weights);
  return result;
}

function loopTest(
  what: string,
  given: { count: number; epochs: number; batchSize: number; scale?: number },
): ExerciseTest<TrainClassifier> {
  const { count, epochs, batchSize, scale = 1 } = given;
  return {
    title: `trainClassifier(x, labels, 3, { epochs: ${epochs}, batchSize: ${batchSize}, rate: 0.5 }), ${count} examples: ${what}`,
    async run(trainClassifier, { random }) {
      const small = randomIntegers([count, 2], 1, 4, random);
      const x = fromFunction([count, 2], (i, n) => small.get(i, n) * scale);
      const first = random.integer(0, 2);
      const labels = Array.from({ length: count }, (_, i) => (first + 2 * i + (i >> 1)) % 3);
      const options = { epochs, batchSize, rate: 0.5 };
      const expected = solution.trainClassifier(x, labels, 3, options);
      expectTensor(await trainClassifier(x, labels, 3, options), expected, {
        of: `trainClassifier(x, [${labels.join(", ")}], 3, options)`,
        tolerance: 1e-4,
      });
    },
  };
}
