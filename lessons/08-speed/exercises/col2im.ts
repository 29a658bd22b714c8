import {
  engine,
  exercise,
  type ExerciseTest,
  expectTensor,
  fromFunction,
  randomIntegers,
  type Tensor,
  tensor,
  zip,
} from "convbook";
import { only } from "../../shared/only";
import * as solution from "../solution";

type Col2im = typeof solution.col2im;

export const col2im = exercise({
  id: "08.col2im",
  title: "And back again",
  minutes: 10,
  task:
    "Write `col2im(matrix, shape, f, stride)`, the way back: images of the given shape, [m, h, w, " +
    "channels], in which each number of the matrix is *added* to the pixel from which `im2col` would " +
    "have copied it. A pixel that several windows see gets a sum; one that none sees stays 0.",
  example: `
const matrix = tensor([[1, 2, 3, 4], [10, 20, 30, 40]]); // two windows of 2×2, side by side
col2im(matrix, [1, 2, 3, 1], 2, 1) // which both see the middle column
// → [[1, 12, 20],
//    [3, 34, 40]]`,
  starter: `
function col2im(matrix: Tensor, shape: number[], f: number, stride: number): Tensor {
  const [m, height, width, channels] = shape; // of the images that come out
  // matrix: [m · rows · columns, f · f · channels]
  return yourCode();
}`,
  solution: solution.col2im,
  tests: [
    {
      title: "col2im(two rows of ones, [1, 2, 3, 1], 2, 1) is [[1, 2, 1], [1, 2, 1]]",
      async run(col2im) {
        const ones = tensor(Array(8).fill(1), [2, 4]);
        const expected = tensor([1, 2, 1, 1, 2, 1], [1, 2, 3, 1]);
        expectTensor(await col2im(ones, [1, 2, 3, 1], 2, 1), expected, {
          of: "col2im(ones, [1, 2, 3, 1], 2, 1)",
        });
      },
    },
    backTest("with numbers", [1, 3, 4, 1], 2, 1),
    backTest("with two channels", [1, 3, 3, 2], 2, 1),
    backTest("with a stride, and pixels that no window sees", [1, 6, 8, 1], 3, 2),
    backTest("on a batch", [2, 4, 5, 2], 3, 1),
  ],
  hints: [
    "The loops are those of im2col, and the indices too. What changes in the innermost line?",
    "im2col copies x to the matrix; here the matrix goes to x. Several windows may meet at a pixel.",
    "x.set(x.get(...at) + matrix.get((i * rows + row) * columns + column, (u * f + v) * channels + k), ...at), with at = [i, row * stride + u, column * stride + v, k].",
  ],
  wrongAnswers: [
    {
      says: "The last window that reaches a pixel stands there. They add up: this is a gradient, and every copy was an effect.",
      answer: (matrix, shape, f, stride) => put(matrix, shape, f, stride, (_, value) => value),
    },
    {
      says: "You take the mean where windows overlap. That gives the image back, but the gradient of a copy is a sum.",
      answer: (matrix, shape, f, stride) => {
        const sums = solution.col2im(matrix, shape, f, stride);
        const counts = solution.col2im(
          matrix.map(() => 1),
          shape,
          f,
          stride,
        );
        return zip(sums, counts, (sum, count) => (count === 0 ? 0 : sum / count));
      },
    },
    {
      says: "The stride is ignored.",
      answer: (matrix, shape, f, stride) => put(matrix, shape, f, stride, (a, b) => a + b, 1),
    },
    {
      says: "Rows and columns of the window have changed places: the value (u, v, k) stands at column (u · f + v) · channels + k.",
      answer: (matrix, shape, f, stride) => {
        const windows = matrix.reshape([matrix.shape[0], f, f, shape[3]]);
        const turned = windows.transpose([0, 2, 1, 3]).reshape(matrix.shape);
        return solution.col2im(turned, shape, f, stride);
      },
    },
    {
      says: "The channels are read as if they came first in a row. They come last.",
      answer: (matrix, shape, f, stride) => {
        const parts = matrix.reshape([matrix.shape[0], shape[3], f * f]);
        const turned = parts.transpose([0, 2, 1]).reshape(matrix.shape);
        return solution.col2im(turned, shape, f, stride);
      },
    },
    {
      says: "Only the first image has received anything.",
      answer: (matrix, shape, f, stride) => only(solution.col2im(matrix, shape, f, stride), 0, 0),
    },
    {
      says: "Only the first channel has received anything.",
      answer: (matrix, shape, f, stride) => only(solution.col2im(matrix, shape, f, stride), 3, 0),
    },
    {
      says: "Your image ends where the last window ends. Pixels that no window sees belong to it too, with 0.",
      answer: (matrix, shape, f, stride) => {
        const [m, height, width, channels] = shape;
        const seen = (n: number): number => Math.floor((n - f) / stride) * stride + f;
        return solution
          .col2im(matrix, shape, f, stride)
          .slice([0, 0, 0, 0], [m, seen(height), seen(width), channels]);
      },
    },
    {
      says: "The windows are taken column by column. As im2col has them, they follow each other along a row of the image first.",
      answer: (matrix, shape, f, stride) => {
        const [m, height, width] = shape;
        const [rows, columns] = [height, width].map((n) => Math.floor((n - f) / stride) + 1);
        const inOrder = matrix
          .reshape([m, columns, rows, matrix.shape[1]])
          .transpose([0, 2, 1, 3])
          .reshape(matrix.shape);
        return solution.col2im(inOrder, shape, f, stride);
      },
    },
    {
      says: "Each pixel counts how many windows see it; the numbers of the matrix do not come in.",
      answer: (matrix, shape, f, stride) =>
        solution.col2im(
          matrix.map(() => 1),
          shape,
          f,
          stride,
        ),
    },
    {
      says: "The values of a window are put back turned by 180°. im2col flips nothing, so the way back does not either.",
      answer: (matrix, shape, f, stride) => {
        const windows = matrix.reshape([matrix.shape[0], f * f, shape[3]]);
        const turned = fromFunction(windows.shape, (window, tap, k) =>
          windows.get(window, f * f - 1 - tap, k),
        );
        return solution.col2im(turned.reshape(matrix.shape), shape, f, stride);
      },
    },
  ],
});

