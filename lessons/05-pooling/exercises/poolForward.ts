import {
  exercise,
  type ExerciseTest,
  expectTensor,
  fromFunction,
  type PoolMode,
  randomIntegers,
  type Tensor,
} from "convbook";
import { only } from "../../shared/only";
import * as solution from "../solution";
import { pooledWindow } from "./pooledWindow";

type PoolForward = typeof solution.poolForward;

export const poolForward = exercise({
  id: "05.poolForward",
  title: "Pooling, in both modes",
  minutes: 15,
  task:
    "Write `poolForward(aPrev, { f, stride }, mode)`: each channel of each f×f window of a batch, [m," +
    " h, w, c], becomes one number, its largest value or its average. The windows are `stride` apart," +
    " without padding; what does not fill a window at the end is left out. The result is [m, oh, ow, " +
    "c].",
  example: `
const twoRows = tensor([1, 5, 9, 2, 4,
                        3, 0, 9, 6, 1], [1, 2, 5, 1]);
poolForward(twoRows, { f: 2, stride: 3 }, "max") // → [5, 6]
poolForward(twoRows, { f: 2, stride: 3 }, "average") // → [2.25, 3.25]`,
  starter: `
function poolForward(
  aPrev: Tensor,
  { f, stride }: { f: number; stride: number },
  mode: "max" | "average",
): Tensor {
  const [m, height, width, channels] = aPrev.shape; // [m, h, w, c]
  // Make a = zeros([...]) and set its values with a.set(value, i, row, column, c).
  return yourCode();
}`,
  solution: solution.poolForward,
  tests: [
    poolTest("keeps the largest of four", { shape: [1, 4, 4, 1], f: 2, stride: 2, mode: "max" }),
    poolTest("averages nine", { shape: [1, 6, 8, 1], f: 3, stride: 2, mode: "average" }),
    poolTest("has windows that overlap", { shape: [1, 8, 5, 1], f: 3, stride: 2, mode: "max" }),
    poolTest("on negative values, in batches and channels", {
      shape: [2, 5, 6, 3],
      f: 2,
      stride: 1,
      mode: "max",
      values: [-9, -1],
    }),
    poolTest("on a batch, with windows at every pixel", {
      shape: [2, 6, 5, 2],
      f: 3,
      stride: 1,
      mode: "average",
    }),
  ],
  hints: [
    "This slides as a convolution does: the size is floor((n - f) / stride) + 1 along both axes. And how many channels come out?",
    "Five things index a value of the output and its window: i, row, column, c, and the position in the window. Where in the image does the window of output (row, column) start?",
    "For the maximum, which value is below every pixel, also where all of them are negative? For the average, how many values has a window?",
    "Inside loops over i, row, column and c: start with largest = -Infinity and sum = 0, go over down and right from 0 to f - 1, and take aPrev.get(i, row * stride + down, column * stride + right, c) into both.",
  ],
  wrongAnswers: [
    {
      says: "Your search for the largest value starts at 0. Where all values of a window are negative, 0 wins though it is not among them. Start at -Infinity.",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return mode === "max" ? pooled.map((value) => Math.max(0, value)) : pooled;
      },
    },
    {
      says: "The average is not divided: this is the sum of the window.",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return mode === "average" ? pooled.map((value) => value * options.f ** 2) : pooled;
      },
    },
    {
      says: "The sum is divided by f. How many values are there in an f x f window?",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return mode === "average" ? pooled.map((value) => value * options.f) : pooled;
      },
    },
    {
      says: 'This is the maximum in both modes. `mode` may be "average" as well.',
      answer: (aPrev, options) => solution.poolForward(aPrev, options, "max"),
    },
    {
      says: 'This is the average in both modes. `mode` may be "max" as well.',
      answer: (aPrev, options) => solution.poolForward(aPrev, options, "average"),
    },
    {
      says: "The windows start at row and column, not at row · stride and column · stride: the size is right, but only the top left corner is looked at.",
      answer: (aPrev, { f, stride }, mode) => {
        const everywhere = solution.poolForward(aPrev, { f, stride: 1 }, mode);
        const { shape } = solution.poolForward(aPrev, { f, stride }, mode);
        return everywhere.slice([0, 0, 0, 0], shape);
      },
    },
    {
      says: "The windows lie side by side, whatever the stride is. When the stride is smaller than f, they overlap.",
      answer: (aPrev, { f }, mode) => solution.poolForward(aPrev, { f, stride: f }, mode),
    },
    {
      says: "There is a window at every pixel: the stride is left out.",
      answer: (aPrev, { f }, mode) => solution.poolForward(aPrev, { f, stride: 1 }, mode),
    },
    {
      says: "The last window of each row and column is missing. (n - f) / stride is the number of steps; the position before the first step counts too.",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        const [, rows, columns] = pooled.shape;
        return pooled.slice([0, 0, 0, 0], [-1, rows - 1, columns - 1, -1]);
      },
    },
    {
      says: "The channels are pooled together. Each is a map of its own, of another feature: as many come out as go in.",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return overChannels(pooled, mode, 1);
      },
    },
    {
      says: "Every channel of your output holds what all channels give together. Look at channel c only for channel c of the output.",
      answer: (aPrev, options, mode) => {
        const pooled = solution.poolForward(aPrev, options, mode);
        return overChannels(pooled, mode, pooled.shape[3]);
      },
    },
    {
      says: "Only the first image of the batch is pooled, the others are zero. What does the first axis of [m, h, w, c] count?",
      answer: (aPrev, options, mode) => only(solution.poolForward(aPrev, options, mode), 0, 0),
    },
    {
      says: "Only the first channel is pooled, the others are zero. What does the last axis of [m, h, w, c] count?",
      answer: (aPrev, options, mode) => only(solution.poolForward(aPrev, options, mode), 3, 0),
    },
    {
      says: "Rows and columns have changed places in the output. Its shape is [m, rows, columns, c], in the order of the input.",
      answer: (aPrev, options, mode) =>
        solution.poolForward(aPrev, options, mode).transpose([0, 2, 1, 3]),
    },
  ],
});

/** A test of poolForward on small random integers; its card shows the window behind a wrong value. */
function poolTest(
  what: string,
  given: { shape: number[]; f: number; stride: number; mode: PoolMode; values?: [number, number] },
): ExerciseTest<PoolForward> {
  const { shape, f, stride, mode, values = [1, 9] } = given;
  const call = `poolForward(x, {f: ${f}, stride: ${stride}}, "${mode}")`;
  return {
    title: `${call} ${what}`,
    async run(poolForward, { random }) {
      const x = randomIntegers(shape, ...values, random); // [m, h, w, c]
      const expected = solution.poolForward(x, { f, stride }, mode);
      expectTensor(await poolForward(x, { f, stride }, mode), expected, {
        of: call,
        window: pooledWindow(x, f, stride, mode),
      });
    },
  };
}

/** All channels of each position pooled into one value, which fills `copies` channels. */
function overChannels(x: Tensor, mode: PoolMode, copies: number): Tensor {
  const [m, height, width, channels] = x.shape;
  return fromFunction([m, height, width, copies], (i, row, column) => {
    const values = Array.from({ length: channels }, (_, c) => x.get(i, row, column, c));
    return mode === "max"
      ? Math.max(...values)
      : values.reduce((sum, value) => sum + value, 0) / channels;
  });
}
