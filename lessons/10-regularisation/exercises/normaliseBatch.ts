import {
  batchNorm,
  exercise,
  type ExerciseTest,
  expectTensor,
  randomIntegers,
  type Tensor,
  tensor,
} from "convbook";
import * as solution from "../solution";

type NormaliseBatch = typeof solution.normaliseBatch;

export const normaliseBatch = exercise({
  id: "10.normaliseBatch",
  title: "Batch normalisation forward",
  minutes: 10,
  task:
    "Write `normaliseBatch(x, gamma, beta, epsilon)`: each channel of a batch, [m, h, w, c], gets " +
    "mean 0 and variance 1 over all images and pixels; then it is multiplied by its gamma and its " +
    "beta is added. The variance divides by the number of values, and `epsilon` is added to it before" +
    " the root is taken.",
  example: `
const x = tensor([1, 0, 3, 4], [2, 1, 1, 2]); // two images of one pixel: channels 1, 3 and 0, 4
normaliseBatch(x, tensor([10, 1]), tensor([5, 0]), 0)
// → [[-5, -1],
//    [15, 1]]`,
  starter: `
function normaliseBatch(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number): Tensor {
  const channels = x.shape[3]; // x: [m, h, w, c]; gamma and beta: [c]
  return yourCode();
}`,
  solution: solution.normaliseBatch,
  tests: [
    {
      title: "normaliseBatch of the two values 1 and 3, gamma 10, beta 5, epsilon 0, is -5 and 15",
      async run(normaliseBatch) {
        const x = tensor([1, 3], [1, 1, 2, 1]);
        const y = await normaliseBatch(x, tensor([10]), tensor([5]), 0);
        expectTensor(y, tensor([-5, 15], [1, 1, 2, 1]), {
          of: "normaliseBatch([1, 3], [10], [5], 0)",
        });
      },
    },
    normTest("has mean 0 and variance 1 with gamma 1 and beta 0", [1, 3, 3, 1], 0.001, true),
    normTest("over the whole batch, not image by image", [3, 2, 2, 1], 0.001),
    normTest("channel by channel", [2, 3, 2, 3], 0.001),
    normTest("with a large epsilon", [2, 2, 2, 2], 4),
  ],
  hints: [
    "Which values share a mean? One channel of all images and all pixels: x.channel(c) has exactly these.",
    "x.channel(c).mean() is the mean; the variance is the mean of the squared distances from it. Where does epsilon go, inside the root or outside?",
    "With mean[c] and variance[c]: x.map((value, i) => { const c = i % channels; return gamma.get(c) * (value - mean[c]) / Math.sqrt(variance[c] + epsilon) + beta.get(c); }).",
  ],
  wrongAnswers: [
    {
      says: "Each image has its own mean and variance. That is instance normalisation; the batch's are shared by all images.",
      answer: (x, gamma, beta, epsilon) => perImage(x, gamma, beta, epsilon),
    },
    {
      says: "All channels share one mean and variance. Each channel holds another feature and has its own.",
      answer: (x, gamma, beta, epsilon) => {
        const channels = x.shape[3];
        const mean = x.mean();
        const variance = x.map((value) => (value - mean) ** 2).mean();
        return x.map((value, i) => {
          const normalised = (value - mean) / Math.sqrt(variance + epsilon);
          return gamma.get(i % channels) * normalised + beta.get(i % channels);
        });
      },
    },
    {
      says: "The variance divides by one less than the number of values. Batch norm normalises by the plain mean of the squares (only the running average that PyTorch keeps divides by n - 1).",
      answer: withDeviation((variance, epsilon, n) =>
        Math.sqrt((variance * n) / (n - 1) + epsilon),
      ),
    },
    {
      says: "epsilon stands outside of the root. It is added to the variance, inside.",
      answer: withDeviation((variance, epsilon) => Math.sqrt(variance) + epsilon),
    },
    {
      says: "epsilon is left out: a channel that is constant would be divided by 0.",
      answer: withDeviation((variance) => Math.sqrt(variance)),
    },
    {
      says: "You divide by the variance. A deviation is its root.",
      answer: withDeviation((variance, epsilon) => variance + epsilon),
    },
    {
      says: "gamma and beta are left out: the channels are scaled and moved after they are normalised.",
      answer: (x, gamma, beta, epsilon) =>
        solution.normaliseBatch(
          x,
          gamma.map(() => 1),
          beta.map(() => 0),
          epsilon,
        ),
    },
    {
      says: "beta is left out.",
      answer: (x, gamma, beta, epsilon) =>
        solution.normaliseBatch(
          x,
          gamma,
          beta.map(() => 0),
          epsilon,
        ),
    },
    {
      says: "beta is added before gamma multiplies. First the scale, then the shift: gamma · normalised + beta.",
      answer: (x, gamma, beta, epsilon) =>
        solution.normaliseBatch(
          x,
          gamma,
          beta.map((b, c) => b * gamma.get(c)),
          epsilon,
        ),
    },
    {
      says: "gamma is left out: each channel is scaled after it is normalised.",
      answer: (x, gamma, beta, epsilon) =>
        solution.normaliseBatch(
          x,
          gamma.map(() => 1),
          beta,
          epsilon,
        ),
    },
    {
      says: "gamma and beta have changed places: gamma scales, beta is added.",
      answer: (x, gamma, beta, epsilon) => solution.normaliseBatch(x, beta, gamma, epsilon),
    },
    {
      says: "The mean is not taken away from the values, only out of the variance. Both: (x - mean) / deviation.",
      answer: (x, gamma, beta, epsilon) => {
        const channels = x.shape[3];
        const parts = Array.from({ length: channels }, (_, c) => {
          const values = x.channel(c);
          const mean = values.mean();
          const variance = values.map((value) => (value - mean) ** 2).mean();
          return gamma.get(c) / Math.sqrt(variance + epsilon);
        });
        return x.map((value, i) => value * parts[i % channels] + beta.get(i % channels));
      },
    },
    {
      says: "The mean is taken over the channels of each pixel. It is over the whole batch and all pixels, for each channel by itself.",
      answer: (x, gamma, beta, epsilon) => {
        const channels = x.shape[3];
        return x.map((value, i) => {
          const begin = i - (i % channels);
          const pixel = Array.from(x.data.subarray(begin, begin + channels));
          return standardised(value, pixel, epsilon) * gamma.get(i - begin) + beta.get(i - begin);
        });
      },
    },
    {
      says: "Each pixel has its own mean, over the batch. All pixels of a channel share one: a filter is the same everywhere.",
      answer: (x, gamma, beta, epsilon) => {
        const [m, , , channels] = x.shape;
        const size = x.size / m;
        return x.map((value, i) => {
          const alike = Array.from({ length: m }, (_, image) => x.data[image * size + (i % size)]);
          const c = i % channels;
          return standardised(value, alike, epsilon) * gamma.get(c) + beta.get(c);
        });
      },
    },
  ],
});

