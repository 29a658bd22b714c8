import { exercise, expectNumber } from "convbook";
import * as solution from "../solution";

/** What leaves each of the 16 units of ResNet-50. */
const RESNET_50 = [
  ...[256, 256, 256],
  ...[512, 512, 512, 512],
  ...[1024, 1024, 1024, 1024, 1024, 1024],
  ...[2048, 2048, 2048],
];

export const seParameters = exercise({
  id: "20.seParameters",
  title: "What the blocks add",
  minutes: 8,
  task:
    "Write `seParameters(channels, r)`: how many parameters the SE blocks of a network have together, the " +
    "biases of both dense layers included. There is one block for each entry of `channels`, on maps with " +
    "that many channels; all are divisible by r.",
  example: `
seParameters([8], 4) // → 42
seParameters([8, 12], 4) // → 129`,
  starter: `
function seParameters(channels: number[], r: number): number {
  return yourCode();
}`,
  solution: solution.seParameters,
  tests: [
    {
      title: "seParameters([64], 16) of a single block",
      async run(seParameters, { random }) {
        expectNumber(await seParameters([64], 16), 580, {
          of: "seParameters([64], 16)",
          tolerance: 0,
        });
        const one = [16 * random.integer(2, 40)];
        expectNumber(await seParameters(one, 16), solution.seParameters(one, 16), {
          of: `seParameters([${one[0]}], 16)`,
          tolerance: 0,
        });
      },
    },
    {
      title: "seParameters([64, 128], 4) of two blocks of different widths",
      async run(seParameters, { random }) {
        expectNumber(await seParameters([64, 128], 4), solution.seParameters([64, 128], 4), {
          of: "seParameters([64, 128], 4)",
          tolerance: 0,
        });
        const two = [8, 16].map((n) => n * random.integer(1, 30));
        expectNumber(await seParameters(two, 4), solution.seParameters(two, 4), {
          of: `seParameters([${two.join(", ")}], 4)`,
          tolerance: 0,
        });
      },
    },
    {
      title: "seParameters(channels, 16) of ResNet-50's sixteen units is 28,088,024 - 25,557,032",
      async run(seParameters) {
        expectNumber(await seParameters(RESNET_50, 16), 28088024 - 25557032, {
          of: "seParameters(channels, 16)",
          tolerance: 0,
        });
      },
    },
    {
      title: "seParameters(channels, r) for every r that the paper tries",
      async run(seParameters, { random }) {
        for (const r of [2, 4, 8, 16, 32]) {
          const channels = [1, 2, 3].map(() => 32 * random.integer(1, 40));
          expectNumber(await seParameters(channels, r), solution.seParameters(channels, r), {
            of: `seParameters([${channels.join(", ")}], ${r})`,
            tolerance: 0,
          });
        }
      },
    },
  ],
  hints: [
    "A block on c channels has two dense layers. From how many values to how many does each of them go?",
    "The first has c · c/r weights and c/r biases. And the second?",
    "2 · c · c/r + c/r + c for a block; add up the blocks.",
  ],
  wrongAnswers: [
    {
      says: "You count one of the two dense layers' weights. It goes down to c/r, and up to c again.",
      answer: (channels, r) => sumOf(channels, (c) => (c * c) / r + c / r + c),
    },
    {
      says: "These are the weights. The biases are missing: c/r in the first layer, c in the second.",
      answer: (channels, r) => sumOf(channels, (c) => (2 * c * c) / r),
    },
    {
      says: "You gave each of the two layers c biases. A bias belongs to an output: the first layer has c/r.",
      answer: (channels, r) => sumOf(channels, (c) => (2 * c * c) / r + 2 * c),
    },
    {
      says: "The biases of the second layer are missing: it has c outputs.",
      answer: (channels, r) => sumOf(channels, (c) => (2 * c * c) / r + c / r),
    },
    {
      says: "You have r outputs in the narrow layer. The reduction divides: c / r.",
      answer: (channels, r) => sumOf(channels, (c) => 2 * c * r + r + c),
    },
    {
      says: "You took both sides of the matrices down by r. Each matrix has c on one side and c/r on the other.",
      answer: (channels, r) => sumOf(channels, (c) => 2 * (c / r) ** 2 + c / r + c),
    },
    {
      says: "The narrow layer is as wide as the maps: r does nothing in your count.",
      answer: (channels) => sumOf(channels, (c) => 2 * c * c + 2 * c),
    },
    {
      says: "You add up the channels before you square them, as if there were one block over all of them. Every block has layers of its own.",
      answer: (channels, r) => solution.seParameters([channels.reduce((a, b) => a + b, 0)], r),
    },
    {
      says: "This is the first block alone. Add up all of them.",
      answer: (channels, r) => solution.seParameters(channels.slice(0, 1), r),
    },
  ],
});

function sumOf(channels: number[], ofBlock: (c: number) => number): number {
  return channels.reduce((sum, c) => sum + ofBlock(c), 0);
}