/** col2im with another way to put a number to its pixel, and windows some other distance apart. */
function put(
  matrix: Tensor,
  shape: number[],
  f: number,
  stride: number,
  how: (before: number, value: number) => number,
  apart = stride,
): Tensor {
  const [m, height, width, channels] = shape;
  const [rows, columns] = [height, width].map((n) => Math.floor((n - f) / stride) + 1);
  const x = fromFunction(shape, () => 0);
  for (let i = 0; i < m; i++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let u = 0; u < f; u++)
          for (let v = 0; v < f; v++)
            for (let k = 0; k < channels; k++) {
              const at = [i, row * apart + u, column * apart + v, k];
              const window = (i * rows + row) * columns + column;
              x.set(how(x.get(...at), matrix.get(window, (u * f + v) * channels + k)), ...at);
            }
  return x;
}

function backTest(what: string, shape: number[], f: number, stride: number): ExerciseTest<Col2im> {
  return {
    title: `col2im(matrix, [${shape.join(", ")}], ${f}, ${stride}) ${what}`,
    async run(col2im, { random }) {
      const [m, height, width, channels] = shape;
      const [rows, columns] = [height, width].map((n) => Math.floor((n - f) / stride) + 1);
      const matrix = randomIntegers([m * rows * columns, f * f * channels], 1, 99, random);
      const expected = engine.col2im(matrix, [m, height, width, channels], f, { stride });
      expectTensor(await col2im(matrix, shape, f, stride), expected, {
        of: `col2im(matrix, [${shape.join(", ")}], ${f}, ${stride})`,
      });
    },
  };
}
