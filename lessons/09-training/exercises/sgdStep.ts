import {
  exercise,
  type ExerciseTest,
  expectTensor,
  randomNormal,
  type Tensor,
  tensor,
  zip,
} from "convbook";
import * as solution from "../solution";
import { expectParts } from "../../shared/expectParts";

type SgdStep = typeof solution.sgdStep;
type Options = Parameters<SgdStep>[3];

export const sgdStep = exercise({
  id: "09.sgdStep",
  title: "A step with momentum",
  minutes: 8,
  task:
    "Write `sgdStep(weight, gradient, velocity, options)`, a step with momentum. First the decay " +
    "joins the gradient: gradient + decay · weight. The new velocity is that plus `momentum` times " +
    "the old one. The weight moves against the new velocity, `rate` times as far. Give both, as new " +
    "tensors.",
  example: `
const options = { rate: 0.1, momentum: 0.5, decay: 0.25 };
sgdStep(tensor([1, 4]), tensor([2, 1]), tensor([10, 0]), options)
// → { weight: [0.275, 3.8], velocity: [7.25, 2] }`,
  starter: `
function sgdStep(
  weight: Tensor, gradient: Tensor, velocity: Tensor,
  options: { rate: number; momentum: number; decay: number },
): { weight: Tensor; velocity: Tensor } {
  const { rate, momentum, decay } = options;
  return yourCode();
}`,
  solution: solution.sgdStep,
  tests: [
    {
      title: "sgdStep([1], [2], [10], { rate: 0.1, momentum: 0.5, decay: 0 }) gives 0.3 and 7",
      async run(sgdStep) {
        const given = [tensor([1]), tensor([2]), tensor([10])] as const;
        await expectStep(sgdStep, ...given, { rate: 0.1, momentum: 0.5, decay: 0 });
      },
    },
    stepTest("without momentum and decay", { rate: 0.25, momentum: 0, decay: 0 }),
    stepTest("with momentum", { rate: 0.5, momentum: 0.9, decay: 0 }),
    stepTest("with decay", { rate: 0.5, momentum: 0, decay: 0.25 }),
    stepTest("with both", { rate: 0.25, momentum: 0.75, decay: 0.5 }),
  ],
  hints: [
    "Three lines, in this order: what is the slope with the decay, what is the new velocity, where does the weight go?",
    "velocity = momentum · velocity + slope; weight = weight - rate · velocity. zip(a, b, (p, q) => ...) makes a new tensor of two.",
    "const slope = zip(gradient, weight, (g, w) => g + decay * w); const faster = zip(velocity, slope, (v, g) => momentum * v + g); return { weight: zip(weight, faster, (w, v) => w - rate * v), velocity: faster };",
  ],
  wrongAnswers: [
    {
      says: "The weight moves by slope + momentum · velocity: that is Nesterov's step. The velocity has the slope in it already; here the weight moves by it alone.",
      answer: (weight, gradient, velocity, options) => {
        const { rate, momentum, decay } = options;
        const step = solution.sgdStep(weight, gradient, velocity, options);
        const slope = zip(gradient, weight, (g, w) => g + decay * w);
        const ahead = zip(slope, step.velocity, (g, v) => g + momentum * v);
        return { ...step, weight: zip(weight, ahead, (w, v) => w - rate * v) };
      },
    },
    {
      says: "The weight goes uphill: it moves with the velocity. The loss falls against it.",
      answer: (weight, gradient, velocity, options) => {
        const step = solution.sgdStep(weight, gradient, velocity, options);
        return { ...step, weight: zip(weight, step.weight, (old, now) => 2 * old - now) };
      },
    },
    {
      says: "The weight moves by the old velocity. First the velocity takes up the new slope, then the weight moves.",
      answer: (weight, gradient, velocity, options) => ({
        velocity: solution.sgdStep(weight, gradient, velocity, options).velocity,
        weight: zip(weight, velocity, (w, v) => w - options.rate * v),
      }),
    },
    {
      says: "The slope counts only 1 - momentum, so that the velocity is an average. That is another convention; here, as in PyTorch, the slope is added whole.",
      answer: (weight, gradient, velocity, options) =>
        stepWith(weight, gradient, velocity, options, (v, g) => {
          return options.momentum * v + (1 - options.momentum) * g;
        }),
    },
    {
      says: "The momentum is ignored: the velocity is the slope of this step alone.",
      answer: (weight, gradient, velocity, options) =>
        stepWith(weight, gradient, velocity, options, (_, g) => g),
    },
    {
      says: "The old velocity is kept whole. Only its momentum-th part stays, or it would never slow down.",
      answer: (weight, gradient, velocity, options) =>
        stepWith(weight, gradient, velocity, options, (v, g) => v + g),
    },
    {
      says: "Your velocity contains the rate: momentum · v + rate · slope. Here the rate comes in only when the weight moves. (Both are in use; they differ when the rate changes.)",
      answer: (weight, gradient, velocity, options) => {
        const slope = zip(gradient, weight, (g, w) => g + options.decay * w);
        const faster = zip(velocity, slope, (v, g) => options.momentum * v + options.rate * g);
        return { weight: zip(weight, faster, (w, v) => w - v), velocity: faster };
      },
    },
    {
      says: "The decay is missing: gradient + decay · weight is what joins the velocity.",
      answer: (weight, gradient, velocity, options) =>
        solution.sgdStep(weight, gradient, velocity, { ...options, decay: 0 }),
    },
    {
      says: "The decay makes the weight grow. A loss with ½ · decay · w² more has the slope + decay · w.",
      answer: (weight, gradient, velocity, options) =>
        solution.sgdStep(weight, gradient, velocity, { ...options, decay: -options.decay }),
    },
    {
      says: "The decay shrinks the weight past the velocity (decoupled, as in AdamW). Here it joins the gradient, and so the velocity, which the next step remembers.",
      answer: (weight, gradient, velocity, options) => {
        const step = solution.sgdStep(weight, gradient, velocity, { ...options, decay: 0 });
        const { rate, decay } = options;
        return { ...step, weight: zip(step.weight, weight, (now, w) => now - rate * decay * w) };
      },
    },
    {
      says: "The velocity comes back as it was, so that the next step remembers nothing. Return the new one.",
      answer: (weight, gradient, velocity, options) => ({
        ...solution.sgdStep(weight, gradient, velocity, options),
        velocity,
      }),
    },
    {
      says: "Your velocity is Keras's: momentum · v - rate · slope, which is added to the weight. Here the velocity points uphill and holds no rate: momentum · v + slope, and the weight moves by -rate times it.",
      answer: (weight, gradient, velocity, { rate, momentum, decay }) => {
        const slope = zip(gradient, weight, (g, w) => g + decay * w);
        const faster = zip(velocity, slope, (v, g) => momentum * v - rate * g);
        return { weight: zip(weight, faster, (w, v) => w + v), velocity: faster };
      },
    },
    {
      says: "The momentum multiplies the slope as well. Only the old velocity is damped: momentum · v + slope.",
      answer: (weight, gradient, velocity, options) =>
        stepWith(weight, gradient, velocity, options, (v, g) => options.momentum * (v + g)),
    },
    {
      says: "The rate is left out: the weight moves by the whole velocity.",
      answer: (weight, gradient, velocity, options) =>
        solution.sgdStep(weight, gradient, velocity, { ...options, rate: 1 }),
    },
    {
      says: "The decay is applied to the velocity, not to the weight: gradient + decay · weight.",
      answer: (weight, gradient, velocity, options) => {
        const { decay } = options;
        const slope = zip(gradient, velocity, (g, v) => g + decay * v);
        return solution.sgdStep(weight, slope, velocity, { ...options, decay: 0 });
      },
    },
    {
      says: "Weight and velocity have changed places in what you return.",
      answer: (...input) => {
        const { weight, velocity } = solution.sgdStep(...input);
        return { weight: velocity, velocity: weight };
      },
    },
  ],
});

