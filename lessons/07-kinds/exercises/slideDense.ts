import {
  conv2d,
  exercise,
  type ExerciseTest,
  expectTensor,
  flipFilter,
  randomIntegers,
  type Tensor,
  tensor,
  zeros,
} from "convbook";
import * as solution from "../solution";

type SlideDense = typeof solution.slideDense;

export const slideDense = exercise({
  id: "07.slideDense",
  title: "A dense layer on every window",
  minutes: 8,
  task:
    "Write `slideDense(x, matrix, bias, window)`: what a dense layer, made for images as large as " +
    "`window`, answers at every window of larger images, stride 1 and no padding. `matrix` is [height" +
    " · width · c, units] and belongs to a window flattened as `flatten()` does it: row, column, " +
    "channel. The result is [m, oh, ow, units].",
  example: `
// one unit with the weights 10 and 1 and the bias 100, at the windows (1, 2) and (2, 5)
slideDense(tensor([1, 2, 5], [1, 1, 3, 1]), tensor([10, 1], [2, 1]), tensor([100]), [1, 2])
// → [112, 125]`,
  starter: `
function slideDense(x: Tensor, matrix: Tensor, bias: Tensor, window: [number, number]): Tensor {
  const [height, width] = window;
  // x: [m, h, w, c]; matrix: [height · width · c, units]; bias: [units]
  // the result: [m, h - height + 1, w - width + 1, units]
  return yourCode();
}`,
  solution: solution.slideDense,
  tests: [
    {
      title: "slideDense(x, matrix, bias, [1, 2]) on the row 1, 2, 5 gives two places",
      async run(slideDense) {
        const x = tensor([1, 2, 5], [1, 1, 3, 1]);
        const [matrix, bias] = [tensor([[10], [1]]), tensor([100])];
        const expected = tensor([112, 125], [1, 1, 2, 1]);
        expectTensor(await slideDense(x, matrix, bias, [1, 2]), expected, {
          of: "slideDense([1, 2, 5], [[10], [1]], [100], [1, 2])",
        });
      },
    },
    denseTest("where the image is as large as the window", [1, 3, 2, 2], [3, 2], 3),
    denseTest("on a larger image, with two channels", [1, 5, 4, 2], [2, 3], 2),
    denseTest("on a batch in colour", [3, 6, 6, 3], [3, 2], 4),
    denseTest("where the window is a square", [2, 4, 5, 2], [2, 2], 3),
  ],
  hints: [
    "Take one unit of the dense layer: it has a weight for each value of the window. How would you lay these weights out, so that conv2d multiplies each with its value?",
    "conv2d wants a filter [height, width, c, units]. The matrix has the same numbers in the same order: what does reshape do to the order of the numbers?",
    "conv2d(x, matrix.reshape([height, width, x.shape[3], matrix.shape[1]]), { bias }).",
  ],
  wrongAnswers: [
    {
      says: "The bias is missing: the dense layer adds it for each unit, at every position.",
      answer: (x, matrix, _, [height, width]) => conv2d(x, asFilter(x, matrix, height, width)),
    },
    {
      says: "The filter is turned by 180°. conv2d does not flip: the weight of the first row and column meets the first row and column.",
      answer: (x, matrix, bias, [height, width]) =>
        conv2d(x, flipFilter(asFilter(x, matrix, height, width)), { bias }),
    },
    {
      says: "The weights are read as channel, row, column, which is PyTorch's order. Here images are flattened row by row, and the channels of a pixel stand together.",
      answer: (x, matrix, bias, [height, width]) => {
        const [channels, units] = [x.shape[3], matrix.shape[1]];
        const filter = matrix.reshape([channels, height, width, units]).transpose([1, 2, 0, 3]);
        return conv2d(x, filter, { bias });
      },
    },
    {
      says: "The weights of the units are mixed up: in the matrix each unit is a column. Reshape it with the units as the last axis.",
      answer: (x, matrix, bias, [height, width]) => {
        const [channels, units] = [x.shape[3], matrix.shape[1]];
        const filter = matrix.reshape([units, height, width, channels]).transpose([1, 2, 3, 0]);
        return conv2d(x, filter, { bias });
      },
    },
    {
      says: "Height and width of the window have changed places in the filter.",
      answer: (x, matrix, bias, [height, width]) => {
        const [channels, units] = [x.shape[3], matrix.shape[1]];
        const filter = matrix.reshape([width, height, channels, units]).transpose([1, 0, 2, 3]);
        return conv2d(x, filter, { bias });
      },
    },
    {
      says: "This is the dense layer on the first window alone. It is to be applied at every position where the window fits.",
      answer: (x, matrix, bias, [height, width]) => {
        const [m, , , channels] = x.shape;
        return conv2d(
          x.slice([0, 0, 0, 0], [m, height, width, channels]),
          asFilter(x, matrix, height, width),
          { bias },
        );
      },
    },
    {
      says: "Your windows lie side by side, a window's height and width apart. They start at every pixel: the stride is 1.",
      answer: (x, matrix, bias, [height, width]) =>
        conv2d(x, asFilter(x, matrix, height, width), { bias, stride: [height, width] }),
    },
    {
      says: "Every second window is left out, the stride is 2. The window is placed at every pixel where it fits.",
      answer: (x, matrix, bias, [height, width]) =>
        conv2d(x, asFilter(x, matrix, height, width), { bias, stride: 2 }),
    },
    {
      says: "There is padding around the image. The window is placed only where it fits whole.",
      answer: (x, matrix, bias, [height, width]) =>
        conv2d(x, asFilter(x, matrix, height, width), { bias, padding: "same" }),
    },
    {
      says: "Only the first image of the batch is there. The first axis of x counts images.",
      answer: (x, matrix, bias, window) => solution.slideDense(x.image(0), matrix, bias, window),
    },
    {
      says: "The result is 0 everywhere. What does conv2d return, and what do you return?",
      answer: (x, matrix, bias, window) =>
        zeros(solution.slideDense(x, matrix, bias, window).shape),
    },
    {
      says: "The filter is made [width, height, ...]. A window's values come row by row, so its height is the first axis: [height, width, c, units].",
      answer: (x, matrix, bias, [height, width]) =>
        conv2d(x, asFilter(x, matrix, width, height), { bias }),
    },
    {
      says: "The matrix is transposed before it is reshaped, which mixes the weights of different units. Its numbers are in the filter's order as they are.",
      answer: (x, matrix, bias, window) =>
        solution.slideDense(x, matrix.transpose([1, 0]).reshape(matrix.shape), bias, window),
    },
    {
      says: "The bias is added twice: conv2d adds it when it is given { bias }.",
      answer: (x, matrix, bias, window) =>
        solution.slideDense(
          x,
          matrix,
          bias.map((value) => 2 * value),
          window,
        ),
    },
  ],
});

function asFilter(x: Tensor, matrix: Tensor, height: number, width: number): Tensor {
  return matrix.reshape([height, width, x.shape[3], matrix.shape[1]]);
}

function denseTest(
  what: string,
  shape: number[],
  window: [number, number],
  units: number,
): ExerciseTest<SlideDense> {
  return {
    title: `slideDense(x, matrix, bias, [${window.join(", ")}]), x of [${shape.join(", ")}], ${what}`,
    async run(slideDense, { random }) {
      const x = randomIntegers(shape, -4, 4, random);
      const matrix = randomIntegers([window[0] * window[1] * shape[3], units], -4, 4, random);
      const bias = randomIntegers([units], 1, 9, random);
      const expected = solution.slideDense(x, matrix, bias, window);
      expectTensor(await slideDense(x, matrix, bias, window), expected, {
        of: `slideDense(x, matrix, bias, [${window.join(", ")}])`,
      });
    },
  };
}
