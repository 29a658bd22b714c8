import { exercise, expectTensor, fromFunction, type Random, type Tensor, zeros } from "convbook";
import * as solution from "../solution";

export const coverage = exercise({
  id: "02.coverage",
  title: "How often is each pixel seen?",
  minutes: 15,
  task:
    "Write `coverage(n, f, p)`: for each pixel of an n×n image with p zeros on each side, how many f×f windows (stride 1) contain it. " +
    "Only the pixels of the image are counted, not those of the padding.",
  example: `
coverage(3, 2, 0)
// → [[1, 2, 1],
//    [2, 4, 2],
//    [1, 2, 1]]`,
  starter: `
function coverage(n: number, f: number, p: number): Tensor {
  // [n, n]: at (row, column), the number of windows over that pixel
  return yourCode();
}`,
  solution: solution.coverage,
  tests: [
    {
      title: "coverage(5, 3, 0) counts 1 in the corner and 9 in the middle",
      async run(coverage, { random }) {
        expectTensor(await coverage(5, 3, 0), solution.coverage(5, 3, 0), {
          of: "coverage(5, 3, 0)",
        });
        await expectCoverage(coverage, random.integer(5, 9), 3, 0);
      },
    },
    {
      title: "coverage(5, 3, 1) counts 4 in the corner: the padding helps, but only so far",
      async run(coverage, { random }) {
        expectTensor(await coverage(5, 3, 1), solution.coverage(5, 3, 1), {
          of: "coverage(5, 3, 1)",
        });
        await expectCoverage(coverage, random.integer(5, 9), random.integer(2, 4), 1);
      },
    },
    {
      title: "coverage(4, 3, 2) counts 9 everywhere: full padding treats all pixels alike",
      async run(coverage, { random }) {
        expectTensor(await coverage(4, 3, 2), solution.coverage(4, 3, 2), {
          of: "coverage(4, 3, 2)",
        });
        await expectCoverage(coverage, random.integer(3, 8), 3, 2);
      },
    },
    {
      title: "coverage(5, 4, 0): no more than two windows an axis, so 4 in the middle",
      async run(coverage, { random }) {
        expectTensor(await coverage(5, 4, 0), solution.coverage(5, 4, 0), {
          of: "coverage(5, 4, 0)",
        });
        await expectCoverage(coverage, ...wide(random), 0);
      },
    },
    {
      title: "coverage(n, f, p) for ten random sizes, each window put down in its place",
      async run(coverage, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const f = random.integer(1, 6);
          const p = random.integer(0, f - 1);
          const n = random.integer(Math.max(2, f - 2 * p), 8);
          await expectCoverage(coverage, n, f, p);
        }
      },
    },
    {
      title: "coverage(6, 5, 1), where the windows are almost as large as the image",
      async run(coverage, { random }) {
        expectTensor(await coverage(6, 5, 1), solution.coverage(6, 5, 1), {
          of: "coverage(6, 5, 1)",
        });
        await expectCoverage(coverage, ...wide(random), 1);
      },
    },
  ],
  hints: [
    "Turn the question round: let each window visit its pixels and add 1 to each. Where does the first window start, counted in the image's own rows, when there are p zeros above?",
    "A window at position (i, j) covers the rows i - p to i - p + f - 1. Which of these are in the image? There are n + 2p - f + 1 positions along each axis.",
    "Loop over i, j and over the f x f cells a, b: row = i + a - p, column = j + b - p; add 1 where both lie from 0 to n - 1.",
  ],
  wrongAnswers: [
    {
      says: "Your counts ignore p: these are the numbers without padding. With p zeros around there are 2p more window positions along each axis.",
      answer: (n, f) => solution.coverage(n, f, 0),
    },
    {
      says: "Your tensor has the size of the padded image: the padding is counted too. Only the n x n pixels of the image are asked for.",
      answer: (n, f, p) => solution.coverage(n + 2 * p, f, 0),
    },
    {
      says: "You count the pixels that each window sees, one number for each output. The question is the other way round: for each pixel, how many windows see it.",
      answer: (n, f, p) => {
        const outputs = n + 2 * p - f + 1;
        const seen = (i: number): number => Math.min(i - p + f, n) - Math.max(i - p, 0);
        return fromFunction([outputs, outputs], (i, j) => seen(i) * seen(j));
      },
    },
    {
      says: "Every pixel gets f · f. That is true of the middle; near the border some of those windows would start outside the padded image.",
      answer: (n, f) => fromFunction([n, n], () => f * f),
    },
    {
      says: "There is one window position too few along each axis: the last row and column of windows is missing. n + 2p - f is where the last window starts, so there is one more position than that.",
      answer: (n, f, p) => visited(n, f, p, n + 2 * p - f),
    },
    {
      says: "You count, along each axis, how far it is to the border on either side, and at most f. Where the filter is almost as wide as the padded image there are fewer windows than that: n + 2p - f + 1 in all.",
      answer: (n, f, p) => {
        const along = (x: number): number => Math.min(f, x + 1 + p, n - x + p);
        return fromFunction([n, n], (row, column) => along(row) * along(column));
      },
    },
    {
      says: "The two axes are added. A window is free to be in any row and in any column: the numbers of choices multiply.",
      answer: (n, f, p) => {
        const along = solution.coverage(n, f, p);
        return fromFunction(
          [n, n],
          (i, j) => Math.sqrt(along.get(i, i)) + Math.sqrt(along.get(j, j)),
        );
      },
    },
  ],
});

async function expectCoverage(
  coverage: (n: number, f: number, p: number) => Promise<Tensor>,
  n: number,
  f: number,
  p: number,
): Promise<void> {
  const of = `coverage(${n}, ${f}, ${p})`;
  expectTensor(await coverage(n, f, p), visited(n, f, p, n + 2 * p - f + 1), { of });
}

/** An image, and a filter almost as large. */
function wide(random: Random): [n: number, f: number] {
  const n = random.integer(5, 9);
  return [n, n - random.integer(1, 2)];
}

/** The counts for a number of windows along each axis, each put down at its index. */
function visited(n: number, f: number, p: number, positions: number): Tensor {
  const counts = zeros([n, n]);
  for (let i = 0; i < positions; i++)
    for (let j = 0; j < positions; j++) visit(counts, i - p, j - p, f);
  return counts;
}

/** Adds 1 to each cell of the f x f window that starts at (top, left), where it lies inside. */
function visit(counts: Tensor, top: number, left: number, f: number): void {
  const n = counts.shape[0];
  for (let row = top; row < top + f; row++)
    for (let column = left; column < left + f; column++)
      if (row >= 0 && row < n && column >= 0 && column < n)
        counts.set(counts.get(row, column) + 1, row, column);
}
