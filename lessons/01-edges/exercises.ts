import {
  type ComputedFrom,
  exercise,
  type ExerciseTest,
  expectNumbers,
  expectTensor,
  expectThat,
  flipFilter,
  fromFunction,
  leastSquares,
  type Random,
  randomIntegers,
  type Tensor,
  tensor,
  zeros,
} from "convbook";
import * as solution from "./solution";

type Correlate2d = typeof solution.correlate2d;
type Separate = typeof solution.separate;
type FindKernel = typeof solution.findKernel;

const SOBEL = tensor([
  [1, 0, -1],
  [2, 0, -2],
  [1, 0, -1],
]);

export const predictEdge = exercise({
  id: "01.predictEdge",
  title: "Predict: a bright half beside a dark one",
  minutes: 2,
  starter: `
function predictEdge(): number[] {
  // The picture has six rows, all alike:  9 9 9 0 0 0
  // The filter has three rows, all alike: 1 0 -1
  // Which numbers stand in the first row of the result? (No computing: return them, [...].)
  return yourCode();
}`,
  solution: solution.predictEdge,
  tests: [
    {
      title: "predictEdge() is the first row of the result, from left to right",
      async run(predictEdge) {
        expectNumbers(await predictEdge(), solution.predictEdge(), { of: "predictEdge()" });
      },
    },
  ],
  hints: [
    "At how many places, from left to right, can a filter three wide stand on a picture six wide? Write down the three columns that it sees at each.",
    "At the first place it sees three times 9 9 9. What is 9·1 + 9·0 + 9·(-1)? At the second place it sees 9 9 0, in three rows.",
  ],
  wrongAnswers: [
    {
      says: "The signs are turned: this is dark minus bright. The 1 stands on the left here, and so does the bright half.",
      answer: () => [0, -27, -27, 0],
    },
    {
      says: "That is what one row of the filter makes of it. The filter has three rows, and their products are added up as well.",
      answer: () => [0, 9, 9, 0],
    },
    {
      says: "Six numbers would need six places for the filter. It is three wide: where is the last place at which it fits?",
      answer: () => [0, 0, 27, 27, 0, 0],
    },
    {
      says: "The edge lies under the filter at two places: once as 9 9 0, once as 9 0 0. What does each of them give?",
      answer: () => [0, 27, 0, 0],
    },
    {
      says: "All weights are taken as positive: these are sums of the picture, not differences of its two sides.",
      answer: () => [54, 27, 27, 0],
    },
    {
      says: "0 and 1 would say whether there is an edge. A filter says how strong it is: it multiplies and adds.",
      answer: () => [0, 1, 1, 0],
    },
  ],
});

/** What goes into a correlation, so that one thing at a time can be got wrong. */
interface Slide {
  /** How many places there are along an axis. */
  places(n: number, f: number): number;
  /** Which weight meets the pixel at (i + a, j + b). */
  weight(k: Tensor, a: number, b: number): number;
  /** How far apart two places are. */
  step(f: number): number;
}

const RIGHT: Slide = {
  places: (n, f) => n - f + 1,
  weight: (k, a, b) => k.get(a, b),
  step: () => 1,
};

