import { type AsyncAnswer, exercise, expectNumber } from "convbook";
import * as solution from "../solution";

export const blockTraffic = exercise({
  id: "08.blockTraffic",
  title: "What blocks save",
  minutes: 10,
  task:
    "Write `blockTraffic(m, depth, n, block)`: a of [m, depth] times b of [depth, n] gives c, made in" +
    " blocks of block×block values, fewer at the edges. For each block of c, its rows of a and its " +
    "columns of b are fetched once, in full, and its values are written once. How many values pass " +
    "between memory and cache in all?",
  example: `
blockTraffic(4, 5, 6, 2) // → 144
blockTraffic(3, 5, 4, 2) // the lower blocks of c have one row only
// → 82`,
  starter: `
function blockTraffic(m: number, depth: number, n: number, block: number): number {
  return yourCode(); // values, not bytes
}`,
  solution: solution.blockTraffic,
  tests: [
    {
      title: "blockTraffic(4, 5, 6, 2) is 144: 60 of a, 60 of b, 24 of c",
      async run(blockTraffic, { random }) {
        expectNumber(await blockTraffic(4, 5, 6, 2), 144, {
          of: "blockTraffic(4, 5, 6, 2)",
          tolerance: 0,
        });
        const [m, n] = [2 * random.integer(2, 9), 2 * random.integer(10, 19)];
        await expectTraffic(blockTraffic, m, random.integer(40, 60), n, 2);
      },
    },
    {
      title: "blockTraffic(4, 5, 6, 1), one value at a time",
      async run(blockTraffic, { random }) {
        await expectTraffic(blockTraffic, 4, 5, 6, 1);
        const [m, depth] = [random.integer(7, 20), random.integer(21, 40)];
        await expectTraffic(blockTraffic, m, depth, random.integer(41, 60), 1);
      },
    },
    {
      title: "blockTraffic(7, 3, 5, 4), where blocks hang over the edge",
      async run(blockTraffic, { random }) {
        await expectTraffic(blockTraffic, 7, 3, 5, 4);
        const block = random.integer(6, 12);
        const [m, n] = [2 * block + random.integer(1, 5), 3 * block + random.integer(1, 5)];
        await expectTraffic(blockTraffic, m, random.integer(2, 5), n, block);
      },
    },
    {
      title: "blockTraffic(m, depth, n, block) for ten random products",
      async run(blockTraffic, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const [m, depth] = [random.integer(5, 40), random.integer(41, 80)];
          const [n, block] = [random.integer(81, 120), random.integer(2, 30)];
          await expectTraffic(blockTraffic, m, depth, n, block);
        }
      },
    },
  ],
  hints: [
    "How many blocks of c are there beside each other, and how many below each other? How often is one row of a fetched?",
    "A row of a is needed by all blocks beside each other: Math.ceil(n / block) times. A column of b?",
    "m · depth · ceil(n / block) + depth · n · ceil(m / block) + m · n.",
  ],
  wrongAnswers: [
    {
      says: "You have a and b changed round: a is fetched once for each block along n, b once for each block along m.",
      answer: (m, depth, n, block) =>
        m * depth * Math.ceil(m / block) + depth * n * Math.ceil(n / block) + m * n,
    },
    {
      says: "c is missing: each of its values is written once.",
      answer: (m, depth, n, block) => solution.blockTraffic(m, depth, n, block) - m * n,
    },
    {
      says: "The blocks at the edge are left out: 7 rows in blocks of 4 are two blocks.",
      answer: (m, depth, n, block) =>
        m * depth * Math.floor(n / block) + depth * n * Math.floor(m / block) + m * n,
    },
    {
      says: "Your counts are fractions where blocks hang over the edge. A block that is cut off still fetches its rows: round up.",
      answer: (m, depth, n, block) => (m * depth * n) / block + (depth * n * m) / block + m * n,
    },
    {
      says: "This is a product without blocks, each row of a fetched for each value of c.",
      answer: (m, depth, n) => solution.blockTraffic(m, depth, n, 1),
    },
    {
      says: "Everything is fetched once: that would need a cache as large as the matrices.",
      answer: (m, depth, n) => m * depth + depth * n + m * n,
    },
    {
      says: "These are bytes. Values are asked for, a quarter as many.",
      answer: (m, depth, n, block) => 4 * solution.blockTraffic(m, depth, n, block),
    },
    {
      says: "Blocks are cut along the depth as well, so that c is written several times. Here rows and columns are fetched whole.",
      answer: (m, depth, n, block) =>
        solution.blockTraffic(m, depth, n, block) + m * n * (Math.ceil(depth / block) - 1),
    },
    {
      says: "Only a is fetched several times, and b once. Each block of c needs its columns of b anew.",
      answer: (m, depth, n, block) => m * depth * Math.ceil(n / block) + depth * n + m * n,
    },
    {
      says: "Only b is fetched several times, and a once. Each block of c needs its rows of a anew.",
      answer: (m, depth, n, block) => m * depth + depth * n * Math.ceil(m / block) + m * n,
    },
    {
      says: "Blocks at the edge are counted as whole ones. They are smaller there: no row or column is fetched that a and b do not have.",
      answer: (m, depth, n, block) => {
        const [rows, columns] = [m, n].map((length) => Math.ceil(length / block));
        return 2 * rows * columns * block * depth + rows * columns * block * block;
      },
    },
    {
      says: "c is counted twice. Its sums are made in the cache; it is written once, and not read.",
      answer: (m, depth, n, block) => solution.blockTraffic(m, depth, n, block) + m * n,
    },
  ],
});

async function expectTraffic(
  blockTraffic: AsyncAnswer<typeof solution.blockTraffic>,
  ...input: [m: number, depth: number, n: number, block: number]
): Promise<void> {
  expectNumber(await blockTraffic(...input), solution.blockTraffic(...input), {
    of: `blockTraffic(${input.join(", ")})`,
    tolerance: 0,
  });
}
