import { exercise, expectNumber, flipFilter, fromFunction, randomIntegers, tensor } from "convbook";
import { only } from "../../shared/only";
import * as solution from "../solution";

export const convSingleStep = exercise({
  id: "04.convSingleStep",
  title: "One filter on one window",
  minutes: 4,
  task: "Write `convSingleStep(window, w, b)`: what one filter w makes of one window of the same shape, [f, f, cin]. Multiply them cell by cell, add up all products, and add the bias b once.",
  example: `
const window = tensor([[[1, 0], [2, 0]], [[0, 3], [0, 0]]]);
const w = tensor([[[4, 9], [5, 9]], [[9, 6], [9, 9]]]);
convSingleStep(window, w, 7) // → 39`,
  starter: `
function convSingleStep(window: Tensor, w: Tensor, b: number): number {
  const [height, width, channels] = window.shape; // [f, f, cin], like w
  return yourCode();
}`,
  solution: solution.convSingleStep,
  tests: [
    {
      title: "convSingleStep(window, w, 2) on a 2 x 2 x 1 window is 1·1 - 4·1 + 2 = -1",
      async run(convSingleStep, { random }) {
        const window = tensor([1, 2, 3, 4], [2, 2, 1]); // [f, f, cin]
        const w = tensor([1, 0, 0, -1], [2, 2, 1]);
        expectNumber(await convSingleStep(window, w, 2), -1, {
          of: "convSingleStep(window, w, 2)",
        });
        const small = randomIntegers([2, 2, 1], 1, 9, random); // [f, f, cin]
        const weights = randomIntegers([2, 2, 1], -4, 4, random);
        const right = solution.convSingleStep(small, weights, 3);
        expectNumber(await convSingleStep(small, weights, 3), right, {
          of: "convSingleStep(window, w, 3)",
        });
      },
    },
    {
      title: "convSingleStep(window, w, b) on a 3 x 3 x 3 window adds up 27 products",
      async run(convSingleStep, { random }) {
        const window = randomIntegers([3, 3, 3], 1, 9, random);
        const w = randomIntegers([3, 3, 3], 1, 4, random);
        expectNumber(await convSingleStep(window, w, 5), solution.convSingleStep(window, w, 5), {
          of: "convSingleStep(window, w, 5)",
        });
      },
    },
    {
      title: "convSingleStep(window, w, b) on a 5 x 5 x 2 window with weights of both signs",
      async run(convSingleStep, { random }) {
        const window = randomIntegers([5, 5, 2], 1, 9, random);
        const w = randomIntegers([5, 5, 2], -4, 4, random);
        expectNumber(await convSingleStep(window, w, -7), solution.convSingleStep(window, w, -7), {
          of: "convSingleStep(window, w, -7)",
        });
      },
    },
  ],
  hints: [
    "How many products are there for a window of shape [3, 3, 3]? And how many numbers come out?",
    "Three loops, over row, column and channel, and one sum that all of them add to. The bias belongs to the filter: how often is it added?",
    "let sum = b; then, in the loops, sum += window.get(row, column, k) * w.get(row, column, k).",
  ],
  wrongAnswers: [
    {
      says: "The bias is missing: this is the sum of the products alone.",
      answer: (window, w) => solution.convSingleStep(window, w, 0),
    },
    {
      says: "The bias is added once for every cell of the window. It stands outside the sum: one filter, one bias, added once.",
      answer: (window, w, b) => solution.convSingleStep(window, w, b * window.size),
    },
    {
      says: "The sum is multiplied by the bias. A bias shifts the result: it is added.",
      answer: (window, w, b) => solution.convSingleStep(window, w, 0) * b,
    },
    {
      says: "Only the first channel was counted. The window is a box: its third axis has weights of its own. Which loop goes along it?",
      answer: (window, w, b) => solution.convSingleStep(window, only(w, 2, 0), b),
    },
    {
      says: "All channels are multiplied by the weights of the first one. Here the filter has weights for each channel: w.get(row, column, k).",
      answer: (window, w, b) =>
        solution.convSingleStep(
          window,
          fromFunction(w.shape, (row, column) => w.get(row, column, 0)),
          b,
        ),
    },
    {
      says: "Your filter is turned by 180 degrees, as in the convolution of mathematics. A layer of a network does not flip it: the first weight meets the first cell.",
      answer: (window, w, b) => solution.convSingleStep(window, flipFilter(w), b),
    },
    {
      says: "Rows and columns of the filter have changed places: the window's cell (row, column) meets the weight (column, row).",
      answer: (window, w, b) => solution.convSingleStep(window, w.transpose([1, 0, 2]), b),
    },
    {
      says: "You add up the window and the filter each for itself and multiply the two sums. First multiply cell by cell, then add.",
      answer: (window, w, b) => window.sum() * w.sum() + b,
    },
    {
      says: "This is the mean of the products. A convolution sums; only a filter with weights of 1/9, say, makes a mean of it.",
      answer: (window, w, b) => solution.convSingleStep(window, w, 0) / window.size + b,
    },
  ],
});
