import {
  batchNormBackward,
  exercise,
  type ExerciseTest,
  expectTensor,
  full,
  randomIntegers,
  type Tensor,
  tensor,
  zip,
  concat,
} from "convbook";
import { expectParts } from "../../shared/expectParts";
import * as solution from "../solution";

type NormaliseBackward = typeof solution.normaliseBackward;

export const normaliseBackward = exercise({
  id: "10.normaliseBackward",
  title: "Batch normalisation backward",
  minutes: 20,
  task:
    "Write `normaliseBackward(dy, x, gamma, epsilon)`: the gradients `dx`, `dGamma` and `dBeta` of " +
    "`normaliseBatch`, from the gradient `dy` to its output. `dx` and `dy` are [m, h, w, c] as x is, " +
    "`dGamma` and `dBeta` [c].",
  example: `
const x = tensor([1, 3, 1, 3], [1, 2, 2, 1]); // one channel: mean 2, variance 1
const dy = tensor([1, 0, 0, 0], [1, 2, 2, 1]); // only the first output counts
normaliseBackward(dy, x, tensor([10]), 0) // yet it depends on two inputs
// → { dx: [[5, 0], [-5, 0]], dGamma: -1, dBeta: 1 }`,
  starter: `
function normaliseBackward(
  dy: Tensor, x: Tensor, gamma: Tensor, epsilon: number,
): { dx: Tensor; dGamma: Tensor; dBeta: Tensor } {
  const channels = x.shape[3]; // x, dy and dx: [m, h, w, c]; gamma, dGamma and dBeta: [c]
  return yourCode();
}`,
  solution: solution.normaliseBackward,
  tests: [
    {
      title: "normaliseBackward([1, 5], [1, 3], [1], ~0): dGamma 4, dBeta 6",
      async run(answer) {
        const [dy, x] = [tensor([1, 5], [1, 1, 2, 1]), tensor([1, 3], [1, 1, 2, 1])];
        const of = "normaliseBackward([1, 5], [1, 3], [1], 1e-9)";
        const got: unknown = await answer(dy, x, tensor([1]), 1e-9);
        expectParts<ReturnType<NormaliseBackward>>(got, of, ["dx", "dGamma", "dBeta"]);
        expectTensor(got.dGamma, tensor([4]), { of: `${of}.dGamma` });
        expectTensor(got.dBeta, tensor([6]), { of: `${of}.dBeta` });
      },
    },
    backwardTest("dBeta", [2, 2, 3, 2]),
    backwardTest("dGamma", [2, 2, 3, 2]),
    backwardTest("dx", [1, 2, 3, 1]),
    backwardTest("dx", [2, 3, 2, 3]),
    {
      title: "normaliseBackward(ones, x, gamma, epsilon).dx is 0: a common push moves nothing",
      async run(answer, { random }) {
        const x = randomIntegers([2, 2, 2, 2], -9, 9, random);
        x.set(12, 0, 0, 0, 0);
        const got: unknown = await answer(full(x.shape, 1), x, tensor([2, 3]), 0.01);
        const of = "normaliseBackward(ones, x, [2, 3], 0.01)";
        expectParts<ReturnType<NormaliseBackward>>(got, of, ["dx"]);
        expectTensor(got.dx, full(x.shape, 0), { of: `${of}.dx`, tolerance: 1e-4 });
      },
    },
  ],
  hints: [
    "One channel at a time, with its normalised values n. y = gamma · n + beta: what are dGamma and dBeta?",
    "Mean and deviation move with x, so two things are taken out of dy: its mean, and its part along n, which is n times the mean of dy · n. Both means are over the channel. What stands in front?",
    "For each channel: dGamma = sum of dy · n, dBeta = sum of dy; dx = gamma / √(variance + epsilon) · (dy - mean(dy) - n · mean(dy · n)).",
  ],
  wrongAnswers: [
    {
      says: "epsilon is left out: the deviation is √(variance + epsilon), as in the forward pass.",
      answer: (dy, x, gamma) => solution.normaliseBackward(dy, x, gamma, 0),
    },
    {
      says: "gamma is in dGamma. What gamma multiplies are the normalised values alone: the sum of dy · n.",
      answer: (dy, x, gamma, epsilon) => {
        const right = solution.normaliseBackward(dy, x, gamma, epsilon);
        return { ...right, dGamma: zip(right.dGamma, gamma, (slope, g) => slope * g) };
      },
    },
    {
      says: "Each image is taken by itself. Mean and variance were those of the whole batch, and so are the two means that are taken off.",
      answer: (dy, x, gamma, epsilon) => {
        const images = Array.from({ length: x.shape[0] }, (_, m) =>
          solution.normaliseBackward(dy.image(m), x.image(m), gamma, epsilon),
        );
        const right = solution.normaliseBackward(dy, x, gamma, epsilon);
        return { ...right, dx: concat(images.map(({ dx }) => dx)) };
      },
    },
    {
      says: "dx treats mean and variance as constants: gamma / deviation · dy. That is right at inference; in training they move with x, and two terms are taken off.",
      answer: bracketed((dy) => dy),
    },
    {
      says: "The term for the mean is there, that for the variance is missing: n · mean(dy · n).",
      answer: bracketed((dy, meanDy) => dy - meanDy),
    },
    {
      says: "The term for the variance is there, that for the mean is missing: mean(dy).",
      answer: bracketed((dy, _, n, along) => dy - n * along),
    },
    {
      says: "The term n · mean(dy · n) is added. It is taken off, like the mean.",
      answer: bracketed((dy, meanDy, n, along) => dy - meanDy + n * along),
    },
    {
      says: "The last term lacks its n: it is different at every pixel, n · mean(dy · n).",
      answer: bracketed((dy, meanDy, _, along) => dy - meanDy - along),
    },
    {
      says: "gamma is missing in dx: y is gamma times as steep as the normalised values.",
      answer: (dy, x, gamma, epsilon) => ({
        ...solution.normaliseBackward(dy, x, gamma, epsilon),
        dx: solution.normaliseBackward(
          dy,
          x,
          gamma.map(() => 1),
          epsilon,
        ).dx,
      }),
    },
    {
      says: "dGamma is the sum of dy · x. What gamma multiplies are the normalised values.",
      answer: (dy, x, gamma, epsilon) => ({
        ...solution.normaliseBackward(dy, x, gamma, epsilon),
        dGamma: gamma.map((_, c) =>
          zip(dy, x, (slope, v) => slope * v)
            .channel(c)
            .sum(),
        ),
      }),
    },
    {
      says: "dGamma and dBeta are means. Every pixel's slope arrives: they are sums.",
      answer: (dy, x, gamma, epsilon) => {
        const right = solution.normaliseBackward(dy, x, gamma, epsilon);
        const n = x.size / x.shape[3];
        return {
          dx: right.dx,
          dGamma: right.dGamma.map((v) => v / n),
          dBeta: right.dBeta.map((v) => v / n),
        };
      },
    },
    {
      says: "dGamma and dBeta have changed places.",
      answer: (dy, x, gamma, epsilon) => {
        const { dx, dGamma, dBeta } = solution.normaliseBackward(dy, x, gamma, epsilon);
        return { dx, dGamma: dBeta, dBeta: dGamma };
      },
    },
    {
      says: "Sums are taken off where means belong: the mean of dy, and n times the mean of dy · n.",
      answer: (dy, x, gamma, epsilon) => {
        const count = x.size / x.shape[3];
        return bracketed((slope, meanDy, n, along) => slope - count * meanDy - n * count * along)(
          dy,
          x,
          gamma,
          epsilon,
        );
      },
    },
    {
      says: "dx is not divided by the deviation: the normalised values move 1 / deviation as far as x.",
      answer: (dy, x, gamma, epsilon) => {
        const right = solution.normaliseBackward(dy, x, gamma, epsilon);
        const channels = x.shape[3];
        const deviations = Array.from({ length: channels }, (_, c) => {
          const values = x.channel(c);
          const mean = values.mean();
          return Math.sqrt(values.map((v) => (v - mean) ** 2).mean() + epsilon);
        });
        return { ...right, dx: right.dx.map((slope, i) => slope * deviations[i % channels]) };
      },
    },
  ],
});