export const correlate2d = exercise({
  id: "01.correlate2d",
  title: "Slide a filter over a picture",
  minutes: 10,
  starter: `
function correlate2d(x: Tensor, k: Tensor): Tensor {
  const [height, width] = x.shape; // a grey picture, [h, w]
  const [kh, kw] = k.shape;        // the filter, [kh, kw]
  // How many places are there? Make y = zeros([rows, columns]) of that size. At each place multiply
  // the pixels by the weights, x.get(row, column) by k.get(a, b), add up, and y.set(sum, i, j).
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
    "Two loops go over the places (i, j) of the result, and inside them two over the cells (a, b) of the filter. Which pixel lies under the filter's cell (a, b) when its corner stands at (i, j)?",
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
      answer: slideWith({ places: (n, f) => n - f }),
    },
    {
      says: "Your result is as large as the picture. Where the filter would hang over the edge there is no sum: leave these places out. (Filling the outside with zeros is lesson 02.)",
      answer: (x, k) => placed(solution.correlate2d(x, k), x.shape, [0, 0]),
    },
    {
      says: "Your result is as large as the picture, with zeros around. Where the filter would hang over the edge there is no sum: leave these places out.",
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
      says: "Only the last product of each place is left: every product overwrites the one before. Collect them in a sum, and set it once.",
      answer: (x, k) => {
        const [kh, kw] = k.shape;
        const shape = solution.correlate2d(x, k).shape;
        return fromFunction(shape, (i, j) => x.get(i + kh - 1, j + kw - 1) * k.get(kh - 1, kw - 1));
      },
    },
    {
      says: "The sum is never set back: each place adds to all those before it. Where must `let sum = 0` stand?",
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
      says: "The windows lie side by side: each starts where the one before ended. The filter moves by one pixel at a time.",
      answer: slideWith({ step: (f) => f, places: (n, f) => Math.floor(n / f) }),
    },
  ],
});

function slideWith(change: Partial<Slide>): Correlate2d {
  const { places, weight, step } = { ...RIGHT, ...change };
  return (x, k) => {
    const [kh, kw] = k.shape;
    return fromFunction([places(x.shape[0], kh), places(x.shape[1], kw)], (i, j) => {
      let sum = 0;
      for (let a = 0; a < kh; a++)
        for (let b = 0; b < kw; b++)
          sum += x.get(i * step(kh) + a, j * step(kw) + b) * weight(k, a, b);
      return sum;
    });
  };
}

function placed(y: Tensor, shape: readonly number[], [top, left]: readonly number[]): Tensor {
  const [rows, columns] = y.shape;
  const inside = (i: number, j: number): boolean => i >= 0 && i < rows && j >= 0 && j < columns;
  return fromFunction(shape, (i, j) => (inside(i - top, j - left) ? y.get(i - top, j - left) : 0));
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

/** Weights that differ from each other and are never 0, so that no mistake among them stays unseen. */
function steep(shape: readonly number[], random: Random): Tensor {
  const least = random.integer(1, 3);
  const columns = shape[1];
  return fromFunction(shape, (a, b) => {
    const place = a * columns + b;
    return place % 2 === 0 ? least + place : -least - place;
  });
}

export const sobelMagnitude = exercise({
  id: "01.sobelMagnitude",
  title: "How steep, in any direction",
  minutes: 7,
  starter: `
function sobelMagnitude(x: Tensor): Tensor {
  // x is a grey picture, [h, w]. gx comes from Sobel's filter  1 0 -1   and gy from   1  2  1
  //                                                            2 0 -2                 0  0  0
  //                                                            1 0 -1                -1 -2 -1
  // Return the length of (gx, gy) at each place, [h - 2, w - 2]. Your correlate2d is at hand.
  return yourCode();
}`,
  solution: solution.sobelMagnitude,
  tests: [
    {
      title: "sobelMagnitude(x) of an upright edge from 9 to 0 is 36: there gy is 0",
      async run(sobelMagnitude) {
        const x = fromFunction([4, 4], (_, column) => (column < 2 ? 9 : 0)); // [h, w]
        expectMagnitude(await sobelMagnitude(x), x);
      },
    },
    {
      title: "sobelMagnitude(x) of a level edge from 9 to 0 is 36 too: there gx is 0",
      async run(sobelMagnitude) {
        const x = fromFunction([4, 5], (row) => (row < 2 ? 9 : 0)); // [h, w]
        expectMagnitude(await sobelMagnitude(x), x);
      },
    },
    {
      title: "sobelMagnitude(x) of a plane that rises 3 to the right and 4 downwards is 8 · 5",
      async run(sobelMagnitude) {
        const x = fromFunction([4, 5], (row, column) => 3 * column + 4 * row); // [h, w]
        expectMagnitude(await sobelMagnitude(x), x);
      },
    },
    {
      title: "sobelMagnitude(x) of a random 6 x 8 picture",
      async run(sobelMagnitude, { random }) {
        const x = randomIntegers([6, 8], 0, 255, random); // [h, w]
        expectMagnitude(await sobelMagnitude(x), x);
      },
    },
  ],
  hints: [
    "gx and gy at one place are the legs of a right-angled triangle. How long is its third side?",
    "Make both filters as tensors, tensor([[1, 0, -1], [2, 0, -2], [1, 0, -1]]), and slide each of them over x. Two pictures of the same size: now combine them value by value.",
    "const gx = correlate2d(x, filterX), gy likewise; then return zip(gx, gy, Math.hypot), or gx.map((value, i) => Math.hypot(value, gy.data[i])).",
  ],
  wrongAnswers: [
    {
      says: "This is the square of the length: the root is missing. For 3 and 4 you give 25 · 64, not 5 · 8.",
      answer: (x) => magnitude(x, (gx, gy) => gx ** 2 + gy ** 2),
    },
    {
      says: "You used ^ for squares. In TypeScript ^ is an exclusive or of bits; a square is gx ** 2 or gx * gx.",
      answer: (x) => magnitude(x, (gx, gy) => Math.sqrt((gx ^ 2) + (gy ^ 2))),
    },
    {
      says: "You used ^ for squares. In TypeScript ^ is an exclusive or of bits (and + comes before it); a square is gx ** 2 or gx * gx.",
      answer: (x) => magnitude(x, (gx, gy) => Math.sqrt(gx ^ (2 + gy) ^ 2)),
    },
    {
      says: "This is |gx| + |gy|. It is cheap and often used, but it favours slanted edges: for 3 and 4 it gives 7 where the length is 5.",
      answer: (x) => magnitude(x, (gx, gy) => Math.abs(gx) + Math.abs(gy)),
    },
    {
      says: "This is the larger of |gx| and |gy|. Both legs count: take the length of (gx, gy).",
      answer: (x) => magnitude(x, (gx, gy) => Math.max(Math.abs(gx), Math.abs(gy))),
    },
    {
      says: "This is gx + gy: where one is positive and the other negative they cancel, and the edge is lost. A length has no sign.",
      answer: (x) => magnitude(x, (gx, gy) => gx + gy),
    },
    {
      says: "This is |gx| alone. It does not see level edges.",
      answer: (x) => magnitude(x, (gx) => Math.abs(gx)),
    },
    {
      says: "This is |gy| alone. It does not see upright edges.",
      answer: (x) => magnitude(x, (_, gy) => Math.abs(gy)),
    },
    {
      says: "This is the direction of the gradient, an angle. Its length is asked for.",
      answer: (x) => magnitude(x, (gx, gy) => Math.atan2(gy, gx)),
    },
    {
      says: "These are Prewitt's weights, 1 1 1. In Sobel's filter the middle row counts double: 1 2 1.",
      answer: (x) => magnitude(x, Math.hypot, [1, 1, 1]),
    },
    {
      says: "The result is divided by 8. That gives the slope per pixel, a good idea; but here the filters are applied as they stand.",
      answer: (x) => magnitude(x, (gx, gy) => Math.hypot(gx, gy) / 8),
    },
    {
      says: "Your result is as large as the picture, with zeros around. Without padding it is smaller by two rows and two columns.",
      answer: (x) => placed(solution.sobelMagnitude(x), x.shape, [1, 1]),
    },
  ],
});

function expectMagnitude(actual: Tensor, x: Tensor): void {
  const [gx, gy] = [magnitude(x, (gx) => gx), magnitude(x, (_, gy) => gy)];
  expectTensor(actual, solution.sobelMagnitude(x), {
    of: "sobelMagnitude(x)",
    window: ([i, j]): ComputedFrom => ({
      patch: x.slice([i, j], [3, 3]),
      caption: `gx = ${gx.get(i, j)}, gy = ${gy.get(i, j)}, length`,
    }),
  });
}

function magnitude(
  x: Tensor,
  combine: (gx: number, gy: number) => number,
  along: number[] = [1, 2, 1],
): Tensor {
  const across = fromFunction([3, 3], (a, b) => along[a] * (1 - b));
  const gx = solution.correlate2d(x, across);
  const gy = solution.correlate2d(x, across.transpose([1, 0]));
  return gx.map((value, i) => combine(value, gy.data[i]));
}

export const separate = exercise({
  id: "01.separate",
  title: "A column times a row",
  minutes: 8,
  starter: `
function separate(kernel: Tensor): [column: number[], row: number[]] | null {
  // Find numbers with  kernel.get(a, b) = column[a] * row[b]  for all a and b, up to rounding.
  // Return null when there are none. (The kernel is [kh, kw], and at least one weight is not 0.)
  return yourCode();
}`,
  solution: solution.separate,
  tests: [
    separableTest("of a 3 x 4 kernel made of positive numbers", (random) =>
      outer(integers(3, random), integers(4, random)),
    ),
    separableTest("of Sobel's filter, whose middle column is 0", () => SOBEL),
    separableTest("of Sobel's filter lying down, whose middle row is 0", () =>
      SOBEL.transpose([1, 0]),
    ),
    separableTest("of a kernel whose first row and first column are 0", (random) =>
      outer([0, -random.integer(2, 5), 3, 1], [0, random.integer(2, 5), -7]),
    ),
    separableTest("of a bell curve in float32, where products are rounded", (random) => {
      const width = random.uniform(1, 2);
      const bell = [-2, -1, 0, 1, 2].map((x) => Math.exp(-((x / width) ** 2)));
      return outer(bell, bell);
    }),
    {
      title: "separate(kernel) is null for kernels that no column and row make",
      points: 2,
      async run(separate, { random }) {
        const laplacian = tensor([
          [0, 1, 0],
          [1, -4, 1],
          [0, 1, 0],
        ]);
        const dented = outer(integers(3, random), integers(3, random));
        dented.set(dented.get(2, 2) + 1, 2, 2);
        for (const kernel of [laplacian, dented]) {
          const answer: unknown = await separate(kernel);
          expectThat(
            answer === null,
            `separate(${JSON.stringify(kernel.toArray())}) must be null, got ${JSON.stringify(answer)}.`,
          );
        }
      },
    },
  ],
  hints: [
    "Write down the products of the column 1 2 3 and the row 4 5. Compare two rows of the result with each other: what is the same, and what differs?",
    "All rows are multiples of one row, and all columns of one column. So take a row and a column of the kernel itself. Their products are too large by a factor: which, and where do you find it?",
    "Choose a cell (top, left) whose weight is not 0, the largest say. column[a] = kernel.get(a, left); row[b] = kernel.get(top, b) / kernel.get(top, left). Does the first cell of Sobel's filter, or the one of the kernel you are given, always do?",
    "Then go over all cells: where column[a] * row[b] and kernel.get(a, b) differ by more than rounding, return null.",
  ],
  wrongAnswers: [
    {
      says: "The column and the row are those of the kernel as they stand. Their products are too large by a factor, the weight that both share: divide one of them by it.",
      answer: (kernel) => {
        const found = solution.separate(kernel);
        if (!found) return null;
        const rows = kernel.toMatrix();
        return [rows.map((row) => row[0]), rows[0]];
      },
    },
    {
      says: "You divide by the first weight, kernel.get(0, 0), and it may be 0. Look for a cell that is not.",
      answer: (kernel) => {
        const rows = kernel.toMatrix();
        const column = rows.map((row) => row[0]);
        return checked(kernel, [column, rows[0].map((weight) => weight / rows[0][0])]);
      },
    },
    {
      says: "You divide by the first weight, kernel.get(0, 0), and it may be 0. Then there is NaN everywhere, and NaN passes your comparison: NaN > 1e-5 is false. Look for a cell that is not 0.",
      answer: (kernel) => {
        const rows = kernel.toMatrix();
        const column = rows.map((row) => row[0]);
        const row = rows[0].map((weight) => weight / rows[0][0]);
        return rows[0][0] === 0 ? [column, row] : checked(kernel, [column, row]);
      },
    },
    {
      says: "You divide by the first weight, kernel.get(0, 0), which may be 0; and you never look whether the products are the kernel.",
      answer: (kernel) => {
        const rows = kernel.toMatrix();
        return [rows.map((row) => row[0]), rows[0].map((weight) => weight / rows[0][0])];
      },
    },
    {
      says: "This always gives a column and a row, also for a kernel that is no product of two. Multiply them out and compare with the kernel.",
      answer: (kernel) => {
        const rows = kernel.toMatrix();
        const [top, left] = kernel.map(Math.abs).argmax();
        return [rows.map((row) => row[left]), rows[top].map((weight) => weight / rows[top][left])];
      },
    },
    {
      says: "Column and row have changed places: the column has one number for each row of the kernel.",
      answer: (kernel) => {
        const found = solution.separate(kernel);
        return found && [found[1], found[0]];
      },
    },
    {
      says: "You look for a weight that is not 0 in the first row only. That row may be all zeros: then look further down.",
      answer: (kernel) => {
        const rows = kernel.toMatrix();
        return rows[0].every((weight) => weight === 0) ? null : solution.separate(kernel);
      },
    },
    {
      says: "You compare with ===. A product of rounded numbers is seldom equal to the last digit: allow a difference of rounding, 1e-5 times the largest weight.",
      answer: (kernel) => {
        const rows = kernel.toMatrix();
        const [top, left] = kernel.map(Math.abs).argmax();
        const column = rows.map((row) => row[left]);
        const row = rows[top].map((weight) => weight / column[top]);
        const equal = rows.every((weights, a) => weights.every((w, b) => column[a] * row[b] === w));
        return equal ? [column, row] : null;
      },
    },
    {
      says: "You add up the rows and the columns. That works for weights of one sign; but the sums of a difference filter such as Sobel's are 0.",
      answer: (kernel) => {
        const rows = kernel.toMatrix();
        const column = rows.map((row) => row.reduce((a, b) => a + b, 0));
        const row = rows[0].map((_, b) => rows.reduce((total, weights) => total + weights[b], 0));
        return checked(kernel, [column, row.map((value) => value / kernel.sum())]);
      },
    },
    {
      says: "You return null for every kernel with a 0 in it. A product may well be 0: Sobel's middle column is.",
      answer: (kernel) => (kernel.data.includes(0) ? null : solution.separate(kernel)),
    },
  ],
});

function separableTest(
  what: string,
  kernelFrom: (random: Random) => Tensor,
): ExerciseTest<Separate> {
  return {
    title: `separate(kernel) ${what}`,
    async run(separate, { random }) {
      const kernel = kernelFrom(random);
      const answer: unknown = await separate(kernel);
      const shown = JSON.stringify(kernel.toArray());
      expectThat(
        answer !== null,
        `${shown} is a column times a row, but separate(kernel) is null.`,
      );
      const isPair = Array.isArray(answer) && answer.length === 2 && answer.every(Array.isArray);
      expectThat(isPair, "separate(kernel) must be [column, row], two lists of numbers, or null.");
      const [column, row] = answer as [unknown[], unknown[]];
      const [kh, kw] = kernel.shape;
      expectThat(
        column.length === kh && row.length === kw,
        `For a kernel of ${kh} rows and ${kw} columns the column has ${kh} numbers and the row ${kw}; yours have ${column.length} and ${row.length}.`,
      );
      const numbers = [...column, ...row].every((value) => typeof value === "number");
      expectThat(numbers, "The column and the row must hold numbers.");
      expectTensor(outer(column as number[], row as number[]), kernel, { of: "column · row" });
    },
  };
}

function outer(column: readonly number[], row: readonly number[]): Tensor {
  return fromFunction([column.length, row.length], (a, b) => column[a] * row[b]);
}

function integers(length: number, random: Random): number[] {
  return Array.from({ length }, () => random.integer(2, 9));
}

function checked(kernel: Tensor, [column, row]: [number[], number[]]): ReturnType<Separate> {
  const most = kernel.map(Math.abs).max();
  const fits = kernel.data.every((weight, i) => {
    const [a, b] = kernel.indexAt(i);
    return Math.abs(column[a] * row[b] - weight) <= 1e-5 * most;
  });
  return fits ? [column, row] : null;
}

export const findKernel = exercise({
  id: "01.findKernel",
  title: "Which kernel made this picture?",
  minutes: 15,
  starter: `
function findKernel(x: Tensor, y: Tensor): Tensor {
  // Somebody slid a kernel over x, [h, w], and got y, [oh, ow]. Return that kernel, [kh, kw].
  // leastSquares(a, b) solves linear equations: a has one equation a row, [equations, unknowns],
  // b the right-hand sides, [equations]; it returns the unknowns that fit best, [unknowns].
  return yourCode();
}`,
  solution: solution.findKernel,
  tests: [
    {
      title: "findKernel(x, y) when x is dark but for one bright pixel: the kernel lies open in y",
      async run(findKernel, { random }) {
        const x = zeros([7, 7]); // [h, w]
        x.set(2, 3, 3);
        await expectKernel(findKernel, x, steep([3, 3], random));
      },
    },
    {
      title: "findKernel(x, y) for a random picture and a 3 x 3 kernel",
      points: 2,
      async run(findKernel, { random }) {
        await expectKernel(findKernel, randomIntegers([9, 8], 0, 9, random), steep([3, 3], random));
      },
    },
    {
      title: "findKernel(x, y) for a random picture and a kernel of 2 rows and 4 columns",
      async run(findKernel, { random }) {
        const x = randomIntegers([8, 10], 0, 9, random);
        await expectKernel(findKernel, x, steep([2, 4], random));
      },
    },
    {
      title: "findKernel(x, y) when y was rounded to whole numbers: all of it is needed",
      points: 2,
      async run(findKernel, { random }) {
        const x = randomIntegers([16, 16], 0, 255, random);
        const k = steep([3, 3], random).map((weight) => weight / 10 + random.uniform(-0.05, 0.05));
        const y = solution.correlate2d(x, k).map(Math.round);
        expectTensor(await findKernel(x, y), k, { of: "findKernel(x, y)", tolerance: 5e-3 });
      },
    },
  ],
  hints: [
    "First the size. A picture of 9 rows became one of 7: how many rows had the kernel?",
    "Take the first value of y, and write down the sum it comes from. You know the pixels and the sum; what you do not know are the weights. What kind of equation is that, and how many of them do you have?",
    "So a has oh · ow rows, and in each stand the kh · kw pixels under the filter at that place, in the order of the weights: row by row. b is y as one long list, y.reshape([oh * ow]).",
    "fromFunction([oh * ow, kh * kw], (place, tap) => x.get(i + a, j + b)) with i = Math.floor(place / ow), j = place % ow, a = Math.floor(tap / kw), b = tap % kw. The answer of leastSquares is a list: .reshape([kh, kw]).",
  ],
  wrongAnswers: [
    {
      says: "The kernel comes out turned by half a circle. One bright pixel leaves the kernel in y upside down: it meets the kernel's last weight first.",
      answer: (x, y) => flipFilter(solution.findKernel(x, y)),
    },
    {
      says: "You copy what surrounds the brightest pixel. There the kernel stands turned by half a circle; and where other pixels shine too, their copies overlap.",
      answer: (x, y) => flipFilter(besideBrightest(x, y)),
    },
    {
      says: "You read the kernel beside the brightest pixel. That is right when all others are dark; otherwise their copies of the kernel overlap there. Use all values of y, as equations.",
      answer: besideBrightest,
    },
    {
      says: "Rows and columns of the kernel have changed places: the pixels of each equation stand column by column, the weights row by row.",
      answer: (x, y) => {
        const found = solution.findKernel(x, y);
        return found.transpose([1, 0]).reshape(found.shape);
      },
    },
    {
      says: "Your kernel is one row and one column too small. A filter with f rows leaves n - f + 1 rows of n: so f is n - out + 1.",
      answer: (x, y) => fitted(x, y, { smaller: 1 }),
    },
    {
      says: "You use as many equations as there are unknowns. That would do if y were exact; but rounding spoils it. leastSquares takes all equations, and the errors even out.",
      answer: (x, y) => fitted(x, y, { fewest: true }),
    },
    {
      says: "You correlate x with y: that weighs each pixel by what came out of it. It is the right-hand side of the equations, not yet their solution.",
      answer: (x, y) => solution.correlate2d(x, y),
    },
    {
      says: "You correlate x with y and divide by the number of places. It is the right-hand side of the equations, not yet their solution.",
      answer: (x, y) => solution.correlate2d(x, y).map((value) => value / y.size),
    },
    {
      says: "You correlate x with y and divide by the sum of the squares of x. That would be right if neighbouring pixels had nothing to do with each other; leastSquares takes care of what they share.",
      answer: (x, y) => {
        const squares = x.map((value) => value ** 2).sum();
        return solution.correlate2d(x, y).map((value) => value / squares);
      },
    },
  ],
});

async function expectKernel(
  findKernel: (x: Tensor, y: Tensor) => Promise<Tensor>,
  x: Tensor,
  k: Tensor,
): Promise<void> {
  const y = solution.correlate2d(x, k); // [oh, ow]
  expectTensor(await findKernel(x, y), k, { of: "findKernel(x, y)", tolerance: 1e-3 });
}

function besideBrightest(x: Tensor, y: Tensor): Tensor {
  const [row, column] = x.argmax();
  const at = (i: number, j: number): number =>
    i >= 0 && i < y.shape[0] && j >= 0 && j < y.shape[1] ? y.get(i, j) : 0;
  const shape = x.shape.map((n, axis) => n - y.shape[axis] + 1);
  return fromFunction(shape, (a, b) => at(row - a, column - b) / x.get(row, column));
}

/** The kernel from the equations, with a mistake in their number. */
function fitted(
  x: Tensor,
  y: Tensor,
  { smaller = 0, fewest = false }: { smaller?: number; fewest?: boolean },
): ReturnType<FindKernel> {
  const [oh, ow] = y.shape;
  const [kh, kw] = [x.shape[0] - oh + 1 - smaller, x.shape[1] - ow + 1 - smaller];
  const equations = fewest ? kh * kw : oh * ow;
  const patches = fromFunction([equations, kh * kw], (place, tap) =>
    x.get(Math.floor(place / ow) + Math.floor(tap / kw), (place % ow) + (tap % kw)),
  );
  const values = y.reshape([oh * ow]).slice([0], [equations]);
  return leastSquares(patches, values).reshape([kh, kw]);
}
