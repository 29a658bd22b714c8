import {
  batchNorm,
  conv2d,
  exercise,
  type ExerciseTest,
  expectTensor,
  randomIntegers,
  type Tensor,
  tensor,
} from "convbook";
import { expectParts } from "../../shared/expectParts";
import * as solution from "../solution";

type Fold = typeof solution.foldBatchNorm;
type Norm = Parameters<Fold>[2];

export const foldBatchNorm = exercise({
  id: "10.foldBatchNorm",
  title: "A batch norm folded into its convolution",
  minutes: 10,
  task:
    "Write `foldBatchNorm(filter, bias, norm, epsilon)`: the filter and bias of one convolution that " +
    "gives what the given one and the batch norm after it give together at inference, with the " +
    "`mean` and `variance` of the norm. `filter` is [f, f, cin, cout]; `bias` and all four of the " +
    "norm are [cout].",
  example: `
const filter = tensor([3, 1], [1, 1, 1, 2]); // the layer makes 3x + 1 and x
const norm = {
  gamma: tensor([4, 3]), beta: tensor([7, 0]), mean: tensor([5, 2]), variance: tensor([4, 9]),
};
foldBatchNorm(filter, tensor([1, 0]), norm, 0) // with the norm 6x - 1 and x - 2
// → { filter: [6, 1], bias: [-1, -2] }`,
  starter: `
interface Statistics { gamma: Tensor; beta: Tensor; mean: Tensor; variance: Tensor } // all [cout]
function foldBatchNorm(
  filter: Tensor, bias: Tensor, norm: Statistics, epsilon: number,
): { filter: Tensor; bias: Tensor } {
  const filters = filter.shape[3]; // filter: [f, f, cin, cout]; bias: [cout]
  return yourCode();
}`,
  solution: solution.foldBatchNorm,
  tests: [
    {
      title: "foldBatchNorm([[3]], [1], gamma 2, beta 7, mean 5, variance 4) is [[3]] and 3",
      async run(fold) {
        const norm = {
          gamma: tensor([2]),
          beta: tensor([7]),
          mean: tensor([5]),
          variance: tensor([4]),
        };
        const of = "foldBatchNorm([[3]], [1], {gamma 2, beta 7, mean 5, variance 4}, 0)";
        const got: unknown = await fold(tensor([3], [1, 1, 1, 1]), tensor([1]), norm, 0);
        expectParts<ReturnType<Fold>>(got, of, ["filter", "bias"]);
        expectTensor(got.filter, tensor([3], [1, 1, 1, 1]), { of: `${of}.filter` });
        expectTensor(got.bias, tensor([3]), { of: `${of}.bias` });
      },
    },
    foldTest("filter", "the filter", [3, 3, 2, 3], 0.001),
    foldTest("bias", "the bias", [3, 3, 2, 3], 0.001),
    foldTest("filter", "where epsilon matters", [2, 2, 3, 2], 1),
    foldTest("bias", "where epsilon matters", [2, 2, 3, 2], 1),
    {
      title: "the folded convolution gives what convolution and batchNorm give",
      async run(fold, { random }) {
        const { filter, bias, norm } = layerOf([3, 3, 2, 4], random);
        const x = randomIntegers([2, 5, 5, 2], -3, 3, random);
        const separate = batchNorm(conv2d(x, filter, { bias }), { ...norm, epsilon: 0.5 }).y;
        const got: unknown = await fold(filter, bias, norm, 0.5);
        expectParts<ReturnType<Fold>>(got, "foldBatchNorm(...)", ["filter", "bias"]);
        const together = conv2d(x, got.filter, { bias: got.bias });
        expectTensor(together, separate, { of: "conv2d(x, folded)", tolerance: 1e-3 });
      },
    },
  ],
  hints: [
    "Write both layers for one output channel: gamma · (w·x + b - mean) / √(variance + epsilon) + beta. What multiplies x, and what is left?",
    "With s = gamma / √(variance + epsilon): the weights become s · w, the bias s · (b - mean) + beta. Which axis of the filter belongs to s?",
    "const scale = norm.gamma.map((g, c) => g / Math.sqrt(norm.variance.get(c) + epsilon)); filter.map((w, i) => w * scale.get(i % filters)); bias.map((b, c) => (b - norm.mean.get(c)) * scale.get(c) + norm.beta.get(c)).",
  ],
  wrongAnswers: [
    {
      says: "The bias is as it was. The batch norm moves and scales what the convolution gives, bias and all: s · (bias - mean) + beta.",
      answer: (filter, bias, norm, epsilon) => ({
        ...solution.foldBatchNorm(filter, bias, norm, epsilon),
        bias,
      }),
    },
    {
      says: "The old bias is added unscaled. It goes through the batch norm like the rest: s · (b - mean) + beta.",
      answer: (filter, bias, norm, epsilon) => {
        const right = solution.foldBatchNorm(
          filter,
          bias.map(() => 0),
          norm,
          epsilon,
        );
        return { ...right, bias: right.bias.map((value, c) => value + bias.get(c)) };
      },
    },
    {
      says: "The old bias is lost. It is moved by the mean and scaled: s · (b - mean) + beta.",
      answer: (filter, bias, norm, epsilon) =>
        solution.foldBatchNorm(
          filter,
          bias.map(() => 0),
          norm,
          epsilon,
        ),
    },
    {
      says: "The mean is left out: the batch norm takes it away before it scales.",
      answer: (filter, bias, norm, epsilon) =>
        solution.foldBatchNorm(filter, bias, { ...norm, mean: norm.mean.map(() => 0) }, epsilon),
    },
    {
      says: "The mean is taken away unscaled. It is scaled with the rest: s · (b - mean).",
      answer: (filter, bias, norm, epsilon) => {
        const right = solution.foldBatchNorm(
          filter,
          bias,
          { ...norm, mean: norm.mean.map(() => 0) },
          epsilon,
        );
        return { ...right, bias: right.bias.map((value, c) => value - norm.mean.get(c)) };
      },
    },
    {
      says: "beta is left out.",
      answer: (filter, bias, norm, epsilon) =>
        solution.foldBatchNorm(filter, bias, { ...norm, beta: norm.beta.map(() => 0) }, epsilon),
    },
    {
      says: "beta is scaled too. It is added after the scaling.",
      answer: (filter, bias, norm, epsilon) => {
        const scale = norm.gamma.map((g, c) => g / Math.sqrt(norm.variance.get(c) + epsilon));
        const beta = norm.beta.map((value, c) => value * scale.get(c));
        return solution.foldBatchNorm(filter, bias, { ...norm, beta }, epsilon);
      },
    },
    {
      says: "epsilon is left out of the root.",
      answer: (filter, bias, norm) => solution.foldBatchNorm(filter, bias, norm, 0),
    },
    {
      says: "You divide by the variance. A deviation is its root.",
      answer: (filter, bias, norm, epsilon) => {
        const squared = norm.variance.map((value) => (value + epsilon) ** 2 - epsilon);
        return solution.foldBatchNorm(filter, bias, { ...norm, variance: squared }, epsilon);
      },
    },
    {
      says: "gamma is left out: s = gamma / √(variance + epsilon).",
      answer: (filter, bias, norm, epsilon) =>
        solution.foldBatchNorm(filter, bias, { ...norm, gamma: norm.gamma.map(() => 1) }, epsilon),
    },
    {
      says: "The filter is scaled by input channel. Batch norm acts on the outputs: the last axis.",
      answer: (filter, bias, norm, epsilon) => {
        const right = solution.foldBatchNorm(filter, bias, norm, epsilon);
        const [, , channels, filters] = filter.shape;
        const scale = norm.gamma.map((g, c) => g / Math.sqrt(norm.variance.get(c) + epsilon));
        const scaled = filter.map((weight, i) => {
          const k = Math.floor(i / filters) % channels;
          return weight * scale.get(k % filters);
        });
        return { ...right, filter: scaled };
      },
    },
    {
      says: "The filter is as it was. The scale goes into the weights, or it is lost.",
      answer: (filter, bias, norm, epsilon) => ({
        ...solution.foldBatchNorm(filter, bias, norm, epsilon),
        filter,
      }),
    },
    {
      says: "The mean is added. Batch norm takes it away: s · (b - mean) + beta.",
      answer: (filter, bias, norm, epsilon) =>
        solution.foldBatchNorm(
          filter,
          bias,
          { ...norm, mean: norm.mean.map((value) => -value) },
          epsilon,
        ),
    },
    {
      says: "epsilon stands outside of the root. It is added to the variance, inside.",
      answer: (filter, bias, norm, epsilon) => {
        const outside = norm.variance.map((value) => (Math.sqrt(value) + epsilon) ** 2 - epsilon);
        return solution.foldBatchNorm(filter, bias, { ...norm, variance: outside }, epsilon);
      },
    },
    {
      says: "You multiply by the deviation. Batch norm divides by it: s = gamma / √(variance + epsilon).",
      answer: (filter, bias, norm, epsilon) => {
        const inverse = norm.variance.map((value) => 1 / (value + epsilon) - epsilon);
        return solution.foldBatchNorm(filter, bias, { ...norm, variance: inverse }, epsilon);
      },
    },
  ],
});

