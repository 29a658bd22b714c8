import { exercise, expectNumber, expectNumbers } from "convbook";
import { expectParts } from "../../shared/expectParts";
import * as solution from "../solution";

type Channels = ReturnType<typeof solution.blockChannels>;

export const blockChannels = exercise({
  id: "18.blockChannels",
  title: "How many channels each layer of a block reads",
  minutes: 6,
  task:
    "Write `blockChannels(first, growth, count)`: `first` channels come into a dense block of `count` " +
    "layers, and each layer makes `growth` new ones. `reads[i]` is the number of channels that layer i " +
    "reads (the first is layer 0), `out` the number that comes out of the block.",
  example: `
blockChannels(10, 4, 3) // → { reads: [10, 14, 18], out: 22 }`,
  starter: `
function blockChannels(
  first: number, growth: number, count: number,
): { reads: number[]; out: number } {
  return yourCode();
}`,
  solution: solution.blockChannels,
  tests: [
    {
      title: "blockChannels(first, growth, 2): two layers, to be followed by hand",
      async run(blockChannels, { random }) {
        const [first, growth] = [random.integer(11, 15), random.integer(3, 5)];
        expectChannels(await blockChannels(first, growth, 2), first, growth, 2);
      },
    },
    {
      title: "blockChannels(256, 32, 32), block 3 of DenseNet-169: its last layer reads 1,248",
      async run(blockChannels, { random }) {
        expectChannels(await blockChannels(256, 32, 32), 256, 32, 32);
        const count = random.integer(20, 31);
        expectChannels(await blockChannels(256, 32, count), 256, 32, count);
      },
    },
    {
      title: "blockChannels(first, growth, count) for five random blocks",
      points: 2,
      async run(blockChannels, { random }) {
        for (let trial = 0; trial < 5; trial++) {
          const [first, growth] = [random.integer(41, 70), random.integer(7, 13)];
          const count = random.integer(4, 9);
          expectChannels(await blockChannels(first, growth, count), first, growth, count);
        }
      },
    },
  ],
  hints: [
    "Layer 0 reads what comes into the block. What else is there for layer 1 to read?",
    "Each layer leaves its new maps on the stack, and nothing is ever taken away. How many layers have stood before layer i?",
    "reads[i] is first + i · growth. After the last layer there have been `count` of them.",
  ],
  wrongAnswers: [
    {
      says: "Every layer of yours reads only what comes into the block. Where do the maps of the layers before it go?",
      answer: channels((f, k, n) => [list(n, () => f), f + n * k]),
    },
    {
      says: "Each of your layers reads only the one before it. That is an ordinary chain: here it reads all before it.",
      answer: channels((f, k, n) => [list(n, (i) => (i === 0 ? f : k)), k]),
    },
    {
      says: "What came into the block is missing from the stack: it stays there to the end.",
      answer: channels((f, k, n) => [list(n, (i) => (i === 0 ? f : i * k)), n * k]),
    },
    {
      says: "Your layers read their own maps as well. Layer 0 has only what comes in.",
      answer: channels((f, k, n) => [list(n, (i) => f + (i + 1) * k), f + n * k]),
    },
    {
      says: "`out` is what the last layer reads. Its own maps come out of the block too.",
      answer: channels((f, k, n) => [list(n, (i) => f + i * k), f + (n - 1) * k]),
    },
    {
      says: "`out` is halved. That is the transition's doing, after the block.",
      answer: channels((f, k, n) => [list(n, (i) => f + i * k), Math.floor((f + n * k) / 2)]),
    },
    {
      says: "Your stack doubles from layer to layer. A layer adds `growth` maps, however many it reads.",
      answer: channels((f, _, n) => [list(n, (i) => f * 2 ** i), f * 2 ** n]),
    },
    {
      says: "`out` counts only the new maps. Those that came into the block are still on the stack.",
      answer: channels((f, k, n) => [list(n, (i) => f + i * k), n * k]),
    },
    {
      says: "Your layers add 4 · growth maps. That is the width of the neck inside a layer; what it stacks is `growth`.",
      answer: channels((f, k, n) => [list(n, (i) => f + 4 * i * k), f + 4 * n * k]),
    },
  ],
});

function list(count: number, of: (i: number) => number): number[] {
  return Array.from({ length: count }, (_, i) => of(i));
}

function channels(
  count: (first: number, growth: number, count: number) => [reads: number[], out: number],
): typeof solution.blockChannels {
  return (...block) => {
    const [reads, out] = count(...block);
    return { reads, out };
  };
}

function expectChannels(answer: unknown, first: number, growth: number, count: number): void {
  const of = `blockChannels(${first}, ${growth}, ${count})`;
  expectParts<Channels>(answer, of, ["reads", "out"]);
  const expected = solution.blockChannels(first, growth, count);
  expectNumbers(answer.reads, expected.reads, { of: `${of}.reads` });
  expectNumber(answer.out, expected.out, { of: `${of}.out` });
}
