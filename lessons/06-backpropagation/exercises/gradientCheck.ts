import {
  conv2d,
  conv2dBackward,
  exercise,
  type ExerciseTest,
  expectNumber,
  expectParts,
  expectTensor,
  type Random,
  randomIntegers,
  randomNormal,
  type Tensor,
} from "convbook";
import { only } from "../../shared/only";
import * as solution from "../solution";

type GradientCheck = typeof solution.gradientCheck;

export const gradientCheck = exercise({
  id: "06.gradientCheck",
  title: "A gradient without calculus",
  minutes: 10,
  task:
    "Write `gradientCheck(x, w, dw, step)`, where dw is said to be the gradient of the loss ¼ · sum " +
    "z⁴ to w. `numeric`, shaped as w: for each weight, the difference of the losses with it `step` " +
    "higher and `step` lower, over the distance of the two. `relativeError`: the length of dw − " +
    "numeric over the sum of the lengths of the two (a length is the root of the sum of squares). x " +
    "and w are float64.",
  example: `
const [x, w] = [imageOf([[1, 2]]).as("float64"), filterOf([[1]]).as("float64")]; // z is w and 2w
const dw = filterOf([[17]]).as("float64"); // the true gradient; the step is far too long
gradientCheck(x, w, dw, 0.5)
// → { numeric: 21.25, relativeError: 0.1111111 }`,
  starter: `
function gradientCheck(
  x: Tensor,
  w: Tensor,
  dw: Tensor,
  step: number,
): { numeric: Tensor; relativeError: number } {
  // x: [1, h, w, cin]; w, dw and numeric: [f, f, cin, cout]
  const loss = (filter: Tensor): number => conv2d(x, filter).map((z) => z ** 4 / 4).sum();
  return yourCode();
}`,
  solution: solution.gradientCheck,
  tests: [
    checkTest("finds the gradient of four weights", [1, 3, 3, 1], [2, 2, 1, 1], 1e-3, ["noisy"]),
    checkTest(
      "with a step so large that it shows: the slope of the chord, not of the tangent",
      [1, 4, 3, 1],
      [2, 2, 1, 1],
      0.5,
      ["right"],
    ),
    checkTest(
      "has an error of about 1/3 for twice the gradient, and of 1 for its opposite",
      [1, 4, 4, 2],
      [2, 2, 2, 1],
      1e-2,
      ["doubled", "reversed"],
    ),
    checkTest(
      "on filters with a gradient that is wrong in one place",
      [1, 5, 4, 2],
      [3, 3, 2, 2],
      1e-2,
      ["wrong in one place", "noisy"],
    ),
  ],
  hints: [
    "Forget the chain rule. Move one single weight up by `step`: how much does the loss change? And if you move it down instead?",
    "The central difference is (loss with the weight a step higher - loss with the weight a step lower) / (2 · step). All other weights stay where they were, so each weight needs a fresh copy of w, or has to be put back.",
    "`w.map((weight, j) => (j === i ? weight + step : weight))` is w with weight i moved; with w.map over i outside, you have numeric in one go. w.data[i] is weight i, whatever the shape.",
    "length = (g) => Math.sqrt(g.map((value) => value ** 2).sum()). Then relativeError = length(numeric.map((value, i) => value - dw.data[i])) / (length(dw) + length(numeric)).",
  ],
  wrongAnswers: [
    {
      says: "`numeric` is the dw that you were given. That is the claim: measure without it, and then compare.",
      answer: (_x, _w, dw) => checked(dw, dw),
    },
    {
      says: "Your slopes do not depend on `step`. Is a step of your own built in, or do they come from calculus? Whoever checks a formula by the same formula finds no fault in it.",
      answer: (x, w, dw) => checked(slopes(x, w), dw),
    },
    {
      says: "This is the one-sided difference, (loss(w + step) - loss(w)) / step. On a curve it gives the slope of a chord that lies to one side. Go as far to the left as to the right.",
      answer: (x, w, dw, step) => {
        const loss = fourthPowerLoss(x);
        return checked(
          w.map((_, i) => (loss(moved(w, i, step)) - loss(w)) / step),
          dw,
        );
      },
    },
    {
      says: "You divide by `step`. How far apart are the two points, one step up and one step down?",
      answer: (x, w, dw, step) =>
        checked(
          centralDifferences(x, w, step).map((g) => 2 * g),
          dw,
        ),
    },
    {
      says: "You do not divide by the distance of the two points: this is the change of the loss, not its slope.",
      answer: (x, w, dw, step) =>
        checked(
          centralDifferences(x, w, step).map((g) => 2 * step * g),
          dw,
        ),
    },
    {
      says: "The sign is turned round: loss with the weight a step higher, minus loss with the weight a step lower.",
      answer: (x, w, dw, step) =>
        checked(
          centralDifferences(x, w, step).map((g) => -g),
          dw,
        ),
    },
    {
      says: "You do not put the weights back: each one stays a step lower, and the next is measured somewhere else. Start each time from a fresh w.clone(), or set the old value again.",
      answer: (x, w, dw, step) => {
        const loss = fourthPowerLoss(x);
        let left = w;
        const numeric = w.map((_, i) => {
          const slope = (loss(moved(left, i, step)) - loss(moved(left, i, -step))) / (2 * step);
          left = moved(left, i, -step);
          return slope;
        });
        return checked(numeric, dw);
      },
    },
    {
      says: "You move all weights together, so you get the same number for each: the slope along the diagonal. One weight at a time.",
      answer: (x, w, dw, step) => {
        const loss = fourthPowerLoss(x);
        const all = (by: number): Tensor => w.map((weight) => weight + by);
        return checked(
          w.map(() => (loss(all(step)) - loss(all(-step))) / (2 * step)),
          dw,
        );
      },
    },
    {
      says: "Only the first filter is measured. w has the shape [f, f, cin, cout]; w.data holds all of its values.",
      answer: (x, w, dw, step) => checked(only(centralDifferences(x, w, step), 3, 0), dw),
    },
    {
      says: "This is the absolute error. Is 0.01 much? That depends on the size of the gradient: divide by the two lengths.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        return { numeric, relativeError: lengthOf(minus(dw, numeric)) };
      },
    },
    {
      says: "You compare the squares of the lengths: an error of 1/100 becomes one of 1/10,000 and looks harmless. Take the square roots.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        const error =
          lengthOf(minus(dw, numeric)) ** 2 / (lengthOf(dw) ** 2 + lengthOf(numeric) ** 2);
        return { numeric, relativeError: error };
      },
    },
    {
      says: "You divide by the length of one of the two. That works too, but here the error is to lie between 0 and 1: divide by the sum of both lengths.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        return { numeric, relativeError: lengthOf(minus(dw, numeric)) / lengthOf(numeric) };
      },
    },
    {
      says: "You subtract the lengths. Two arrows of the same length may point in opposite directions: take the length of the difference.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        const [a, b] = [lengthOf(dw), lengthOf(numeric)];
        return { numeric, relativeError: Math.abs(a - b) / (a + b) };
      },
    },
    {
      says: "You add up the differences with their signs, so that an error upwards hides one downwards. Square them first.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        const error = Math.abs(minus(dw, numeric).sum()) / (lengthOf(dw) + lengthOf(numeric));
        return { numeric, relativeError: error };
      },
    },
    {
      says: "This is the largest of the errors of the single weights. It cries wolf where a weight's gradient is almost zero; the task is one error of the whole gradient, by the lengths.",
      answer: (x, w, dw, step) => {
        const { numeric } = solution.gradientCheck(x, w, dw, step);
        const errors = numeric.map(
          (n, i) => Math.abs(n - dw.data[i]) / (Math.abs(n) + Math.abs(dw.data[i]) || 1),
        );
        return { numeric, relativeError: errors.max() };
      },
    },
  ],
});

