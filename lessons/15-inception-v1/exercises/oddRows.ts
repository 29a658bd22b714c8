import { exercise, expectNumber, expectThat, type Random, zoo } from "convbook";
import * as solution from "../solution";

type OddRows = typeof solution.oddRows;
type Row = Parameters<OddRows>[0][number];

export const oddRows = exercise({
  id: "15.oddRows",
  title: "Which rows do not add up?",
  minutes: 12,
  task:
    "Write `oddRows(rows)`: each row is a module, with its input [h, w, c], its six widths, and what the " +
    "paper prints: `kilo`, the weights (no biases) in units of 1024, and `mega`, the multiply-adds in " +
    "millions. Return the rows in which one of the two, or both, is more than 3% off, with the numbers " +
    "that the widths really give.",
  example: `
const row = { input: [10, 20, 4], widths: [2, 1, 3, 1, 2, 1] }; // 97 weights
oddRows([
  { name: "a", ...row, kilo: 0.095, mega: 0.0194 },
  { name: "b", ...row, kilo: 0.095, mega: 0.025 },
])
// → [{ name: "b", weights: 97, multiplyAdds: 19400 }]`,
  starter: `
function oddRows(
  rows: { name: string; input: number[]; widths: number[]; kilo: number; mega: number }[],
): { name: string; weights: number; multiplyAdds: number }[] {
  // widths: 1x1, 3x3 reduction, 3x3, 5x5 reduction, 5x5, pool
  return yourCode();
}`,
  solution: solution.oddRows,
  manyAnswers: true,
  tests: [
    {
      title: "oddRows([3a]) is empty: the first module is right",
      async run(oddRows) {
        const rows = printedRows().slice(0, 1);
        expectRows(await oddRows(rows), rows, "oddRows([3a])");
      },
    },
    {
      title: "oddRows(rows of the paper) finds two rows",
      points: 2,
      async run(oddRows) {
        const rows = printedRows();
        expectRows(await oddRows(rows), rows, "oddRows(rows of the paper)");
      },
    },
    {
      title:
        "oddRows(rows) for 24 random modules, some with a wrong number of weights, some of multiply-adds",
      async run(oddRows, { random }) {
        const rows = Array.from({ length: 24 }, (_, i) => randomRow(`row ${i + 1}`, i, random));
        expectRows(await oddRows(rows), rows, "oddRows(random rows)");
      },
    },
  ],
  hints: [
    "How many weights has a 1x1 convolution from c to r channels? A module has four of them that read its input. What do the 3x3 and the 5x5 read?",
    "At every pixel of an output map, each weight of its layer is used once. So how do you get the multiply-adds from the weights? All maps of a module have the same size.",
    "weights = c · (one + threeReduce + fiveReduce + pool) + 9 · threeReduce · three + 25 · fiveReduce · five. Compare kilo · 1024 with it, and mega · 1e6 with h · w · weights: Math.abs(printed / counted - 1) > 0.03.",
  ],
  wrongAnswers: [
    {
      says: "You took a K for 1000 weights. This paper's K is 1024, which you see at row 3a: 163,328 weights, printed as 159.",
      answer: rowsOff(({ weights, row }) => [row.kilo * 1000, weights]),
    },
    {
      says: "You compared the weights only. A row may also be wrong in its multiply-adds.",
      answer: rowsOff(byWeights, () => [1, 1]),
    },
    {
      says: "You compared the multiply-adds only. A row may also be wrong in its weights.",
      answer: rowsOff(() => [1, 1]),
    },
    {
      says: "The 1x1 convolutions that reduce are not in your count. They have weights too, for all channels of the input.",
      answer: rowsOff(byWeights, byMultiplyAdds, ({ input, widths }) => {
        const [one, threeReduce, three, fiveReduce, five, pool] = widths;
        return input[2] * (one + pool) + 9 * threeReduce * three + 25 * fiveReduce * five;
      }),
    },
    {
      says: "The 1x1 convolution after the pool is not in your count. It reads all channels of the input.",
      answer: rowsOff(byWeights, byMultiplyAdds, ({ input, widths }) => {
        const [one, threeReduce, three, fiveReduce, five] = widths;
        const ofInput = input[2] * (one + threeReduce + fiveReduce);
        return ofInput + 9 * threeReduce * three + 25 * fiveReduce * five;
      }),
    },
    {
      says: "Your 3x3 and 5x5 read all channels of the input. They read what their reductions leave.",
      answer: rowsOff(byWeights, byMultiplyAdds, ({ input, widths }) => {
        const [one, threeReduce, three, fiveReduce, five, pool] = widths;
        return input[2] * (one + threeReduce + fiveReduce + pool + 9 * three + 25 * five);
      }),
    },
    {
      says: "You count 3 and 5 weights for a channel where a 3x3 and a 5x5 filter have 9 and 25.",
      answer: rowsOff(byWeights, byMultiplyAdds, ({ input, widths }) => {
        const [one, threeReduce, three, fiveReduce, five, pool] = widths;
        const ofInput = input[2] * (one + threeReduce + fiveReduce + pool);
        return ofInput + 3 * threeReduce * three + 5 * fiveReduce * five;
      }),
    },
    {
      says: "You return the rows that do add up.",
      answer: (rows) => {
        const odd = solution.oddRows(rows).map(({ name }) => name);
        return rows.filter(({ name }) => !odd.includes(name)).map((row) => counted(row));
      },
    },
    {
      says: "You return a row only when both numbers are off. One is enough.",
      answer: (rows) => {
        const multiplyAddsOff = rowsOff(() => [1, 1])(rows).map(({ name }) => name);
        return rowsOff(byWeights, () => [1, 1])(rows).filter(({ name }) =>
          multiplyAddsOff.includes(name),
        );
      },
    },
    {
      says: "You notice only what is printed too high. Row 4c is printed too low.",
      answer: (rows) =>
        rows
          .filter((row) => {
            const { weights, multiplyAdds } = counted(row);
            return row.kilo * 1024 > 1.03 * weights || row.mega * 1e6 > 1.03 * multiplyAdds;
          })
          .map((row) => counted(row)),
    },
  ],
});