function withDeviation(
  deviation: (variance: number, epsilon: number, n: number) => number,
): NormaliseBatch {
  return (x, gamma, beta, epsilon) => {
    const channels = x.shape[3];
    const parts = Array.from({ length: channels }, (_, c) => {
      const values = x.channel(c);
      const mean = values.mean();
      const variance = values.map((value) => (value - mean) ** 2).mean();
      return { mean, by: deviation(variance, epsilon, values.size) };
    });
    return x.map((value, i) => {
      const { mean, by } = parts[i % channels];
      return (gamma.get(i % channels) * (value - mean)) / by + beta.get(i % channels);
    });
  };
}

function perImage(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number): Tensor {
  const size = x.size / x.shape[0];
  const images = Array.from({ length: x.shape[0] }, (_, m) =>
    solution.normaliseBatch(x.image(m), gamma, beta, epsilon),
  );
  return x.map((_, i) => images[Math.floor(i / size)].data[i % size]);
}

function normTest(
  what: string,
  shape: number[],
  epsilon: number,
  plain = false,
): ExerciseTest<NormaliseBatch> {
  return {
    title: `normaliseBatch(x, gamma, beta, ${epsilon}), x of [${shape.join(", ")}], ${what}`,
    async run(normaliseBatch, { random }) {
      const x = randomIntegers(shape, -9, 9, random);
      x.set(12, 0, 0, 0, 0); // whatever is drawn, no channel is constant
      const vector = (low: number, high: number): Tensor =>
        randomIntegers([shape[3]], low, high, random);
      const gamma = plain ? vector(1, 1) : vector(2, 5);
      const beta = plain ? vector(0, 0) : vector(1, 9);
      const { y } = batchNorm(x, { gamma, beta, epsilon });
      expectTensor(await normaliseBatch(x, gamma, beta, epsilon), y, {
        of: `normaliseBatch(x, gamma, beta, ${epsilon})`,
        tolerance: 1e-4,
      });
    },
  };
}

/** A value less the mean of some others, over their deviation. */
function standardised(value: number, among: readonly number[], epsilon: number): number {
  const mean = among.reduce((sum, other) => sum + other, 0) / among.length;
  const variance = among.reduce((sum, other) => sum + (other - mean) ** 2, 0) / among.length;
  return (value - mean) / Math.sqrt(variance + epsilon);
}
