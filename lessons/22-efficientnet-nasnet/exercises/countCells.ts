import { exercise, expectNumber } from "convbook";
import * as solution from "../solution";

type CountCells = typeof solution.countCells;

export const countCells = exercise({
  id: "22.countCells",
  title: "How many cells there are to search",
  minutes: 7,
  task:
    "Write `countCells(blocks, operations)`. A cell begins with two things to read. Each of its `blocks` " +
    "picks one of the things to read, and one of the `operations` for it; it picks both once more (the " +
    "same may be picked again) and adds the two. The sum is one more thing to read for the blocks after it. " +
    "In how many ways can a cell be written down? Count orders as different.",
  example: `
countCells(1, 3) // → 36
countCells(2, 3) // → 2916`,
  starter: `
function countCells(blocks: number, operations: number): number {
  return yourCode();
}`,
  solution: solution.countCells,
  tests: [
    {
      title: "countCells(1, operations): one block, which reads the cell's two inputs",
      async run(countCells, { random }) {
        await expectCount(countCells, 1, random.integer(3, 9));
      },
    },
    {
      title: "countCells(2, operations): the second block may read the first",
      async run(countCells, { random }) {
        await expectCount(countCells, 2, random.integer(3, 9));
      },
    },
    {
      title: "countCells(blocks, operations) for three random spaces",
      points: 2,
      async run(countCells, { random }) {
        for (const blocks of [3, 4, 5]) await expectCount(countCells, blocks, random.integer(2, 6));
      },
    },
  ],
  hints: [
    "One block first. In how many ways can it pick something to read? Something to do with it? And the same once more?",
    "The first block may read 2 things. The second may read those and what the first made. How many may block b read?",
    "Block b has ((b + 1) * operations) ** 2 ways, b from 1. They multiply.",
  ],
  wrongAnswers: [
    {
      says: "Each of your blocks picks once. It picks twice, and adds the two.",
      answer: count((readable, k) => readable * k),
    },
    {
      says: "All your blocks read the cell's two inputs alone. What a block has made can be read by those after it.",
      answer: count((_, k) => (2 * k) ** 2),
    },
    {
      says: "Your blocks do the same to both things that they read. Each has an operation of its own.",
      answer: count((readable, k) => readable ** 2 * k),
    },
    {
      says: "Your blocks choose what to read only once for two operations. They choose anew.",
      answer: count((readable, k) => readable * k ** 2),
    },
    {
      says: "You have left out the operations: to read something and to do something to it are two choices.",
      answer: count((readable) => readable ** 2),
    },
    {
      says: "Your second pick cannot be the first one again. It may.",
      answer: count((readable, k) => readable * k * (readable * k - 1)),
    },
    {
      says: "You take a block's two picks without their order. Here (a, b) and (b, a) count as two, though the sum is the same.",
      answer: count((readable, k) => (readable * k * (readable * k + 1)) / 2),
    },
    {
      says: "Your blocks may read themselves: block b has b + 1 things to read, two inputs and b - 1 blocks.",
      answer: count((readable, k) => ((readable + 1) * k) ** 2),
    },
    {
      says: "Your first block has one input to read. A cell has two: the outputs of the last cell and of the one before.",
      answer: count((readable, k) => ((readable - 1) * k) ** 2),
    },
    {
      says: "The blocks' ways are added. Every choice of one block goes with every choice of the others: multiply.",
      answer: (blocks, k) =>
        Array.from({ length: blocks }, (_, i) => ((i + 2) * k) ** 2).reduce((a, b) => a + b),
    },
  ],
});

/** An answer that has so many ways for a block that may read so many things. */
function count(ways: (readable: number, operations: number) => number): CountCells {
  return (blocks, operations) =>
    Array.from({ length: blocks }, (_, i) => ways(i + 2, operations)).reduce((a, b) => a * b, 1);
}

async function expectCount(
  answer: (blocks: number, operations: number) => unknown,
  blocks: number,
  operations: number,
): Promise<void> {
  expectNumber(await answer(blocks, operations), solution.countCells(blocks, operations), {
    of: `countCells(${blocks}, ${operations})`,
  });
}
