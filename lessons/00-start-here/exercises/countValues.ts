import { exercise, expectNumber } from "convbook";
import * as solution from "../solution";

export const countValues = exercise({
  id: "00.countValues",
  title: "How many numbers are in there?",
  minutes: 2,
  task: "Write `countValues(shape)`: how many numbers a tensor of this shape holds. The shape may have any number of axes, such as [batch, height, width, channels]; the shape of a single number has none.",
  example: `
countValues([2, 3, 4]) // → 24
countValues([]) // → 1`,
  starter: `
function countValues(shape: number[]): number {
  // shape: the length of each axis
  return yourCode();
}`,
  solution: solution.countValues,
  tests: [
    {
      title: "countValues([1, 28, 28, 1]) is 784, one MNIST digit",
      async run(countValues) {
        expectNumber(await countValues([1, 28, 28, 1]), 784, { of: "countValues([1, 28, 28, 1])" });
      },
    },
    {
      title: "countValues([2, 300, 451, 3]) counts both photographs and all three colours",
      async run(countValues, { random }) {
        expectNumber(await countValues([2, 300, 451, 3]), 811800, {
          of: "countValues([2, 300, 451, 3])",
        });
        const batch = [random.integer(2, 9), random.integer(20, 60), random.integer(70, 90), 3];
        expectNumber(await countValues(batch), solution.countValues(batch), {
          of: `countValues([${batch.join(", ")}])`,
        });
      },
    },
    {
      title: "countValues(any shape), vectors and a single number included",
      async run(countValues, { random }) {
        expectNumber(await countValues([7]), 7, { of: "countValues([7])" });
        expectNumber(await countValues([]), 1, {
          of: "countValues([]), the shape of a single number,",
        });
        const shape = [random.integer(2, 9), random.integer(2, 9), random.integer(2, 9)];
        const long = [2, 3, ...shape, 2];
        for (const axes of [shape, long])
          expectNumber(await countValues(axes), solution.countValues(axes), {
            of: `countValues([${axes.join(", ")}])`,
          });
      },
    },
  ],
  hints: [
    "A sheet of 28 rows has 28 numbers in each. How many is that? And three such sheets?",
    "Multiply all entries. A loop does it: start with 1, and `for (const n of shape) ...`.",
    "In one line: `shape.reduce((product, n) => product * n, 1)`.",
  ],
  wrongAnswers: [
    {
      says: "You added the entries. Every row has all the columns: rows and columns multiply.",
      answer: (shape) => shape.reduce((sum, n) => sum + n, 0),
    },
    {
      says: "Your product starts at 0, and 0 times anything stays 0.",
      answer: (shape) => shape.reduce((product, n) => product * n, 0),
    },
    {
      says: "That is the number of axes. What is the product of their lengths?",
      answer: (shape) => shape.length,
    },
    {
      says: "Height times width: the batch and the colours are missing. Two photographs hold twice as many numbers as one.",
      answer: (shape) => shape[1] * shape[2],
    },
    {
      says: "The first axis is left out: a loop that starts at 1 skips `shape[0]`. In TypeScript, indices start at 0.",
      answer: (shape) => {
        let product = 1;
        for (let i = 1; i < shape.length; i++) product *= shape[i];
        return product;
      },
    },
    {
      says: "The last axis is left out: `i < shape.length - 1` stops one entry early.",
      answer: (shape) => shape.slice(0, -1).reduce((product, n) => product * n, 1),
    },
  ],
});
