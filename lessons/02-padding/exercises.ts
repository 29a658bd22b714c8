import {
  exercise,
  expectNumber,
  expectNumbers,
  expectTensor,
  randomIntegers,
  Tensor,
  tensor,
  zeros,
} from "convbook";
import * as solution from "./solution";

export const zeroPad = exercise({
  id: "02.zeroPad",
  title: "Put zeros around a batch of images",
  minutes: 10,
  starter: `
function zeroPad(x: Tensor, pad: number): Tensor {
  const [m, height, width, channels] = x.shape; // [m, h, w, c]
  // Make a larger tensor of zeros with zeros([...]), then copy every value to its new place
  // with x.get(i, row, column, c) and padded.set(value, i, row, column, c).
  return yourCode();
}`,
  solution: solution.zeroPad,
  tests: [
    {
      title: "zeroPad(x, 1) surrounds a 2 x 2 image by one ring of zeros",
      async run(zeroPad) {
        const x = tensor([
          [1, 2],
          [3, 4],
        ]).reshape([1, 2, 2, 1]); // [1, 2, 2, 1]
        expectTensor(await zeroPad(x, 1), solution.zeroPad(x, 1), { of: "zeroPad(x, 1)" });
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
      answer: (x, pad) => shifted(x, grown(x, 2 * pad), 0, 0),
    },
    {
      says: "Each axis grew by `pad`, not by `2 * pad`: the zeros are only above and to the left. How many sides does an image have along one axis?",
      answer: (x, pad) => shifted(x, grown(x, pad), pad, pad),
    },
    {
      says: "You padded the batch and the channels as well: there are images and channels made of zeros alone. Only height and width grow.",
      answer: (x, pad) => {
        const padded = zeros(x.shape.map((n) => n + 2 * pad));
        eachPixel(x, (value, i, row, column, c) =>
          padded.set(value, i + pad, row + pad, column + pad, c + pad),
        );
        return padded;
      },
    },
    {
      says: "Only the first image of the batch was copied. What does the first axis of `[m, h, w, c]` count?",
      answer: (x, pad) => {
        const padded = grown(x, 2 * pad);
        eachPixel(x, (value, i, row, column, c) => {
          if (i === 0) padded.set(value, i, row + pad, column + pad, c);
        });
        return padded;
      },
    },
    {
      says: "Only the first channel was copied, the others are empty. What does the last axis of `[m, h, w, c]` count?",
      answer: (x, pad) => {
        const padded = grown(x, 2 * pad);
        eachPixel(x, (value, i, row, column, c) => {
          if (c === 0) padded.set(value, i, row + pad, column + pad, c);
        });
        return padded;
      },
    },
    {
      says: "The border repeats the edge pixels. That is edge padding, a good answer to another question; here the border holds zeros.",
      answer: (x, pad) => {
        const [, height, width] = x.shape;
        const padded = grown(x, 2 * pad);
        const inside = (i: number, n: number): number => Math.min(Math.max(i - pad, 0), n - 1);
        eachPixel(padded, (_, i, row, column, c) =>
          padded.set(x.get(i, inside(row, height), inside(column, width), c), i, row, column, c),
        );
        return padded;
      },
    },
    {
      says: "Rows and columns have changed places. Which of `row` and `column` comes first in `[m, h, w, c]`?",
      answer: (x, pad) => {
        const [m, height, width, channels] = x.shape;
        const padded = zeros([m, width + 2 * pad, height + 2 * pad, channels]);
        eachPixel(x, (value, i, row, column, c) =>
          padded.set(value, i, column + pad, row + pad, c),
        );
        return padded;
      },
    },
  ],
});

export const samePadding = exercise({
  id: "02.samePadding",
  title: "SAME padding for any kernel and stride",
  minutes: 8,
  starter: `
function samePadding(n: number, f: number, s: number): [number, number] {
  // [zeros before, zeros after] along one axis of length n, so that a window of size f
  // moving by s has ceil(n / s) positions. An odd number of zeros puts the extra one after.
  return yourCode();
}`,
  solution: solution.samePadding,
  tests: [
    {
      title: "samePadding(28, 5, 1) is [2, 2], the (f - 1) / 2 of the odd kernel",
      async run(samePadding) {
        expectNumbers(await samePadding(28, 5, 1), [2, 2], { of: "samePadding(28, 5, 1)" });
      },
    },
    {
      title: "samePadding(28, 4, 1) is [1, 2]: three zeros cannot be shared evenly",
      async run(samePadding) {
        expectNumbers(await samePadding(28, 4, 1), [1, 2], { of: "samePadding(28, 4, 1)" });
      },
    },
    {
      title: "samePadding(224, 7, 2) is [2, 3] and samePadding(225, 7, 2) is [3, 3]",
      async run(samePadding) {
        expectNumbers(await samePadding(224, 7, 2), [2, 3], { of: "samePadding(224, 7, 2)" });
        expectNumbers(await samePadding(225, 7, 2), [3, 3], { of: "samePadding(225, 7, 2)" });
      },
    },
    {
      title:
        "samePadding(n, f, s) never adds fewer than no zeros, also when the stride exceeds the kernel",
      async run(samePadding) {
        expectNumbers(await samePadding(10, 1, 3), [0, 0], { of: "samePadding(10, 1, 3)" });
        expectNumbers(await samePadding(9, 2, 4), [0, 1], { of: "samePadding(9, 2, 4)" });
      },
    },
    {
      title: "samePadding(n, f, s) for twenty random sizes, kernels and strides",
      async run(samePadding, { random }) {
        for (let trial = 0; trial < 20; trial++) {
          const [n, f, s] = [random.integer(1, 40), random.integer(1, 7), random.integer(1, 4)];
          expectNumbers(await samePadding(n, f, s), solution.samePadding(n, f, s), {
            of: `samePadding(${n}, ${f}, ${s})`,
          });
        }
      },
    },
  ],
  hints: [
    "Start from the end: there are ceil(n / s) windows. Where does the last one start, and where does it end?",
    "The last window starts at (ceil(n / s) - 1) · s and covers f entries from there. How many zeros are missing beyond the n entries that exist? Can that number come out negative?",
    "total = max((ceil(n / s) - 1) · s + f - n, 0). Half of it, rounded down, goes before; the rest after.",
  ],
  wrongAnswers: [
    {
      says: "This is (f - 1) / 2 on both sides: right for an odd kernel at stride 1. For f = 4 it adds half a zero; and does a stride change nothing?",
      answer: (_n, f) => [(f - 1) / 2, (f - 1) / 2],
    },
    {
      says: "You round (f - 1) / 2 down on both sides. An even kernel then has one output too few: three zeros must be shared as 1 and 2.",
      answer: (_n, f) => [Math.floor((f - 1) / 2), Math.floor((f - 1) / 2)],
    },
    {
      says: "The total is f - 1 whatever the stride. With stride 2 on 224 pixels the last of 112 windows starts at 222: how far beyond 224 does it reach?",
      answer: (_n, f) => [Math.floor((f - 1) / 2), Math.ceil((f - 1) / 2)],
    },
    {
      says: "The odd zero stands before. TensorFlow puts it after, and the ImageNet weights of Keras's models expect it there.",
      answer: (n, f, s) => {
        const [before, after] = solution.samePadding(n, f, s);
        return [after, before];
      },
    },
    {
      says: "The number of zeros comes out negative when the stride jumps over entries (n = 10, f = 1, s = 3). Padding cannot take pixels away: use Math.max(..., 0).",
      answer: (n, f, s) => {
        const total = (Math.ceil(n / s) - 1) * s + f - n;
        return [Math.floor(total / 2), Math.ceil(total / 2)];
      },
    },
    {
      says: "This keeps the output at n positions for every stride: it solves (n + 2p - f) / s + 1 = n. SAME with stride s gives ceil(n / s) positions, so that a stride of 2 still halves the map.",
      answer: (n, f, s) => {
        const total = Math.max((n - 1) * s + f - n, 0);
        return [Math.floor(total / 2), total - Math.floor(total / 2)];
      },
    },
    {
      says: "You give the whole padding to both sides. What you computed is the total: share it.",
      answer: (n, f, s) => {
        const [before, after] = solution.samePadding(n, f, s);
        return [before + after, before + after];
      },
    },
  ],
});

export const coverage = exercise({
  id: "02.coverage",
  title: "How often is each pixel seen?",
  minutes: 15,
  starter: `
function coverage(n: number, f: number, p: number): Tensor {
  // An n x n tensor: at (row, column), the number of f x f windows (stride 1, p zeros on each side)
  // that contain that pixel. Count the pixels of the image only, not the padding.
  return yourCode();
}`,
  solution: solution.coverage,
  tests: [
    {
      title: "coverage(5, 3, 0) counts 1 in the corner and 9 in the middle",
      async run(coverage) {
        expectTensor(await coverage(5, 3, 0), solution.coverage(5, 3, 0), {
          of: "coverage(5, 3, 0)",
        });
      },
    },
    {
      title: "coverage(5, 3, 1) counts 4 in the corner: the padding helps, but only so far",
      async run(coverage) {
        expectTensor(await coverage(5, 3, 1), solution.coverage(5, 3, 1), {
          of: "coverage(5, 3, 1)",
        });
      },
    },
    {
      title: "coverage(4, 3, 2) counts 9 everywhere: full padding treats all pixels alike",
      async run(coverage) {
        expectTensor(await coverage(4, 3, 2), solution.coverage(4, 3, 2), {
          of: "coverage(4, 3, 2)",
        });
      },
    },
    {
      title: "coverage(6, 5, 1), where the windows are almost as large as the image",
      async run(coverage) {
        expectTensor(await coverage(6, 5, 1), solution.coverage(6, 5, 1), {
          of: "coverage(6, 5, 1)",
        });
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
        return table(outputs, (i, j) => seen(i) * seen(j));
      },
    },
    {
      says: "Every pixel gets f · f. That is true of the middle; near the border some of those windows would start outside the padded image.",
      answer: (n, f) => table(n, () => f * f),
    },
    {
      says: "There is one window position too few along each axis: the last row and column of windows is missing. n + 2p - f is where the last window starts, so there is one more position than that.",
      answer: (n, f, p) => {
        const counts = zeros([n, n]);
        const positions = n + 2 * p - f;
        for (let i = 0; i < positions; i++)
          for (let j = 0; j < positions; j++) visit(counts, i - p, j - p, f);
        return counts;
      },
    },
    {
      says: "The two axes are added. A window is free to be in any row and in any column: the numbers of choices multiply.",
      answer: (n, f, p) => {
        const along = solution.coverage(n, f, p);
        return table(n, (i, j) => Math.sqrt(along.get(i, i)) + Math.sqrt(along.get(j, j)));
      },
    },
  ],
});

export const reflectIndex = exercise({
  id: "02.reflectIndex",
  title: "Reflect padding: the image in the mirror",
  minutes: 10,
  starter: `
function reflectIndex(i: number, n: number): number {
  // A row holds entries 0 to n - 1. Outside, the row is mirrored at its end entries, which are not
  // repeated: ... 2 1 [0 1 2 3] 2 1 0 1 ... Give the entry that stands at position i; i may be negative.
  return yourCode();
}`,
  solution: solution.reflectIndex,
  tests: [
    {
      title: "reflectIndex(i, 4) inside the row is i",
      async run(reflectIndex) {
        for (const i of [0, 1, 2, 3])
          expectNumber(await reflectIndex(i, 4), i, { of: `reflectIndex(${i}, 4)` });
      },
    },
    {
      title: "reflectIndex(-2, 4) is 2 and reflectIndex(5, 4) is 1",
      async run(reflectIndex) {
        for (const i of [-1, -2, -3, 4, 5, 6]) {
          expectNumber(await reflectIndex(i, 4), solution.reflectIndex(i, 4), {
            of: `reflectIndex(${i}, 4)`,
          });
        }
      },
    },
    {
      title: "reflectIndex(i, 3) far outside: the mirror image is mirrored again",
      async run(reflectIndex, { random }) {
        for (let trial = 0; trial < 20; trial++) {
          const [i, n] = [random.integer(-20, 20), random.integer(2, 6)];
          expectNumber(await reflectIndex(i, n), solution.reflectIndex(i, n), {
            of: `reflectIndex(${i}, ${n})`,
          });
        }
      },
    },
  ],
  hints: [
    "Write down the entries at positions -4 to 8 for n = 4. After how many steps does the pattern repeat?",
    "The pattern repeats every 2(n - 1) positions. Bring i into that range first. What does `-2 % 6` give in JavaScript?",
    "within = ((i % period) + period) % period; the first n positions go up, the others come down: period - within.",
  ],
  wrongAnswers: [
    {
      says: "The end entry is repeated: 1 0 [0 1 2 3] 3 2. That is symmetric padding; reflect padding mirrors at the entry itself.",
      answer: (i, n) => {
        const within = ((i % (2 * n)) + 2 * n) % (2 * n);
        return within < n ? within : 2 * n - 1 - within;
      },
    },
    {
      says: "Outside, you give the nearest end entry. That is edge padding: a row that stands still rather than one seen in a mirror.",
      answer: (i, n) => Math.min(Math.max(i, 0), n - 1),
    },
    {
      says: "The row starts again from the other end: that is circular padding, right for a panorama. A mirror reverses the direction.",
      answer: (i, n) => ((i % n) + n) % n,
    },
    {
      says: "Your mirror works once, on the left by |i|, on the right by 2(n - 1) - i. Further out, the mirror image is mirrored again.",
      answer: (i, n) => (i < 0 ? -i : i < n ? i : 2 * (n - 1) - i),
    },
    {
      says: "Right for i >= 0, wrong to the left of the row: in JavaScript `-2 % 6` is -2, not 4. Add the period and take the remainder again.",
      answer: (i, n) => {
        const period = 2 * (n - 1);
        const within = i % period;
        return within < n ? within : period - within;
      },
    },
  ],
});

/** A tensor of zeros with `more` rows and columns than x. */
function grown(x: Tensor, more: number): Tensor {
  const [m, height, width, channels] = x.shape;
  return zeros([m, height + more, width + more, channels]);
}

/** Copies x into `target`, moved down and to the right. */
function shifted(x: Tensor, target: Tensor, down: number, right: number): Tensor {
  eachPixel(x, (value, i, row, column, c) => target.set(value, i, row + down, column + right, c));
  return target;
}

function eachPixel(
  x: Tensor,
  visit: (value: number, i: number, row: number, column: number, c: number) => void,
): void {
  const [m, height, width, channels] = x.shape;
  for (let i = 0; i < m; i++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        for (let c = 0; c < channels; c++) visit(x.get(i, row, column, c), i, row, column, c);
}

function table(n: number, value: (i: number, j: number) => number): Tensor {
  const result = zeros([n, n]);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) result.set(value(i, j), i, j);
  return result;
}

/** Adds 1 to each cell of the f x f window that starts at (top, left), where it lies inside. */
function visit(counts: Tensor, top: number, left: number, f: number): void {
  const n = counts.shape[0];
  for (let row = top; row < top + f; row++)
    for (let column = left; column < left + f; column++)
      if (row >= 0 && row < n && column >= 0 && column < n)
        counts.set(counts.get(row, column) + 1, row, column);
}