type Claim = "right" | "doubled" | "reversed" | "wrong in one place" | "noisy";

/** A test of gradientCheck with right and wrong claims. */
function checkTest(
  what: string,
  image: number[],
  filter: number[],
  step: number,
  claims: Claim[],
): ExerciseTest<GradientCheck> {
  return {
    title: `gradientCheck(x, w, dw, ${step}) ${what}`,
    async run(gradientCheck, { random }) {
      const x = randomIntegers(image, 1, 9, random).as("float64"); // [1, h, w, cin]
      const w = randomIntegers(filter, -3, 3, random).as("float64"); // [f, f, cin, cout]
      w.set(2, 0, 0, 0, 0); // a filter of nothing but zeros would have no gradient
      const exact = slopes(x, w);
      const numeric = centralDifferences(x, w, step);
      for (const claim of claims) {
        const dw = claimed(exact, claim, random);
        const answer: unknown = await gradientCheck(x, w, dw, step);
        const call = `gradientCheck(x, w, dw, ${step})`;
        expectParts(answer, ["numeric", "relativeError"], { of: call });
        expectTensor(answer.numeric, numeric, { of: `${call}.numeric` });
        expectNumber(answer.relativeError, checked(numeric, dw).relativeError, {
          of: `${call}.relativeError, for a dw that is ${claim}`,
        });
      }
    },
  };
}

function claimed(exact: Tensor, claim: Claim, random: Random): Tensor {
  const largest = exact.map(Math.abs).max();
  switch (claim) {
    case "right":
      return exact;
    case "doubled":
      return exact.map((value) => 2 * value);
    case "reversed":
      return exact.map((value) => -value);
    case "wrong in one place":
      return exact.map((value, i) => (i === 1 ? value + largest / 2 : value));
    case "noisy": {
      const noise = randomNormal(exact.shape, random, "float64");
      return exact.map((value, i) => value + noise.data[i] * largest * 0.1);
    }
  }
}

function fourthPowerLoss(x: Tensor): (w: Tensor) => number {
  return (w) =>
    conv2d(x, w)
      .map((z) => z ** 4 / 4)
      .sum();
}

/** The gradient by calculus: the slope of z⁴/4 is z³. */
function slopes(x: Tensor, w: Tensor): Tensor {
  const dz = conv2d(x, w).map((z) => z ** 3);
  return conv2dBackward(dz, x, w).dFilter;
}

function moved(w: Tensor, i: number, by: number): Tensor {
  return w.map((weight, j) => (j === i ? weight + by : weight));
}

function centralDifferences(x: Tensor, w: Tensor, step: number): Tensor {
  const loss = fourthPowerLoss(x);
  return w.map((_, i) => (loss(moved(w, i, step)) - loss(moved(w, i, -step))) / (2 * step));
}

function checked(numeric: Tensor, dw: Tensor): ReturnType<GradientCheck> {
  const relativeError = lengthOf(minus(dw, numeric)) / (lengthOf(dw) + lengthOf(numeric));
  return { numeric, relativeError };
}

function minus(a: Tensor, b: Tensor): Tensor {
  return a.map((value, i) => value - b.data[i]);
}

function lengthOf(g: Tensor): number {
  return Math.sqrt(g.map((value) => value ** 2).sum());
}