function stepWith(
  weight: Tensor,
  gradient: Tensor,
  velocity: Tensor,
  { rate, decay }: Options,
  mix: (v: number, g: number) => number,
): ReturnType<SgdStep> {
  const slope = zip(gradient, weight, (g, w) => g + decay * w);
  const faster = zip(velocity, slope, mix);
  return { weight: zip(weight, faster, (w, v) => w - rate * v), velocity: faster };
}

async function expectStep(
  answer: (...input: Parameters<SgdStep>) => Promise<ReturnType<SgdStep>>,
  weight: Tensor,
  gradient: Tensor,
  velocity: Tensor,
  options: Options,
): Promise<void> {
  const of = `sgdStep(w, g, v, { rate: ${options.rate}, momentum: ${options.momentum}, decay: ${options.decay} })`;
  const expected = solution.sgdStep(weight, gradient, velocity, options);
  const got: unknown = await answer(weight, gradient, velocity, options);
  expectParts<ReturnType<SgdStep>>(got, of, ["weight", "velocity"]);
  expectTensor(got.velocity, expected.velocity, { of: `${of}.velocity` });
  expectTensor(got.weight, expected.weight, { of: `${of}.weight` });
}

function stepTest(what: string, options: Options): ExerciseTest<SgdStep> {
  return {
    title: `sgdStep(w, g, v, options) ${what}`,
    async run(sgdStep, { random }) {
      const [weight, gradient, velocity] = [1, 2, 3].map(() => randomNormal([2, 3], random));
      await expectStep(sgdStep, weight, gradient, velocity, options);
    },
  };
}
