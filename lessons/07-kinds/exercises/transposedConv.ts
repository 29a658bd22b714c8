import {
  conv2dBackward,
  conv2dTranspose,
  exercise,
  type ExerciseTest,
  expectTensor,
  flipFilter,
  fromFunction,
  randomIntegers,
  type Tensor,
  tensor,
  zeros,
} from "convbook";
import { only } from "../../shared/only";
import { orZero } from "../../shared/orZero";
import * as solution from "../solution";

type TransposedConv = typeof solution.transposedConv;

export const transposedConv = exercise({
  id: "07.transposedConv",
  title: "A transposed convolution from dx",
  minutes: 12,
  task:
    "Write `transposedConv(x, filter, stride, pad, extra)`: each value of `x`, [m, h, w, cin], stamps" +
    " the filter, [f, f, cout, cin], times itself; the stamps lie `stride` apart and add up. Then " +
    "`pad` is cut off on all four sides, and the last `extra` rows and columns are kept after all, or" +
    " are zero where no stamp reaches. The result is [m, oh, ow, cout].",
  example: `
const twoRows = filterOf([[0, 0, 0], [1, 2, 3], [4, 5, 6]]);
transposedConv(tensor([1, 10], [1, 1, 2, 1]), twoRows, 2, 1, 0) // the middle of 1 2 13 20 30
// → [2, 13, 20]
transposedConv(tensor([1, 10], [1, 1, 2, 1]), twoRows, 2, 1, 1) // a row and a column more
// → [[2, 13, 20, 30],
//    [5, 46, 50, 60]]`,
  starter: `
function transposedConv(
  x: Tensor,
  filter: Tensor,
  stride: number,
  pad: number,
  extra: number,
): Tensor {
  const [m, height, width] = x.shape; // [m, h, w, cin]
  const [f, , filters] = filter.shape; // [f, f, cout, cin]
  // conv2dBackward(dz, x, filter, { stride, padding }).dx can do all of it.
  return yourCode();
}`,
  solution: solution.transposedConv,
  tests: [
    {
      title: "transposedConv([1, 10], ones(3 x 3), 2, 1, 0) is 1, 11, 10",
      async run(transposedConv) {
        const x = tensor([1, 10], [1, 1, 2, 1]);
        const ones = tensor(Array(9).fill(1), [3, 3, 1, 1]);
        const expected = tensor([1, 11, 10], [1, 1, 3, 1]);
        expectTensor(await transposedConv(x, ones, 2, 1, 0), expected, {
          of: "transposedConv([1, 10], ones, 2, 1, 0)",
        });
      },
    },
    transposedTest("at stride 1", { shape: [1, 3, 4, 1], f: 3, filters: 1, stride: 1 }),
    transposedTest("at stride 2", { shape: [1, 2, 3, 1], f: 3, filters: 1, stride: 2 }),
    transposedTest("with gaps between the stamps", {
      shape: [1, 2, 3, 1],
      f: 2,
      filters: 1,
      stride: 3,
    }),
    transposedTest("with padding cut off", {
      shape: [1, 3, 4, 1],
      f: 3,
      filters: 1,
      stride: 2,
      pad: 1,
    }),
    transposedTest("with a row and a column more at the end", {
      shape: [1, 3, 2, 1],
      f: 3,
      filters: 1,
      stride: 2,
      pad: 1,
      extra: 1,
    }),
    transposedTest("on batches and channels", {
      shape: [2, 3, 2, 3],
      f: 4,
      filters: 2,
      stride: 3,
      pad: 1,
      extra: 2,
    }),
  ],
  hints: [
    "Lesson 06: dx of a convolution is a sum of stamps, the filter times each dz, where that output had looked. Which tensor of conv2dBackward(dz, x, filter, options) plays the part of your x?",
    "conv2dBackward wants to know the input of the convolution, and takes its size for dx. The values do not matter for dx, only the shape: [m, ?, ?, filters]. Lesson 03's formula, solved for n, gives the height.",
    "const grown = (n: number) => (n - 1) * stride + f - 2 * pad + extra; then conv2dBackward(x, zeros([m, grown(height), grown(width), filters]), filter, { stride, padding: pad }).dx.",
  ],
  wrongAnswers: [
    {
      says: "The extra rows and columns are missing: the result is `extra` larger along both axes.",
      answer: (x, filter, stride, pad) => solution.transposedConv(x, filter, stride, pad, 0),
    },
    {
      says: "The padding is not cut off. That of the convolution was outside its image, so it has no place in the result.",
      answer: (x, filter, stride, _, extra) => solution.transposedConv(x, filter, stride, 0, extra),
    },
    {
      says: "Your padding makes the result larger. Here it is taken away: what a convolution adds, its transposed one cuts off.",
      answer: (x, filter, stride, pad, extra) => {
        const whole = solution.transposedConv(x, filter, stride, 0, 0); // nothing cut off
        const [m, height, width, filters] = whole.shape;
        const shape = [m, height + 2 * pad + extra, width + 2 * pad + extra, filters];
        return fromFunction(shape, (i, row, column, c) =>
          orZero(whole, i, row - pad, column - pad, c),
        );
      },
    },
    {
      says: "The stride is ignored: the stamps stand 1 apart. They stand `stride` apart, which is what makes the result larger.",
      answer: (x, filter, _, pad, extra) => solution.transposedConv(x, filter, 1, pad, extra),
    },
    {
      says: "The stamps are turned by 180°. Backwards the filter comes out upright (lesson 06): a single 1 gives the filter itself.",
      answer: (x, filter, stride, pad, extra) =>
        solution.transposedConv(x, flipFilter(filter), stride, pad, extra),
    },
    {
      says: "Where stamps overlap, the later one covers the earlier. They add up.",
      answer: (x, filter, stride, pad, extra) => stamped(x, filter, { stride, pad, extra }),
    },
    {
      says: "The extra row and column stand at the beginning. They belong after the last.",
      answer: (x, filter, stride, pad, extra) => {
        const plain = solution.transposedConv(x, filter, stride, pad, 0);
        const [m, height, width, filters] = plain.shape;
        return fromFunction([m, height + extra, width + extra, filters], (i, row, column, c) =>
          orZero(plain, i, row - extra, column - extra, c),
        );
      },
    },
    {
      says: "The extra row and column are zeros. If the filter reaches so far, its stamp goes on there: it is not padding, but a part that was cut off.",
      answer: (x, filter, stride, pad, extra) => {
        const plain = solution.transposedConv(x, filter, stride, pad, 0);
        const [m, height, width, filters] = plain.shape;
        return fromFunction([m, height + extra, width + extra, filters], (...index) =>
          orZero(plain, ...index),
        );
      },
    },
    {
      says: "Height and width of x have changed places in the size of the result.",
      answer: (x, filter, stride, pad, extra) =>
        zeros(solution.transposedConv(x.transpose([0, 2, 1, 3]), filter, stride, pad, extra).shape),
    },
    {
      says: "Only the first image has been stamped. The first axis of x counts images.",
      answer: (x, filter, stride, pad, extra) =>
        solution.transposedConv(only(x, 0, 0), filter, stride, pad, extra),
    },
    {
      says: "Only the first channel of x has been stamped. All cin channels add their stamps.",
      answer: (x, filter, stride, pad, extra) =>
        solution.transposedConv(only(x, 3, 0), filter, stride, pad, extra),
    },
    {
      says: "The size of the result is wrong: between n stamps there are n - 1 steps of `stride`, so (n - 1) · stride + f - 2 · pad + extra. You have n · stride.",
      answer: (x, filter, stride, pad, extra) =>
        ofSize(x, filter, stride, pad, (n, f) => n * stride + f - 2 * pad + extra),
    },
    {
      says: "The size of the result is wrong: the padding is cut off on both sides, 2 · pad of each axis. You take it away once.",
      answer: (x, filter, stride, pad, extra) =>
        ofSize(x, filter, stride, pad, (n, f) => (n - 1) * stride + f - pad + extra),
    },
    {
      says: "Less is cut off at the beginning, where `extra` rows and columns more are to be seen. It is at the end that the result is larger.",
      answer: (x, filter, stride, pad, extra) => {
        const whole = solution.transposedConv(x, filter, stride, 0, 0);
        const [m, height, width, filters] = solution.transposedConv(
          x,
          filter,
          stride,
          pad,
          extra,
        ).shape;
        const from = pad - extra;
        return fromFunction([m, height, width, filters], (i, row, column, c) =>
          orZero(whole, i, row + from, column + from, c),
        );
      },
    },
  ],
});

