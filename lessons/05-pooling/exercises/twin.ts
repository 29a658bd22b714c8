import {
  exercise,
  type ExerciseTest,
  expectTensor,
  expectThat,
  fromFunction,
  full,
  permutation,
  type Random,
  randomIntegers,
  Tensor,
} from "convbook";
import * as solution from "../solution";
import { windowAt } from "../../shared/windowAt";
import { pooledWindow } from "./pooledWindow";

export const twin = exercise({
  id: "05.twin",
  title: "Two pictures that pooling cannot tell apart",
  minutes: 10,
  task:
    "Write `twin(x, f)`: another batch of x's shape, [m, h, w, c], that f×f pooling with stride f " +
    "cannot tell from x: the maxima are the same and the averages too, yet something changes in each " +
    "window whose values are not all equal. f divides h and w.",
  example: `
const x = tensor([1, 2, 5, 5,
                  3, 4, 5, 5], [1, 2, 4, 1]); // the second window may stay as it is
poolForward(twin(x, 2), { f: 2, stride: 2 }, "max") // → [4, 5]
poolForward(twin(x, 2), { f: 2, stride: 2 }, "average") // → [2.5, 5]`,
  starter: `
function twin(x: Tensor, f: number): Tensor {
  const [m, height, width, channels] = x.shape; // [m, h, w, c]; f divides h and w
  return yourCode();
}`,
  solution: solution.twin,
  manyAnswers: true,
  tests: [
    twinTest("on one window of four different values", [1, 2, 2, 1], 2),
    twinTest("on nine windows", [1, 6, 6, 1], 2),
    twinTest("on a batch with channels, and windows of nine", [2, 6, 9, 3], 3),
    {
      title:
        "twin(x, 2) on windows in which values repeat: [[1, 1], [2, 2]], [[1, 2], [2, 1]] and others",
      points: 2,
      async run(twin, { random }) {
        for (let trial = 0; trial < 4; trial++) {
          const x = repeating(random);
          const answer = await twin(x, 2);
          expectIndistinguishable(answer, x, 2);
          expectChangedWindows(answer, x, 2);
        }
      },
    },
    {
      title: "twin(x, 2) may leave windows of equal values as they are",
      async run(twin) {
        const x = full([1, 4, 4, 1], 7);
        expectIndistinguishable(await twin(x, 2), x, 2);
      },
    },
  ],
  hints: [
    "What does the maximum of a window not depend on? What does its average not depend on? Is there something that neither depends on?",
    "Neither sees the order of the values within a window. Which reordering of four different values leaves none of them where it was?",
    "Number the positions of a window 0 to f² - 1 and let every value move on by one: the value at position k comes from position (k + 1) % (f * f). The window of a pixel starts at row - row % f and column - column % f.",
  ],
  wrongAnswers: [
    {
      says: "This is x itself. Pooling cannot tell it from x, true; but find another picture.",
      answer: (x) => x.clone(),
    },
    {
      says: "You turned the whole picture: the values have left their windows, and the pooled maps are turned as well. Reorder within each window.",
      answer: (x) => {
        const [, height, width] = x.shape;
        return fromFunction(x.shape, (i, row, column, c) =>
          x.get(i, height - 1 - row, width - 1 - column, c),
        );
      },
    },
    {
      says: "You mirrored the whole picture: left windows are now on the right. Mirror each window in its own place, or reorder it otherwise.",
      answer: (x) =>
        fromFunction(x.shape, (i, row, column, c) => x.get(i, row, x.shape[2] - 1 - column, c)),
    },
    {
      says: "The whole picture has moved by a pixel, so that values cross from one window into the next. Move them within their windows.",
      answer: (x) =>
        fromFunction(x.shape, (i, row, column, c) => x.get(i, row, (column + 1) % x.shape[2], c)),
    },
    {
      says: "Every window is filled with its largest value. The maxima are right, the averages are not.",
      answer: (x, f) => spread(solution.poolForward(x, { f, stride: f }, "max"), f),
    },
    {
      says: "Every window is filled with its average. The averages are right, the maxima are not.",
      answer: (x, f) => spread(solution.poolForward(x, { f, stride: f }, "average"), f),
    },
    {
      says: "You kept the largest value of each window and set the others to 0. The maxima are right, the averages are not.",
      answer: (x, f) => {
        const largest = spread(solution.poolForward(x, { f, stride: f }, "max"), f);
        return x.map((value, at) => (value === largest.data[at] ? value : 0));
      },
    },
    ...(
      [
        [
          "Each window is mirrored, left to right. Where its two columns are alike, [[1, 1], [2, 2]], nothing changes.",
          (y, x, f) => [y, f - 1 - x],
        ],
        [
          "Each window is turned upside down. Where its rows are alike, [[1, 2], [1, 2]], nothing changes.",
          (y, x, f) => [f - 1 - y, x],
        ],
        [
          "Each window is turned by half a circle. [[1, 2], [2, 1]] looks the same afterwards.",
          (y, x, f) => [f - 1 - y, f - 1 - x],
        ],
        [
          "Each window is transposed, its rows made columns. What is alike on both sides of the diagonal, [[5, 1], [1, 1]], stays.",
          (y, x) => [x, y],
        ],
        [
          "The columns of each window move on by one. Where they are alike, [[1, 1], [2, 2]], nothing changes.",
          (y, x, f) => [y, (x + 1) % f],
        ],
        [
          "The rows of each window move on by one. Where they are alike, [[1, 2], [1, 2]], nothing changes.",
          (y, x, f) => [(y + 1) % f, x],
        ],
      ] as [string, Reorder][]
    ).map(([says, reorder]) => ({ says, answer: reordered(reorder) })),
    {
      says: "You sort the values of each window. One that is in order already, [[1, 2], [3, 4]], stays as it is.",
      answer: (x, f) => sorted(x, f),
    },
    {
      says: "You kept the largest value of each window and set the others to their mean. Where they are alike, [[5, 1], [1, 1]], nothing changes.",
      answer: (x, f) => {
        const largest = spread(solution.poolForward(x, { f, stride: f }, "max"), f);
        const average = spread(solution.poolForward(x, { f, stride: f }, "average"), f);
        const first = firstOfLargest(x, f);
        return x.map((_, at) =>
          first.data[at]
            ? largest.data[at]
            : (average.data[at] * f * f - largest.data[at]) / (f * f - 1),
        );
      },
    },
    {
      says: "Something was added everywhere: both pooled maps show it.",
      answer: (x) => x.map((value) => value + 1),
    },
    {
      says: "Only the first window changed. The others must change too.",
      answer: (x, f) => {
        const changed = solution.twin(x, f);
        return fromFunction(x.shape, (i, row, column, c) =>
          (row < f && column < f ? changed : x).get(i, row, column, c),
        );
      },
    },
    {
      says: "Only the first channel changed. Each channel is pooled for itself, and has windows of its own.",
      answer: (x, f) => {
        const changed = solution.twin(x, f);
        return fromFunction(x.shape, (i, row, column, c) =>
          (c === 0 ? changed : x).get(i, row, column, c),
        );
      },
    },
    {
      says: "The channels have changed places. Pooling treats each for itself, so the pooled maps change places with them.",
      answer: (x) =>
        fromFunction(x.shape, (i, row, column, c) => x.get(i, row, column, x.shape[3] - 1 - c)),
    },
  ],
});