/** The modules of the paper's table. */
function printedRows(): Row[] {
  return zoo.googlenetTable.flatMap(({ name, input, widths, kilo, mega }) =>
    widths === undefined ? [] : [{ name, input: [...input], widths: [...widths], kilo, mega }],
  );
}

function weightsOf({ input, widths }: Row): number {
  const [one, threeReduce, three, fiveReduce, five, pool] = widths;
  const ofInput = input[2] * (one + threeReduce + fiveReduce + pool);
  return ofInput + 9 * threeReduce * three + 25 * fiveReduce * five;
}

/** A row that is right, or wrong by 6 to 20% in one number or in both, up or down. */
/** Just within the 3%, and just beyond: of what is counted, as printed over counted. */
const NEARLY = [0.9705, 0.9695, 1.0295, 1.0305];

function randomRow(name: string, i: number, random: Random): Row {
  const size = random.integer(7, 30);
  const input = [size, size + 3, 8 * random.integer(20, 100)];
  const widths = [128, 96, 192, 24, 64, 64].map((width) => width + random.integer(0, 40));
  const wrong = () => 1 + (random.integer(0, 1) === 0 ? -1 : 1) * random.uniform(0.06, 0.2);
  const [weightsFactor, multiplyAddsFactor] = [
    [1, 1],
    [wrong(), 1],
    [1, wrong()],
    [wrong(), wrong()],
    ...NEARLY.map((factor) => [factor, 1]),
    ...NEARLY.map((factor) => [1, factor]),
  ][i % (4 + 2 * NEARLY.length)];
  const { weights, multiplyAdds } = counted({ name, input, widths, kilo: 0, mega: 0 });
  return {
    name,
    input,
    widths,
    kilo: Number(((weightsFactor * weights) / 1024).toPrecision(6)),
    mega: Number(((multiplyAddsFactor * multiplyAdds) / 1e6).toPrecision(6)),
  };
}

type Comparison = (counted: { row: Row; weights: number }) => [printed: number, counted: number];

function byWeights({ row, weights }: { row: Row; weights: number }): [number, number] {
  return [row.kilo * 1024, weights];
}

function byMultiplyAdds({ row, weights }: { row: Row; weights: number }): [number, number] {
  return [row.mega * 1e6, row.input[0] * row.input[1] * weights];
}

/** The rows in which one of two comparisons is more than 3% off, by some way to count weights. */
function rowsOff(
  first: Comparison,
  second: Comparison = byMultiplyAdds,
  weights: (row: Row) => number = weightsOf,
): OddRows {
  const isOff = ([printed, real]: [number, number]) => Math.abs(printed / real - 1) > 0.03;
  return (rows) =>
    rows
      .filter((row) =>
        [first, second].some((compare) => isOff(compare({ row, weights: weights(row) }))),
      )
      .map((row) => counted(row, weights(row)));
}

/** A row as it is to be returned. */
function counted(row: Row, weights = weightsOf(row)): ReturnType<OddRows>[number] {
  return { name: row.name, weights, multiplyAdds: row.input[0] * row.input[1] * weights };
}

function expectRows(answer: unknown, rows: Row[], of: string): void {
  expectThat(
    Array.isArray(answer) && answer.every((row) => typeof row?.name === "string"),
    `${of} must be a list of rows, each { name, weights, multiplyAdds }.`,
  );
  const expected = solution.oddRows(rows);
  const [names, given] = [expected, answer as ReturnType<OddRows>].map((list) =>
    list.map(({ name }) => name),
  );
  const list = (some: string[]) => (some.length === 0 ? "none" : some.join(", "));
  const missing = names.filter((name) => !given.includes(name));
  const extra = given.filter((name) => !names.includes(name));
  expectThat(
    missing.length === 0 && extra.length === 0,
    `${of}: missing though odd: ${list(missing)}; returned though right: ${list(extra)}.`,
  );
  for (const { name, weights, multiplyAdds } of expected) {
    const row = (answer as ReturnType<OddRows>)[given.indexOf(name)];
    expectNumber(row.weights, weights, { of: `${of}, the weights of ${name}` });
    expectNumber(row.multiplyAdds, multiplyAdds, { of: `${of}, the multiply-adds of ${name}` });
  }
}
