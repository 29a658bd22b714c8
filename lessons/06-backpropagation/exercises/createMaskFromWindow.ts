import { exercise, expectTensor, randomIntegers, tensor, type Tensor, zeros } from "convbook";
import * as solution from "../solution";
import { distinct } from "./distinct";
import { lastMask } from "./lastMask";

type Mask = typeof solution.createMaskFromWindow;

export const createMaskFromWindow = exercise({
  id: "06.createMaskFromWindow",
  title: "Where the maximum is",
  minutes: 4,
  task:
    "Write `createMaskFromWindow(x)`: a tensor shaped as the window x, [f, f], with a 1 where its " +
    "maximum is and 0 elsewhere. Of several equal maxima the first one has the 1, reading row by row.",
  example: `
createMaskFromWindow(tensor([[1, 3, 2], [4, 9, 0], [9, 5, 7]]))
// → [[0, 0, 0],
//    [0, 1, 0],
//    [0, 0, 0]]`,
  starter: `
function createMaskFromWindow(x: Tensor): Tensor {
  const [height, width] = x.shape; // [f, f]
  return yourCode();
}`,
  solution: solution.createMaskFromWindow,
  tests: [
    {
      title: "createMaskFromWindow([[3, 8], [5, 1]]) is [[0, 1], [0, 0]]",
      async run(createMaskFromWindow, { random }) {
        const x = tensor([
          [3, 8],
          [5, 1],
        ]);
        await expectMask(createMaskFromWindow, x, "createMaskFromWindow([[3, 8], [5, 1]])");
        for (let trial = 0; trial < 4; trial++) {
          const four = distinct([2, 2], random);
          const of = `createMaskFromWindow(${JSON.stringify(four.toArray())})`;
          await expectMask(createMaskFromWindow, four, of);
        }
      },
    },
    {
      title: "createMaskFromWindow(x) of nine different numbers, all below zero",
      async run(createMaskFromWindow, { random }) {
        const x = distinct([3, 3], random).map((value) => value - 20);
        await expectMask(createMaskFromWindow, x, "createMaskFromWindow(x)");
      },
    },
    {
      title: "createMaskFromWindow([[2, 7, 1], [4, 0, 3], [7, 5, 7]]) has one 1 for three maxima",
      async run(createMaskFromWindow, { random }) {
        const x = tensor([
          [2, 7, 1],
          [4, 0, 3],
          [7, 5, 7],
        ]);
        const of = "createMaskFromWindow([[2, 7, 1], [4, 0, 3], [7, 5, 7]])";
        await expectMask(createMaskFromWindow, x, of);
        for (let trial = 0; trial < 6; trial++) {
          const few = randomIntegers([3, 3], 1, 2, random); // several maxima
          const of = `createMaskFromWindow(${JSON.stringify(few.toArray())})`;
          await expectMask(createMaskFromWindow, few, of);
        }
      },
    },
    {
      title: "createMaskFromWindow([[1, 1], [9, 9]]) and other windows with ties",
      async run(createMaskFromWindow, { random }) {
        const rows = tensor([
          [1, 1],
          [9, 9],
        ]);
        await expectMask(createMaskFromWindow, rows, "createMaskFromWindow([[1, 1], [9, 9]])");
        await expectMask(
          createMaskFromWindow,
          zeros([2, 2]),
          "createMaskFromWindow(zeros([2, 2]))",
        );
        for (let trial = 0; trial < 10; trial++) {
          const x = randomIntegers([3, 3], -9, 2, random).map((value) => Math.min(value, 0));
          const of = `createMaskFromWindow(${JSON.stringify(x.toArray())})`;
          await expectMask(createMaskFromWindow, x, of);
        }
      },
    },
  ],
  hints: [
    "You want a position, not a value. What do you have to remember while you look through the window?",
    "Remember the position of the largest value so far, and replace it when you meet a larger one. Is that `>` or `>=`, if the first of two equals is to stay? And which value can you safely start from when all of them may be negative?",
    "Start at [0, 0]. In two loops: if x.get(row, column) > x.get(...best), then best = [row, column]. At the end mask.set(1, ...best) on zeros(x.shape).",
  ],
  wrongAnswers: [
    {
      says: "Every value that equals the maximum has a 1. Two equal maxima would both get the whole gradient: one unit comes in and two go out. The first one alone has the 1.",
      answer: (x) => x.map((value) => (value === x.max() ? 1 : 0)),
    },
    {
      says: "Equal maxima share the 1. That is a fair rule, and some functions follow it; here, as in PyTorch's max pooling, the first one has it all.",
      answer: (x) => {
        const all = x.map((value) => (value === x.max() ? 1 : 0));
        return all.map((one) => one / all.sum());
      },
    },
    {
      says: "Of several equal maxima you take the last one: a `>=` where `>` would keep the first.",
      answer: lastMask,
    },
    {
      says: "Of several equal maxima you take the first one column by column. Row by row: the loop over rows is the outer one.",
      answer: (x) => solution.createMaskFromWindow(x.transpose([1, 0])).transpose([1, 0]),
    },
    {
      says: "The maximum itself stands in your mask. A mask says where: 1 there, 0 elsewhere.",
      answer: (x) => solution.createMaskFromWindow(x).map((one) => one * x.max()),
    },
    {
      says: "The 1 stands at the smallest value.",
      answer: (x) => solution.createMaskFromWindow(x.map((value) => -value)),
    },
    {
      says: "The 1 stands at the value that is farthest from zero. Without the absolute value, -9 is smaller than -1.",
      answer: (x) => solution.createMaskFromWindow(x.map(Math.abs)),
    },
    {
      says: "Your search starts from 0, and below zero nothing is larger than that: the 1 stays in the corner. Start from the first value, or from -Infinity.",
      answer: (x) => {
        const best = x.max() > 0 ? x.argmax() : [0, 0];
        const mask = zeros(x.shape);
        mask.set(1, ...best);
        return mask;
      },
    },
    {
      says: "Your search starts from 0, and where all values are zero or less it finds none: the mask is empty. Start from the first value, or from -Infinity.",
      answer: (x) => (x.max() > 0 ? solution.createMaskFromWindow(x) : zeros(x.shape)),
    },
    {
      says: "0 and 1 have changed places: the maximum has the only 0.",
      answer: (x) => solution.createMaskFromWindow(x).map((one) => 1 - one),
    },
  ],
});

async function expectMask(
  answer: (...input: Parameters<Mask>) => Promise<Tensor>,
  x: Tensor,
  of: string,
): Promise<void> {
  const expected = zeros(x.shape);
  expected.set(1, ...x.argmax());
  expectTensor(await answer(x), expected, {
    of,
    window: () => ({ patch: x, caption: "1 at the first of the largest values" }),
  });
}
