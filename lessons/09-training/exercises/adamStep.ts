import {
  exercise,
  expectNumber,
  expectTensor,
  randomNormal,
  type Tensor,
  tensor,
  zeros,
  zip,
} from "convbook";
import * as solution from "../solution";
import { expectParts } from "../../shared/expectParts";

type AdamStep = typeof solution.adamStep;
type Memory = Parameters<AdamStep>[2];

/** Adam's parts, so that one at a time can be got wrong. */
interface AdamParts {
  mean(m: number, g: number): number;
  square(s: number, g: number): number;
  /** What the averages are divided by, since they began at 0. */
  meanCorrection(steps: number): number;
  squareCorrection(steps: number): number;
  move(rate: number, mean: number, square: number): number;
}

const RIGHT: AdamParts = {
  mean: (m, g) => 0.9 * m + 0.1 * g,
  square: (s, g) => 0.999 * s + 0.001 * g * g,
  meanCorrection: (steps) => 1 - 0.9 ** steps,
  squareCorrection: (steps) => 1 - 0.999 ** steps,
  move: (rate, mean, square) => -(rate * mean) / (Math.sqrt(square) + 1e-8),
};

export const adamStep = exercise({
  id: "09.adamStep",
  title: "A step of Adam",
  minutes: 12,
  task:
    "Write `adamStep(weight, gradient, memory, rate)`: the running means keep 0.9 of `mean` and 0.999" +
    " of `square` and take the rest from the gradient and from its square. For the step each is " +
    "divided by the fraction that gradients have had in it so far, so that equal gradients give just " +
    "that gradient. The weight moves against mean / (root of square + 1e-8), times `rate`. The means " +
    "are kept undivided, in new tensors.",
  example: `
const memory = { mean: zeros([2]), square: zeros([2]), steps: 0 };
adamStep(tensor([1, 2]), tensor([5, -3]), memory, 0.1) // the first step is as long as the rate
// → { weight: [0.9, 2.1], memory: { mean: [0.5, -0.3], square: [0.025, 0.009], steps: 1 } }`,
  starter: `
interface AdamMemory { mean: Tensor; square: Tensor; steps: number }
function adamStep(
  weight: Tensor, gradient: Tensor, memory: AdamMemory, rate: number,
): { weight: Tensor; memory: AdamMemory } {
  // memory.steps: how many steps were taken BEFORE this one. mean and square begin as zeros.
  return yourCode();
}`,
  solution: solution.adamStep,
  tests: [
    {
      title:
        "adamStep([1], [5], nothing yet, 0.1) moves the weight to 0.9, and one of 1e-8 half as far",
      async run(adamStep) {
        for (const slope of [5, -0.002, 1e-8]) {
          const memory = { mean: zeros([1]), square: zeros([1]), steps: 0 };
          await expectStep(adamStep, tensor([1]), tensor([slope]), memory, 0.1, 1e-4);
        }
      },
    },
    {
      title: "adamStep(w, g, memory, 0.1).memory keeps averages and counts its steps",
      async run(adamStep, { random }) {
        const [weight, gradient, mean] = [1, 2, 3].map(() => randomNormal([4], random));
        const memory = { mean, square: randomNormal([4], random).map(Math.abs), steps: 3 };
        const { memory: expected } = solution.adamStep(weight, gradient, memory, 0.1);
        const got: unknown = await adamStep(weight, gradient, memory, 0.1);
        expectParts<ReturnType<AdamStep>>(got, "adamStep(w, g, memory, 0.1)", ["weight", "memory"]);
        expectMemory(got.memory, expected);
      },
    },
    {
      title: "adamStep(w, g, memory, rate).weight after three steps before",
      async run(adamStep, { random }) {
        const [weight, gradient, mean] = [1, 2, 3].map(() => randomNormal([2, 2], random));
        const memory = { mean, square: randomNormal([2, 2], random).map(Math.abs), steps: 3 };
        await expectStep(adamStep, weight, gradient, memory, random.uniform(0.1, 0.5));
      },
    },
    {
      title: "adamStep(w, g, memory, rate) five times in a row, each with the memory of the last",
      async run(adamStep, { random }) {
        const start = randomNormal([3], random);
        const gradients = Array.from({ length: 5 }, () => randomNormal([3], random));
        let [mine, theirs] = [0, 1].map(() => ({
          weight: start,
          memory: { mean: zeros([3]), square: zeros([3]), steps: 0 },
        }));
        for (const gradient of gradients) {
          mine = solution.adamStep(mine.weight, gradient, mine.memory, 0.5);
          const got: unknown = await adamStep(theirs.weight, gradient, theirs.memory, 0.5);
          expectParts<ReturnType<AdamStep>>(got, "adamStep(...)", ["weight", "memory"]);
          theirs = got;
        }
        expectTensor(theirs.weight, mine.weight, { of: "the weight after five steps" });
      },
    },
    {
      title: "adamStep(w, zeros, memory, 0.1) stays where it is when nothing ever moved it",
      async run(adamStep, { random }) {
        const weight = randomNormal([2], random);
        const memory = { mean: zeros([2]), square: zeros([2]), steps: 7 };
        await expectStep(adamStep, weight, zeros([2]), memory, 0.1);
      },
    },
  ],
  hints: [
    "Two running averages: of the slopes, and of their squares. What do they hold after the first step, when they began at 0: the slope, or a tenth of it?",
    "Divide each by the fraction of it that is not the 0 of the beginning: 1 - 0.9 ** steps and 1 - 0.999 ** steps, with this step counted. Then the weight moves by rate · mean / (√square + 1e-8).",
    "const steps = memory.steps + 1; mean = zip(memory.mean, gradient, (m, g) => 0.9 * m + 0.1 * g); square likewise with g * g; then weight.map((w, i) => w - rate * (mean.data[i] / (1 - 0.9 ** steps)) / (Math.sqrt(square.data[i] / (1 - 0.999 ** steps)) + 1e-8)).",
  ],
  wrongAnswers: [
    {
      says: "The corrected averages come back as the memory, so that the next step corrects them twice. Keep the plain ones.",
      answer: (weight, gradient, memory, rate) => {
        const step = solution.adamStep(weight, gradient, memory, rate);
        const { mean, square, steps } = step.memory;
        const corrected = {
          mean: mean.map((m) => m / (1 - 0.9 ** steps)),
          square: square.map((s) => s / (1 - 0.999 ** steps)),
          steps,
        };
        return { ...step, memory: corrected };
      },
    },
    {
      says: "1e-8 stands inside the root, where it is 0.0001 to the smallest slopes. It is added to the root.",
      answer: (weight, gradient, memory, rate) => {
        const step = solution.adamStep(weight, gradient, memory, rate);
        const { mean, square, steps } = step.memory;
        const moved = weight.map((w, i) => {
          const root = Math.sqrt(square.data[i] / (1 - 0.999 ** steps) + 1e-8);
          return w - (rate * mean.data[i]) / (1 - 0.9 ** steps) / root;
        });
        return { ...step, weight: moved };
      },
    },
    {
      says: "The averages began at 0, and you do not make up for it: the first step is 0.1 / √0.001, three times as long as it should be. Divide by 1 - 0.9 ** steps and 1 - 0.999 ** steps.",
      answer: adamWith({ meanCorrection: () => 1, squareCorrection: () => 1 }),
    },
    {
      says: "memory.steps counts the steps before this one. At the first it is 0, and 1 - 0.9 ** 0 is 0: count this one first.",
      answer: (weight, gradient, memory, rate) =>
        adamWith({
          meanCorrection: (steps) => RIGHT.meanCorrection(steps - 1),
          squareCorrection: (steps) => RIGHT.squareCorrection(steps - 1),
        })(weight, gradient, memory, rate),
    },
    {
      says: "The count of steps comes back as it was. Return steps + 1, or the correction never ends.",
      answer: (weight, gradient, memory, rate) => {
        const step = solution.adamStep(weight, gradient, memory, rate);
        return { ...step, memory: { ...step.memory, steps: memory.steps } };
      },
    },
    {
      says: "The memory comes back as it was: the averages of this step are lost.",
      answer: (weight, gradient, memory, rate) => ({
        weight: solution.adamStep(weight, gradient, memory, rate).weight,
        memory: { ...memory, steps: memory.steps + 1 },
      }),
    },
    {
      says: "You divide by the average square itself. Its root has the size of a slope: Math.sqrt.",
      answer: adamWith({ move: (rate, mean, square) => -(rate * mean) / (square + 1e-8) }),
    },
    {
      says: "The averages have changed places: the mean keeps 0.9 of what it was, the square 0.999.",
      answer: adamWith({
        mean: (m, g) => 0.999 * m + 0.001 * g,
        square: (s, g) => 0.9 * s + 0.1 * g * g,
        meanCorrection: RIGHT.squareCorrection,
        squareCorrection: RIGHT.meanCorrection,
      }),
    },
    {
      says: "The second average is of the slopes, not of their squares.",
      answer: adamWith({ square: (s, g) => 0.999 * s + 0.001 * g }),
    },
    {
      says: "The slopes are added whole: an average takes 0.1 and 0.001 of the new one.",
      answer: adamWith({ mean: (m, g) => 0.9 * m + g, square: (s, g) => 0.999 * s + g * g }),
    },
    {
      says: "The weight goes uphill. It moves against the mean of its slopes.",
      answer: adamWith({ move: (rate, mean, square) => -RIGHT.move(rate, mean, square) }),
    },
    {
      says: "The weight moves by this step's slope, not by the mean of the slopes.",
      answer: (weight, gradient, memory, rate) => {
        const step = solution.adamStep(weight, gradient, memory, rate);
        const { square, steps } = step.memory;
        const moved = zip(weight, gradient, (w) => w).map(
          (w, i) =>
            w + RIGHT.move(rate, gradient.data[i], square.data[i] / RIGHT.squareCorrection(steps)),
        );
        return { ...step, weight: moved };
      },
    },
    {
      says: "Without the 1e-8 a weight that never had a slope moves by 0 / 0, which is NaN.",
      answer: adamWith({ move: (rate, mean, square) => -(rate * mean) / Math.sqrt(square) }),
    },
    {
      says: "No step is counted: this one is number memory.steps + 1, in the two corrections and in the memory that you return.",
      answer: (weight, gradient, memory, rate) => {
        const step = adamWith({
          meanCorrection: (steps) => RIGHT.meanCorrection(steps - 1),
          squareCorrection: (steps) => RIGHT.squareCorrection(steps - 1),
        })(weight, gradient, memory, rate);
        return { ...step, memory: { ...step.memory, steps: memory.steps } };
      },
    },
    {
      says: "The first two steps are both counted as the first: Math.max(1, memory.steps) hides the division by 0. This step is number memory.steps + 1.",
      answer: adamWith({
        meanCorrection: (steps) => RIGHT.meanCorrection(Math.max(1, steps - 1)),
        squareCorrection: (steps) => RIGHT.squareCorrection(Math.max(1, steps - 1)),
      }),
    },
    {
      says: "Only the mean is corrected for its beginning at 0. The average square began at 0 as well: divide it by 1 - 0.999 ** steps.",
      answer: adamWith({ squareCorrection: () => 1 }),
    },
    {
      says: "Only the average square is corrected for its beginning at 0. The mean began at 0 as well: divide it by 1 - 0.9 ** steps.",
      answer: adamWith({ meanCorrection: () => 1 }),
    },
    {
      says: "0.9 and 0.999 are multiplied by the number of steps. What is left of the 0 of the beginning is a power: 0.9 ** steps.",
      answer: adamWith({
        meanCorrection: (steps) => 1 - 0.9 * steps,
        squareCorrection: (steps) => 1 - 0.999 * steps,
      }),
    },
    {
      says: "The two corrections have changed places: the mean is divided by 1 - 0.9 ** steps, the average square by 1 - 0.999 ** steps.",
      answer: adamWith({
        meanCorrection: RIGHT.squareCorrection,
        squareCorrection: RIGHT.meanCorrection,
      }),
    },
  ],
});

