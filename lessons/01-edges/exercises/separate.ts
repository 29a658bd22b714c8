import {
  describeValue,
  exercise,
  type ExerciseTest,
  expectTensor,
  expectThat,
  formatNumber,
  fromFunction,
  type Random,
  type Tensor,
  tensor,
} from "convbook";
import * as solution from "../solution";

type Separate = typeof solution.separate;

const SOBEL = tensor([
  [1, 0, -1],
  [2, 0, -2],
  [1, 0, -1],
]);

export const separate = exercise({
  id: "01.separate",
  title: "A column times a row",
  minutes: 8,
  task: "Write `separate(kernel)`: a `column` and a `row` of numbers whose products column[a] · row[b] are the weights of the kernel, [kh, kw], up to rounding. Return `null` if there are none. Any such pair is right; at least one weight is not 0.",
  example: `
const [column, row] = separate(tensor([[2, 1, -1], [6, 3, -3]]))!;
column.map((c) => row.map((r) => c * r)) // → [[2, 1, -1], [6, 3, -3]]
separate(tensor([[1, 2, 3], [4, 5, 6]])) // → null`,
  starter: `
function separate(kernel: Tensor): [column: number[], row: number[]] | null {
  // kernel.get(a, b) = column[a] * row[b] for all a and b; null if that cannot be
  return yourCode();
}`,
  solution: solution.separate,
  manyAnswers: true,
  tests: [
    // The largest weight stands in a column of which there is no row.
    separableTest("of a 3 x 4 kernel made of positive numbers", (random) =>
      outer(integers(3, random), [...integers(3, random), 20]),
    ),
    separableTest(
      "of Sobel's filter, whose middle column is 0",
      () => SOBEL,
      (random) => outer(integers(3, random), [random.integer(2, 9), 0, -random.integer(2, 9)]),
    ),
    separableTest(
      "of Sobel's filter lying down, whose middle row is 0",
      () => SOBEL.transpose([1, 0]),
      (random) => outer([random.integer(2, 9), 0, -random.integer(2, 9)], integers(4, random)),
    ),
    separableTest(
      "of a kernel with no weight above 0",
      () => outer([1, 2, 3], [-2, 0, -5]),
      (random) => outer([...integers(2, random), 0], [-random.integer(2, 9), 0, -1]),
    ),
    separableTest("of large weights, and of small ones, in float32", ...[1e4, 1e-4].map(scaled)),
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
      points: 4,
      async run(separate, { random }) {
        const laplacian = tensor([
          [0, 1, 0],
          [1, -4, 1],
          [0, 1, 0],
        ]);
        const dented = outer(integers(3, random), integers(3, random));
        dented.set(dented.get(2, 2) + 1, 2, 2);
        const small = dented.map((weight) => weight / 1e7); // the dent is far below a fixed tolerance
        for (const kernel of [laplacian, dented, small]) {
          const answer: unknown = await separate(kernel);
          expectThat(
            answer === null,
            `separate(${JSON.stringify(kernel.toArray())}) must be null, got ${describeValue(answer)}.`,
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
      says: "You look for the largest weight without Math.abs. In a kernel with no weight above 0 that is a 0, and you divide by it: look for the one farthest from 0.",
      answer: (kernel) => {
        const rows = kernel.toMatrix();
        const [top, left] = kernel.argmax();
        const column = rows.map((row) => row[left]);
        return checked(kernel, [column, rows[top].map((weight) => weight / column[top])]);
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

/** Weights of this size with a part of each rounded off, the largest not in the first row. */
function scaled(size: number): (random: Random) => Tensor {
  return (random) => {
    const numbers = [0.6, 1, 0.0003].map((factor) => size * factor * random.uniform(0.9, 1.1));
    return outer(numbers, [random.uniform(-0.3, -0.1), 0.7, 1 + random.uniform()]);
  };
}

function separableTest(
  what: string,
  ...kernels: ((random: Random) => Tensor)[]
): ExerciseTest<Separate> {
  return {
    title: `separate(kernel) ${what}`,
    async run(separate, { random }) {
      for (const kernelFrom of kernels) await expectSeparated(separate, kernelFrom(random));
    },
  };
}

async function expectSeparated(
  separate: (kernel: Tensor) => Promise<unknown>,
  kernel: Tensor,
): Promise<void> {
  const answer: unknown = await separate(kernel);
  const shown = JSON.stringify(kernel.toArray());
  expectThat(answer !== null, `${shown} is a column times a row, but separate(kernel) is null.`);
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
  const of = "column · row";
  const largest = kernel.map(Math.abs).max(); // what is small is compared on its own scale
  const product = outer(column as number[], row as number[]);
  expectTensor(
    product.map((value) => value / largest),
    kernel.map((value) => value / largest),
    { of: largest === 1 ? of : `${of}, over ${formatNumber(largest)}` },
  );
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