/** The backward pass with another inner bracket for dx. */
function bracketed(
  bracket: (dy: number, meanDy: number, n: number, along: number) => number,
): NormaliseBackward {
  return (dy, x, gamma, epsilon) => {
    const right = solution.normaliseBackward(dy, x, gamma, epsilon);
    const channels = x.shape[3];
    const parts = Array.from({ length: channels }, (_, c) => {
      const mean = x.channel(c).mean();
      const variance = x
        .channel(c)
        .map((v) => (v - mean) ** 2)
        .mean();
      const by = Math.sqrt(variance + epsilon);
      const n = x.channel(c).map((v) => (v - mean) / by);
      const along = zip(dy.channel(c), n, (p, q) => p * q).mean();
      return { mean, by, along, meanDy: dy.channel(c).mean() };
    });
    const dx = dy.map((slope, i) => {
      const { mean, by, along, meanDy } = parts[i % channels];
      const n = (x.data[i] - mean) / by;
      return (gamma.get(i % channels) / by) * bracket(slope, meanDy, n, along);
    });
    return { ...right, dx };
  };
}

function backwardTest(
  part: "dx" | "dGamma" | "dBeta",
  shape: number[],
): ExerciseTest<NormaliseBackward> {
  return {
    title: `normaliseBackward(dy, x, gamma, 0.5).${part}, x of [${shape.join(", ")}]`,
    async run(answer, { random }) {
      const [x, dy] = [1, 2].map(() => randomIntegers(shape, -6, 6, random));
      x.set(12, 0, 0, 0, 0);
      dy.set(9, 0, 0, 0, 0);
      const gamma: Tensor = randomIntegers([shape[3]], 2, 5, random);
      const expected = batchNormBackward(dy, x, { gamma, epsilon: 0.5 });
      const got: unknown = await answer(dy, x, gamma, 0.5);
      const of = "normaliseBackward(dy, x, gamma, 0.5)";
      expectParts<ReturnType<NormaliseBackward>>(got, of, ["dx", "dGamma", "dBeta"]);
      expectTensor(got[part], expected[part], { of: `${of}.${part}`, tolerance: 1e-4 });
    },
  };
}
