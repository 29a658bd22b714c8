import {
  type Tensor,
  fromFunction,
  engine,
  exercise,
  type ExerciseTest,
  expectTensor,
  flipFilter,
  randomIntegers,
  tensor,
  zeros,
} from "convbook";
import * as solution from "../solution";

type Im2col = typeof solution.im2col;

export const im2col = exercise({
  id: "08.im2col",
  title: "Windows as the rows of a matrix",
  minutes: 12,
  task:
    "Write `im2col(x, f, stride)`: a matrix with what each f×f window of the images sees, one row a " +
    "window, no padding: image by image, each image's windows row by row. In a row stand the f · f · " +
    "channels values of the window: row by row, column by column, the channels of a pixel together. " +
    "`x` is [m, h, w, channels].",
  example: `
im2col(tensor([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]), 2, 1) // two windows in an image of 2×3
// → [[1, 2, 4, 5],
//    [2, 3, 5, 6]]
im2col(tensor([1, 2, 3, 4, 5, 6], [1, 1, 3, 2]), 1, 2) // three pixels of two channels, stride 2
// → [[1, 2],
//    [5, 6]]`,
  starter: `
function im2col(x: Tensor, f: number, stride: number): Tensor {
  const [m, height, width, channels] = x.shape;
  // the result is [m · rows · columns, f · f · channels]
  return yourCode();
}`,
  solution: solution.im2col,
  tests: [
    {
      title: "im2col([[1, 2, 3], [4, 5, 6]], 2, 1) is [[1, 2, 4, 5], [2, 3, 5, 6]]",
      async run(im2col) {
        const x = tensor([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
        const expected = tensor([
          [1, 2, 4, 5],
          [2, 3, 5, 6],
        ]);
        expectTensor(await im2col(x, 2, 1), expected, { of: "im2col(x, 2, 1)" });
      },
    },
    columnsTest("with two channels", [1, 3, 3, 2], 2, 1),
    columnsTest("on an image that is not square", [1, 3, 5, 1], 2, 1),
    columnsTest("with a stride, and rows left over", [1, 6, 8, 1], 3, 2),
    columnsTest("on a batch", [3, 4, 5, 2], 2, 2),
  ],
  hints: [
    "How many windows are there along each axis? That is lesson 03. So how many rows has the matrix, and how many columns?",
    "The window of (image i, row r, column c) is row (i · rows + r) · columns + c of the matrix. At which column stands its value (u, v, k)?",
    "Six loops; matrix.set(x.get(i, row * stride + u, column * stride + v, k), (i * rows + row) * columns + column, (u * f + v) * channels + k).",
  ],
  wrongAnswers: [
    {
      says: "Each window is a column. In this task each is a row: transpose.",
      answer: (x, f, stride) => solution.im2col(x, f, stride).transpose([1, 0]),
    },
    {
      says: "The channels come first in your rows, then the window. Here they come last: for each pixel of the window, all its channels.",
      answer: (x, f, stride) => {
        const matrix = solution.im2col(x, f, stride);
        const [windows, channels] = [matrix.shape[0], x.shape[3]];
        return matrix
          .reshape([windows, f * f, channels])
          .transpose([0, 2, 1])
          .reshape(matrix.shape);
      },
    },
    {
      says: "The stride is ignored: windows start `stride` apart.",
      answer: (x, f) => solution.im2col(x, f, 1),
    },
    {
      says: "Your windows lie side by side, f apart. They start `stride` apart.",
      answer: (x, f) => solution.im2col(x, f, f),
    },
    {
      says: "The values inside a window are read column by column. Its rows come first.",
      answer: (x, f, stride) => {
        const matrix = solution.im2col(x, f, stride);
        const shape = [matrix.shape[0], f, f, x.shape[3]];
        return matrix.reshape(shape).transpose([0, 2, 1, 3]).reshape(matrix.shape);
      },
    },
    {
      says: "The windows follow each other column by column. Go along a row of the image first.",
      answer: (x, f, stride) => {
        const matrix = solution.im2col(x, f, stride);
        const [m, height, width] = x.shape;
        const [rows, columns] = [height, width].map((n) => Math.floor((n - f) / stride) + 1);
        return matrix
          .reshape([m, rows, columns, matrix.shape[1]])
          .transpose([0, 2, 1, 3])
          .reshape(matrix.shape);
      },
    },
    {
      says: "The window is turned by 180°, last value first. Copy it as it stands; nothing is flipped.",
      answer: (x, f, stride) => {
        const matrix = solution.im2col(x, f, stride);
        const shape = [matrix.shape[0], f, f, x.shape[3]];
        const windows = matrix.reshape(shape).transpose([1, 2, 3, 0]);
        return flipFilter(windows).transpose([3, 0, 1, 2]).reshape(matrix.shape);
      },
    },
    {
      says: "Only the first image is there. The first axis of x counts images.",
      answer: (x, f, stride) => solution.im2col(x.image(0), f, stride),
    },
    {
      says: "Only the first channel is there. A row has f · f · channels values.",
      answer: (x, f, stride) => solution.im2col(x.channel(0), f, stride),
    },
    {
      says: "The last window of each row and each column is missing: there are (n - f) / stride, rounded down, and one more.",
      answer: (x, f, stride) => {
        const [rows, columns] = windowsOf(x, f, stride);
        return copied(x, f, [rows - 1, columns - 1], stride);
      },
    },
    {
      says: "There are as many windows as with the stride, but they start one pixel apart: row · stride + u, column · stride + v.",
      answer: (x, f, stride) => copied(x, f, windowsOf(x, f, stride), 1),
    },
    {
      says: "You round the number of windows up, so that the last one hangs over the edge. Round down, then add one.",
      answer: (x, f, stride) =>
        copied(
          x,
          f,
          x.shape.slice(1, 3).map((n) => Math.ceil((n - f) / stride) + 1),
          stride,
        ),
    },
    {
      says: "There are as many windows in a row as in a column: count those of a row by the image's width.",
      answer: (x, f, stride) => {
        const [rows] = windowsOf(x, f, stride);
        return copied(x, f, [rows, rows], stride);
      },
    },
    {
      says: "The values are right and in their order, but not in a matrix. Its shape is [m · rows · columns, f · f · channels].",
      answer: (x, f, stride) =>
        solution.im2col(x, f, stride).reshape([x.shape[0], ...windowsOf(x, f, stride), -1]),
    },
    {
      says: "The values are right and in their order, in one long row. Give it the shape [m · rows · columns, f · f · channels].",
      answer: (x, f, stride) => solution.im2col(x, f, stride).reshape([-1]),
    },
    {
      says: "The images write over each other: the windows of image i begin at row i · rows · columns of the matrix.",
      answer: (x, f, stride) => {
        const [rows, columns] = windowsOf(x, f, stride);
        const last = solution.im2col(x.image(x.shape[0] - 1), f, stride);
        return fromFunction([x.shape[0] * rows * columns, last.shape[1]], (window, value) =>
          window < rows * columns ? last.get(window, value) : 0,
        );
      },
    },
    {
      says: "Every window is the first one of its image: add row · stride and column · stride to the position in the window.",
      answer: (x, f, stride) => {
        const right = solution.im2col(x, f, stride);
        const [rows, columns] = windowsOf(x, f, stride);
        return fromFunction(right.shape, (window, value) =>
          right.get(window - (window % (rows * columns)), value),
        );
      },
    },
  ],
});

function columnsTest(
  what: string,
  shape: number[],
  f: number,
  stride: number,
): ExerciseTest<Im2col> {
  return {
    title: `im2col(x, ${f}, ${stride}), x of [${shape.join(", ")}], ${what}`,
    async run(im2col, { random }) {
      const x = randomIntegers(shape, 1, 99, random);
      expectTensor(await im2col(x, f, stride), engine.im2col(x, f, { stride }), {
        of: `im2col(x, ${f}, ${stride})`,
      });
    },
  };
}

/** How many windows there are along rows and columns. */
function windowsOf(x: Tensor, f: number, stride: number): number[] {
  return x.shape.slice(1, 3).map((n) => Math.floor((n - f) / stride) + 1);
}

/** The loops of the solution, with so many windows along the axes, so far apart. */
function copied(x: Tensor, f: number, [rows, columns]: number[], apart: number): Tensor {
  const [m, , , channels] = x.shape;
  const matrix = zeros([m * rows * columns, f * f * channels]);
  for (let i = 0; i < m; i++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let u = 0; u < f; u++)
          for (let v = 0; v < f; v++)
            for (let k = 0; k < channels; k++) {
              const value = x.get(i, row * apart + u, column * apart + v, k);
              matrix.set(value, (i * rows + row) * columns + column, (u * f + v) * channels + k);
            }
  return matrix;
}