function twinTest(what: string, shape: number[], f: number): ExerciseTest<typeof solution.twin> {
  return {
    title: `twin(x, ${f}) ${what}`,
    async run(twin, { random }) {
      const x = randomIntegers(shape, 1, 99, random); // [m, h, w, c]
      const answer = await twin(x, f);
      expectIndistinguishable(answer, x, f);
      expectChangedWindows(answer, x, f);
    },
  };
}

function expectIndistinguishable(answer: unknown, x: Tensor, f: number): asserts answer is Tensor {
  const shape = `twin(x, ${f}) must be a tensor of the shape of x, [${x.shape.join(", ")}].`;
  expectThat(answer instanceof Tensor && answer.shape.join() === x.shape.join(), shape);
  for (const mode of ["max", "average"] as const) {
    const [yours, expected] = [answer, x].map((image) =>
      solution.poolForward(image, { f, stride: f }, mode),
    );
    const of = `The ${mode}-pooled map of twin(x, ${f})`;
    expectTensor(yours, expected, { of, window: pooledWindow(x, f, f, mode) });
  }
}

function expectChangedWindows(answer: Tensor, x: Tensor, f: number): void {
  const changed = fromFunction(x.shape, (...index) =>
    answer.get(...index) === x.get(...index) ? 0 : 1,
  );
  const changes = solution.poolForward(changed, { f, stride: f }, "max");
  const largest = solution.poolForward(x, { f, stride: f }, "max");
  const average = solution.poolForward(x, { f, stride: f }, "average");
  const [m, rows, columns, channels] = changes.shape;
  for (let i = 0; i < m; i++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let c = 0; c < channels; c++) {
          const at = [i, row, column, c];
          const allEqual = largest.get(...at) === average.get(...at);
          expectThat(
            changes.get(...at) === 1 || allEqual,
            `Nothing has changed in the window that starts at [${[i, row * f, column * f, c].join(", ")}].`,
          );
        }
}