/** Stamps that cover each other where they should add up. */
function stamped(
  x: Tensor,
  filter: Tensor,
  { stride, pad, extra }: { stride: number; pad: number; extra: number },
): Tensor {
  const y = zeros(solution.transposedConv(x, filter, stride, pad, extra).shape); // [m, oh, ow, cout]
  const [m, height, width, channels] = x.shape;
  const [f, , filters] = filter.shape;
  const [, rows, columns] = y.shape;
  for (let i = 0; i < m; i++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let u = 0; u < f; u++)
          for (let v = 0; v < f; v++)
            for (let c = 0; c < filters; c++) {
              const [down, right] = [row * stride + u - pad, column * stride + v - pad];
              if (down < 0 || down >= rows || right < 0 || right >= columns) continue;
              let stamp = 0;
              for (let k = 0; k < channels; k++)
                stamp += x.get(i, row, column, k) * filter.get(u, v, c, k);
              y.set(stamp, i, down, right, c);
            }
  return y;
}

function transposedTest(
  what: string,
  given: {
    shape: number[];
    f: number;
    filters: number;
    stride: number;
    pad?: number;
    extra?: number;
  },
): ExerciseTest<TransposedConv> {
  const { shape, f, filters, stride, pad = 0, extra = 0 } = given;
  return {
    title: `transposedConv(x, ${f} x ${f}, ${stride}, ${pad}, ${extra}) ${what}`,
    async run(transposedConv, { random }) {
      const x = randomIntegers(shape, 1, 9, random);
      const filter = randomIntegers([f, f, filters, shape[3]], 1, 9, random);
      const options = { stride, padding: pad, outputPadding: extra };
      expectTensor(
        await transposedConv(x, filter, stride, pad, extra),
        conv2dTranspose(x, filter, options),
        { of: `transposedConv(x, ${f} x ${f}, ${stride}, ${pad}, ${extra})` },
      );
    },
  };
}

/** By conv2dBackward, with another formula for the size of the result: an error where the two do not fit. */
function ofSize(
  x: Tensor,
  filter: Tensor,
  stride: number,
  pad: number,
  grown: (n: number, f: number) => number,
): Tensor {
  const [m, height, width] = x.shape;
  const [f, , filters] = filter.shape;
  const shape = [m, grown(height, f), grown(width, f), filters];
  return conv2dBackward(x, zeros(shape), filter, { stride, padding: pad }).dx;
}
