import {
  type ComputedFrom,
  exercise,
  type ExerciseTest,
  expectTensor,
  fromFunction,
  randomIntegers,
  type Tensor,
  tensor,
} from "convbook";
import { orZero } from "../../shared/orZero";
import { placed } from "../../shared/placed";
import * as solution from "../solution";
import { steep } from "./steep";

type Correlate2d = typeof solution.correlate2d;

/** What goes into a correlation, so that one thing at a time can be got wrong. */
interface Slide {
  /** How many positions there are along an axis. */
  positions(n: number, f: number): number;
  /** Which weight meets the pixel at (i + a, j + b). */
  weight(k: Tensor, a: number, b: number): number;
  /** How far apart two positions are. */
  step(f: number): number;
}

const RIGHT: Slide = {
  positions: (n, f) => n - f + 1,
  weight: (k, a, b) => k.get(a, b),
  step: () => 1,
};

export const correlate2d = exercise({
  id: "01.correlate2d",
  title: "Slide a filter over a picture",
  minutes: 10,
  task: "Write `correlate2d(x, k)`: slide the filter k, [kh, kw], over the grey picture x, [h, w], to every position where it fits. At each position multiply every pixel by the weight that lies on it and add up; the sums are the result, in the order of the positions.",
  example: `
correlate2d(tensor([[1, 2, 3], [4, 5, 7]]), tensor([[1, 10]]))
// → [[21, 32], [54, 75]]`,
  starter: `
function correlate2d(x: Tensor, k: Tensor): Tensor {
  const [height, width] = x.shape; // a grey picture, [h, w]
  const [kh, kw] = k.shape;        // the filter, [kh, kw]
  // useful: zeros([rows, columns]), x.get(row, column), k.get(a, b), y.set(sum, i, j)
  return yourCode();
}`,
  solution: solution.correlate2d,
  tests: [
    correlationTest("on a 3 x 3 picture with a 2 x 2 filter: four sums of four products", {
      picture: [3, 3],
      filter: [2, 2],
    }),
    correlationTest("on a 5 x 7 picture with a 3 x 3 filter", { picture: [5, 7], filter: [3, 3] }),
    correlationTest("on a 6 x 5 picture with a filter of 2 rows and 4 columns", {
      picture: [6, 5],
      filter: [2, 4],
    }),
    correlationTest("on a picture as large as the filter: a single number", {
      picture: [3, 2],
      filter: [3, 2],
    }),
  ],
  hints: [
    "A filter with 2 rows on a picture with 3 rows: at which rows can its first row stand? So how many rows has the result, in terms of h and kh?",
    "Two loops go over the positions (i, j) of the result, and inside them two over the cells (a, b) of the filter. Which pixel lies under the filter's cell (a, b) when its corner stands at (i, j)?",
    "Inside the loops over i and j: let sum = 0; then, over a and b, sum += x.get(i + a, j + b) * k.get(a, b); then y.set(sum, i, j).",
  ],
  wrongAnswers: [
    {
      says: "Your filter is turned by half a circle: its last weight meets the first pixel. That is the convolution of mathematics, which comes later in this lesson. Here k.get(a, b) meets x.get(i + a, j + b).",
      answer: slideWith({
        weight: (k, a, b) => k.get(k.shape[0] - 1 - a, k.shape[1] - 1 - b),
      }),
    },
    {
      says: "Rows and columns of the filter have changed places: the pixel at (i + a, j + b) meets the weight k.get(b, a).",
      answer: slideWith({ weight: (k, a, b) => k.get(b, a) }),
    },
    {
      says: "Your filter walks over the right edge of the picture, where there are no pixels. At which column does its first cell stand when its last one is on the last pixel?",
      answer: (x) => tensor([x.get(0, x.shape[1])]),
    },
    {
      says: "The last row and the last column are missing. h - kh is the last row at which the filter can stand; and it can stand at row 0 as well.",
      answer: slideWith({ positions: (n, f) => n - f }),
    },
    {
      says: "Your result is as large as the picture. Where the filter would hang over the edge there is no sum: leave these positions out. (Filling the outside with zeros is lesson 02.)",
      answer: (x, k) => placed(solution.correlate2d(x, k), x.shape, [0, 0]),
    },
    {
      says: "Your result is as large as the picture, with zeros around. Where the filter would hang over the edge there is no sum: leave these positions out.",
      answer: (x, k) =>
        placed(
          solution.correlate2d(x, k),
          x.shape,
          k.shape.map((f) => Math.floor((f - 1) / 2)),
        ),
    },
    {
      says: "Your result has as many rows as it should have columns. x.shape and y.shape are [rows, columns]; y.set(sum, i, j) has the row first.",
      answer: (x, k) => solution.correlate2d(x, k).transpose([1, 0]),
    },
    {
      says: "These are means, not sums. Nothing is divided: a filter that is meant to average has weights of 1/9 itself.",
      answer: (x, k) => solution.correlate2d(x, k).map((value) => value / k.size),
    },
    {
      says: "Only the last product at each position is left: every product overwrites the one before. Collect them in a sum, and set it once.",
      answer: (x, k) => {
        const [kh, kw] = k.shape;
        const shape = solution.correlate2d(x, k).shape;
        return fromFunction(shape, (i, j) => x.get(i + kh - 1, j + kw - 1) * k.get(kh - 1, kw - 1));
      },
    },
    {
      says: "The sum is never set back to 0: each position adds to all those before it. Where must `let sum = 0` stand?",
      answer: (x, k) => {
        let sum = 0;
        return solution.correlate2d(x, k).map((value) => (sum += value));
      },
    },
    {
      says: "The filter is taken for a square one: you use its height along both axes. It has kh rows and kw columns.",
      answer: (x, k) => {
        const f = k.shape[0];
        const square = fromFunction([f, f], (a, b) => (b < k.shape[1] ? k.get(a, b) : 0));
        return solution.correlate2d(x, square);
      },
    },
    {
      says: "The filter's width is used along both axes. It has kh rows and kw columns.",
      answer: (x, k) => {
        const f = k.shape[1];
        const square = fromFunction([f, f], (a, b) => (a < k.shape[0] ? k.get(a, b) : 0));
        return solution.correlate2d(x, square);
      },
    },
    {
      says: "Only the first product at each position counts: is there a `return`, or a `set`, inside the innermost loop? Add up all of them first.",
      answer: (x, k) =>
        solution.correlate2d(x, k).map((_, at) => {
          const columns = x.shape[1] - k.shape[1] + 1;
          return x.get(Math.floor(at / columns), at % columns) * k.get(0, 0);
        }),
    },
    {
      says: "Every position looks at the same pixels, those under the filter's first one: x.get(a, b) leaves out where the filter stands. It is x.get(i + a, j + b).",
      answer: slideWith({ step: () => 0 }),
    },
    {
      says: "All weights of the filter meet the same pixel, x.get(i, j): a and b are left out. The pixel under the filter's cell (a, b) is x.get(i + a, j + b).",
      answer: (x, k) => {
        const sum = k.sum();
        const { shape } = solution.correlate2d(x, k);
        return fromFunction(shape, (i, j) => x.get(i, j) * sum);
      },
    },
    {
      says: "Height and width have changed places in the size of the result: it has h - kh + 1 rows and w - kw + 1 columns.",
      answer: (x, k) => {
        const [rows, columns] = solution.correlate2d(x, k).shape;
        const y = solution.correlate2d(x, k);
        return fromFunction([columns, rows], (i, j) => orZero(y, i, j));
      },
    },
    {
      says: "The windows lie side by side: each starts where the one before ended. The filter moves by one pixel at a time.",
      answer: slideWith({ step: (f) => f, positions: (n, f) => Math.floor(n / f) }),
    },
  ],
});

function slideWith(change: Partial<Slide>): Correlate2d {
  const { positions, weight, step } = { ...RIGHT, ...change };
  return (x, k) => {
    const [kh, kw] = k.shape;
    return fromFunction([positions(x.shape[0], kh), positions(x.shape[1], kw)], (i, j) => {
      let sum = 0;
      for (let a = 0; a < kh; a++)
        for (let b = 0; b < kw; b++)
          sum += x.get(i * step(kh) + a, j * step(kw) + b) * weight(k, a, b);
      return sum;
    });
  };
}

function correlationTest(
  what: string,
  shapes: { picture: number[]; filter: number[] },
): ExerciseTest<Correlate2d> {
  return {
    title: `correlate2d(x, k) ${what}`,
    async run(correlate2d, { random }) {
      const x = randomIntegers(shapes.picture, 1, 9, random); // [h, w]
      const k = steep(shapes.filter, random); // [kh, kw]
      expectTensor(await correlate2d(x, k), solution.correlate2d(x, k), {
        of: "correlate2d(x, k)",
        window: ([i, j]): ComputedFrom => ({ patch: x.slice([i, j], k.shape), filter: k }),
      });
    },
  };
}
