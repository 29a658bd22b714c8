import { exercise, expectTensor, pad2d, randomIntegers, tensor } from "convbook";
import { only } from "../../shared/only";
import { placed } from "../../shared/placed";
import * as solution from "../solution";

export const zeroPad = exercise({
  id: "02.zeroPad",
  title: "Put zeros around a batch of images",
  minutes: 10,
  task: "Write `zeroPad(x, pad)`: a batch of images x, [m, h, w, c], with `pad` rows of zeros above and below each image and `pad` columns of zeros on its left and right, in every channel.",
  example: `
zeroPad(tensor([[3, 4], [5, 6], [7, 8]]).reshape([1, 3, 2, 1]), 1)
// → [[0, 0, 0, 0],
//    [0, 3, 4, 0],
//    [0, 5, 6, 0],
//    [0, 7, 8, 0],
//    [0, 0, 0, 0]]`,
  starter: `
function zeroPad(x: Tensor, pad: number): Tensor {
  const [m, height, width, channels] = x.shape; // [m, h, w, c]
  // useful: zeros([...]), x.get(i, row, column, c), padded.set(value, i, row, column, c)
  return yourCode();
}`,
  solution: solution.zeroPad,
  tests: [
    {
      title: "zeroPad(x, 1) surrounds a 2 x 2 image by one ring of zeros",
      async run(zeroPad, { random }) {
        const x = tensor([
          [1, 2],
          [3, 4],
        ]).reshape([1, 2, 2, 1]); // [1, 2, 2, 1]
        expectTensor(await zeroPad(x, 1), solution.zeroPad(x, 1), { of: "zeroPad(x, 1)" });
        const other = randomIntegers([1, 2, 3, 1], 1, 9, random);
        expectTensor(await zeroPad(other, 1), solution.zeroPad(other, 1), { of: "zeroPad(x, 1)" });
      },
    },
    {
      title: "zeroPad(x, 2) treats every image and channel of a 2 x 3 x 4 x 2 batch alike",
      async run(zeroPad, { random }) {
        const x = randomIntegers([2, 3, 4, 2], 1, 9, random); // [m, h, w, c]
        expectTensor(await zeroPad(x, 2), solution.zeroPad(x, 2), { of: "zeroPad(x, 2)" });
      },
    },
    {
      title: "zeroPad(x, 0) gives the same images back",
      async run(zeroPad, { random }) {
        const x = randomIntegers([1, 3, 2, 3], 1, 9, random);
        expectTensor(await zeroPad(x, 0), x, { of: "zeroPad(x, 0)" });
      },
    },
  ],
  hints: [
    "A photograph of height 3 gets `pad` rows above and `pad` rows below. How high is it then? And which axes of `[m, h, w, c]` do not grow at all?",
    "The pixel at row 0 of `x` is at which row of the padded image? The same shift holds for every pixel.",
    "Four loops, over i, row, column and c, around one line: `padded.set(x.get(i, row, column, c), i, row + pad, column + pad, c)`.",
  ],
  wrongAnswers: [
    {
      says: "The image sits in the top left corner: all the zeros are below and to the right. By how much must each pixel move?",
      answer: (x, pad) =>
        pad2d(x, [
          [0, 2 * pad],
          [0, 2 * pad],
        ]),
    },
    {
      says: "Each axis grew by `pad`, not by `2 * pad`: the zeros are only above and to the left. How many sides does an image have along one axis?",
      answer: (x, pad) =>
        pad2d(x, [
          [pad, 0],
          [pad, 0],
        ]),
    },
    {
      says: "You padded the batch and the channels as well: there are images and channels made of zeros alone. Only height and width grow.",
      answer: (x, pad) =>
        placed(
          x,
          x.shape.map((n) => n + 2 * pad),
          x.shape.map(() => pad),
        ),
    },
    {
      says: "Only the first image of the batch was copied. What does the first axis of `[m, h, w, c]` count?",
      answer: (x, pad) => solution.zeroPad(only(x, 0, 0), pad),
    },
    {
      says: "Only the first channel was copied, the others are empty. What does the last axis of `[m, h, w, c]` count?",
      answer: (x, pad) => solution.zeroPad(only(x, 3, 0), pad),
    },
    {
      says: "The rows have moved, the columns have not: each pixel moves by pad along both axes.",
      answer: (x, pad) =>
        pad2d(x, [
          [pad, pad],
          [0, 2 * pad],
        ]),
    },
    {
      says: "The columns have moved, the rows have not: each pixel moves by pad along both axes.",
      answer: (x, pad) =>
        pad2d(x, [
          [0, 2 * pad],
          [pad, pad],
        ]),
    },
    {
      says: "Only the height has grown. There are zeros on the left and on the right, too.",
      answer: (x, pad) =>
        pad2d(x, [
          [pad, pad],
          [0, 0],
        ]),
    },
    {
      says: "Only the width has grown. There are zeros above and below, too.",
      answer: (x, pad) =>
        pad2d(x, [
          [0, 0],
          [pad, pad],
        ]),
    },
    {
      says: "The channels stand in front of the rows, [m, c, h, w], as in PyTorch. Here the order is [m, h, w, c].",
      answer: (x, pad) => solution.zeroPad(x, pad).transpose([0, 3, 1, 2]),
    },
    {
      says: "You padded the last two axes, as if x were [m, c, h, w]. Here it is [m, h, w, c]: rows and columns are axes 1 and 2.",
      answer: (x, pad) =>
        placed(
          x,
          x.shape.map((n, axis) => (axis >= 2 ? n + 2 * pad : n)),
          x.shape.map((_, axis) => (axis >= 2 ? pad : 0)),
        ),
    },
    {
      says: "The border repeats the edge pixels. That is edge padding, a good answer to another question; here the border holds zeros.",
      answer: (x, pad) => pad2d(x, pad, { mode: "edge" }),
    },
    {
      says: "Rows and columns have changed places. Which of `row` and `column` comes first in `[m, h, w, c]`?",
      answer: (x, pad) => solution.zeroPad(x, pad).transpose([0, 2, 1, 3]),
    },
  ],
});