function adamWith(mistake: Partial<AdamParts>): AdamStep {
  const parts = { ...RIGHT, ...mistake };
  return (weight, gradient, memory, rate) => {
    const steps = memory.steps + 1;
    const mean = zip(memory.mean, gradient, parts.mean);
    const square = zip(memory.square, gradient, parts.square);
    const moved = Float32Array.from(weight.data, (w, i) => {
      const meanNow = mean.data[i] / parts.meanCorrection(steps);
      return w + parts.move(rate, meanNow, square.data[i] / parts.squareCorrection(steps));
    });
    return { weight: tensor(Array.from(moved), weight.shape), memory: { mean, square, steps } };
  };
}

function expectMemory(actual: unknown, expected: Memory): void {
  const of = "adamStep(w, g, memory, rate).memory";
  expectParts<Memory>(actual, of, ["mean", "square", "steps"]);
  expectNumber(actual.steps, expected.steps, { of: `${of}.steps`, tolerance: 0 });
  expectTensor(actual.mean, expected.mean, { of: `${of}.mean` });
  expectTensor(actual.square, expected.square, { of: `${of}.square` });
}

async function expectStep(
  answer: (...input: Parameters<AdamStep>) => Promise<ReturnType<AdamStep>>,
  weight: Tensor,
  gradient: Tensor,
  memory: Memory,
  rate: number,
  tolerance?: number,
): Promise<void> {
  const of = `adamStep(w, g, memory, ${Number(rate.toPrecision(2))})`;
  const expected = solution.adamStep(weight, gradient, memory, rate);
  const got: unknown = await answer(weight, gradient, memory, rate);
  expectParts<ReturnType<AdamStep>>(got, of, ["weight", "memory"]);
  expectTensor(got.weight, expected.weight, { of: `${of}.weight`, tolerance });
}