/** Windows that look alike when they are mirrored, turned or sorted: six of them, in a random order and turned at random. */
function repeating(random: Random): Tensor {
  const [low, high] = [random.integer(1, 9), random.integer(10, 19)];
  const windows = [
    [low, low, high, high],
    [low, high, low, high],
    [low, high, high, low],
    [high, low, low, low],
    [low, low, low, high],
    [low, low + 1, high, high + 1],
  ];
  const order = permutation(windows.length, random);
  return fromFunction([1, 4, 6, 1], (_, row, column) => {
    const window = windows[order[3 * Math.floor(row / 2) + Math.floor(column / 2)]];
    return window[2 * (row % 2) + (column % 2)];
  });
}

/** From which cell of its window a value comes. */
type Reorder = (down: number, right: number, f: number) => [number, number];

function reordered(reorder: Reorder): typeof solution.twin {
  return (x, f) =>
    fromFunction(x.shape, (i, row, column, c) => {
      const [down, right] = reorder(row % f, column % f, f);
      return x.get(i, row - (row % f) + down, column - (column % f) + right, c);
    });
}

function sorted(x: Tensor, f: number): Tensor {
  return fromFunction(x.shape, (i, row, column, c) => {
    const [top, left] = [row - (row % f), column - (column % f)];
    const values = Array.from({ length: f * f }, (_, at) =>
      x.get(i, top + Math.floor(at / f), left + (at % f), c),
    );
    return values.sort((a, b) => a - b)[(row - top) * f + (column - left)];
  });
}

/** 1 at the first of the largest values of each window. */
function firstOfLargest(x: Tensor, f: number): Tensor {
  return fromFunction(x.shape, (i, row, column, c) => {
    const [top, left] = [row - (row % f), column - (column % f)];
    const [down, right] = windowAt(x, [i, top, left, c], f).argmax();
    return row === top + down && column === left + right ? 1 : 0;
  });
}

/** Each value of a pooled map in all places of its window. */
function spread(pooled: Tensor, f: number): Tensor {
  const [m, rows, columns, channels] = pooled.shape;
  return fromFunction([m, rows * f, columns * f, channels], (i, row, column, c) =>
    pooled.get(i, Math.floor(row / f), Math.floor(column / f), c),
  );
}