function layerOf(
  shape: number[],
  random: Parameters<typeof randomIntegers>[3],
): { filter: Tensor; bias: Tensor; norm: Norm } {
  const vector = (low: number, high: number): Tensor =>
    randomIntegers([shape[3]], low, high, random);
  const gamma = vector(2, 3).map((g, c) => g + c); // no two alike
  const norm = { gamma, beta: vector(1, 9), mean: vector(1, 9), variance: vector(2, 9) };
  return { filter: randomIntegers(shape, 1, 5, random), bias: vector(1, 9), norm };
}

function foldTest(
  part: "filter" | "bias",
  what: string,
  shape: number[],
  epsilon: number,
): ExerciseTest<Fold> {
  return {
    title: `foldBatchNorm(filter, bias, norm, ${epsilon}).${part}, ${what}`,
    async run(fold, { random }) {
      const { filter, bias, norm } = layerOf(shape, random);
      const of = `foldBatchNorm(filter, bias, norm, ${epsilon})`;
      const got: unknown = await fold(filter, bias, norm, epsilon);
      expectParts<ReturnType<Fold>>(got, of, ["filter", "bias"]);
      const expected = solution.foldBatchNorm(filter, bias, norm, epsilon);
      expectTensor(got[part], expected[part], { of: `${of}.${part}` });
    },
  };
}
