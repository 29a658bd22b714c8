import { exercise, expectTensor, randomNormal, tensor } from "convbook";
import * as solution from "../solution";

export const hardSwish = exercise({
  id: "19.hardSwish",
  title: "h-swish",
  minutes: 5,
  task: "Write `hardSwish(x)`: each value of x times what the piecewise linear function in the place of the sigmoid gives for it.",
  example: `
hardSwish(tensor([-4, -1, 0, 2, 5]))
// → [0, -0.333333, 0, 1.666667, 5]`,
  starter: `
function hardSwish(x: Tensor): Tensor {
  // value by value: x.map((value) => ...)
  return yourCode();
}`,
  solution: solution.hardSwish,
  tests: [
    {
      title: "hardSwish(x) at -6, -4, -3, -1.5, 0, 1.5, 3, 4 and 12",
      async run(hardSwish, { random }) {
        const x = tensor([-6, -4, -3, -1.5, 0, 1.5, 3, 4, 12]);
        expectTensor(await hardSwish(x), solution.hardSwish(x), { of: `hardSwish([${x.data}])` });
        const far = randomNormal([20], random).map((value) => 9 * value);
        expectTensor(await hardSwish(far), solution.hardSwish(far), { of: "hardSwish(x)" });
      },
    },
    {
      title: "hardSwish(x) of a batch of maps",
      async run(hardSwish, { random }) {
        const x = randomNormal([2, 3, 3, 4], random).map((value) => 3 * value); // [m, h, w, c]
        expectTensor(await hardSwish(x), solution.hardSwish(x), { of: "hardSwish(x)" });
      },
    },
  ],
  hints: [
    "What is ReLU6(x + 3) at x = -4, at 0 and at 4? And after it has been divided by 6?",
    "ReLU6(z) is z held between 0 and 6: Math.min(Math.max(z, 0), 6). Here z is value + 3.",
  ],
  wrongAnswers: [
    {
      says: "You only have ReLU6(x + 3) / 6: the gate, called h-sigmoid. x times the gate is asked for.",
      answer: (x) => x.map((value) => gate(value)),
    },
    {
      says: "This is swish, x · sigmoid(x). The straight lines in place of the sigmoid are what makes h-swish cheap.",
      answer: (x) => x.map((value) => value / (1 + Math.exp(-value))),
    },
    {
      says: "You have not divided by 6.",
      answer: (x) => x.map((value) => 6 * value * gate(value)),
    },
    {
      says: "This is x · ReLU6(x) / 6: the 3 is missing that moves the gate to the left.",
      answer: (x) => x.map((value) => value * gate(value - 3)),
    },
    {
      says: "Your gate is ReLU(x + 3) / 6 without an upper end: beyond 3 it grows past 1, and x is squared.",
      answer: (x) => x.map((value) => (value * Math.max(value + 3, 0)) / 6),
    },
    {
      says: "Your gate has no lower end: left of -3 it is negative, and times a negative x it comes out positive.",
      answer: (x) => x.map((value) => (value * Math.min(value + 3, 6)) / 6),
    },
    {
      says: "You take ReLU6 of x and multiply by x + 3. It is x that is multiplied, by ReLU6 of x + 3.",
      answer: (x) => x.map((value) => ((value + 3) * Math.min(Math.max(value, 0), 6)) / 6),
    },
    {
      says: "You hold the whole product between 0 and 6. Only x + 3 is held; h-swish itself dips below 0 and has no upper end.",
      answer: (x) => x.map((value) => Math.min(Math.max((value * (value + 3)) / 6, 0), 6)),
    },
    {
      says: "This is ReLU6. h-swish uses it inside.",
      answer: (x) => x.map((value) => Math.min(Math.max(value, 0), 6)),
    },
  ],
});

/** ReLU6(x + 3) / 6. */
function gate(value: number): number {
  return Math.min(Math.max(value + 3, 0), 6) / 6;
}
