import { exercise, expectNumber, formatInteger } from "convbook";
import { expectParts } from "../../shared/expectParts";
import * as solution from "../solution";

type Weights = ReturnType<typeof solution.unitWeights>;

export const unitWeights = exercise({
  id: "14.unitWeights",
  title: "Two 3x3 layers, or a bottleneck",
  minutes: 6,
  task:
    "Write `unitWeights(channels, inner)`: the numbers of filter weights (no biases, no batch norm) of " +
    "two units that both read and give `channels` maps. `basic` is two 3×3 layers of `channels` filters; " +
    "`bottleneck` is a 1×1 layer to `inner` channels, a 3×3 layer that keeps them, and a 1×1 layer back.",
  example: `
unitWeights(6, 2) // → { basic: 648, bottleneck: 60 }`,
  starter: `
function unitWeights(channels: number, inner: number): { basic: number; bottleneck: number } {
  return yourCode();
}`,
  solution: solution.unitWeights,
  tests: [
    {
      title: "unitWeights(channels, 1): through a single channel",
      async run(unitWeights, { random }) {
        const channels = random.integer(2, 9);
        expectWeights(await unitWeights(channels, 1), channels, 1);
      },
    },
    {
      title: "unitWeights(256, 64), the unit of ResNet-50: 1,179,648 against 69,632",
      async run(unitWeights, { random }) {
        expectWeights(await unitWeights(256, 64), 256, 64);
        const inner = random.integer(65, 127);
        expectWeights(await unitWeights(256, inner), 256, inner);
      },
    },
    {
      title: "unitWeights(channels, inner) for six random units",
      points: 2,
      async run(unitWeights, { random }) {
        for (let trial = 0; trial < 6; trial++) {
          const [channels, inner] = [random.integer(20, 300), random.integer(5, 19)];
          expectWeights(await unitWeights(channels, inner), channels, inner);
        }
      },
    },
  ],
  hints: [
    "How many weights has one filter of a 3x3 layer that reads c channels? And how many filters has the layer?",
    "The 3x3 layer in the middle of the bottleneck never sees the wide volume. How many channels does it read, and how many does it make?",
    "bottleneck: channels · inner + 9 · inner · inner + inner · channels. basic: twice 9 · channels · channels.",
  ],
  wrongAnswers: [
    {
      says: "Your `basic` is one 3x3 layer. The unit has two.",
      answer: weights((c, n) => [9 * c * c, c * n + 9 * n * n + n * c]),
    },
    {
      says: "The layer that goes back to the wide volume is missing: 1x1, 3x3, and 1x1 again.",
      answer: weights((c, n) => [18 * c * c, c * n + 9 * n * n]),
    },
    {
      says: "Your 3x3 layer still reads all channels. After the first 1x1, how many are there?",
      answer: weights((c, n) => [18 * c * c, c * n + 9 * c * n + n * c]),
    },
    {
      says: "You count 3 weights for a channel where a 3x3 window has 9.",
      answer: weights((c, n) => [6 * c * c, c * n + 3 * n * n + n * c]),
    },
    {
      says: "A bias for each filter is in your count. Batch norm follows, which has one of its own: leave them out.",
      answer: weights((c, n) => [18 * c * c + 2 * c, 2 * c * n + 9 * n * n + 2 * n + c]),
    },
    {
      says: "Your bottleneck has two 3x3 layers. It needs one: the two 1x1 layers do the rest.",
      answer: weights((c, n) => [18 * c * c, 2 * c * n + 18 * n * n]),
    },
    {
      says: "The two have changed places: `basic` is the wide one.",
      answer: weights((c, n) => [2 * c * n + 9 * n * n, 18 * c * c]),
    },
  ],
});

function weights(
  count: (channels: number, inner: number) => [basic: number, bottleneck: number],
): typeof solution.unitWeights {
  return (channels, inner) => {
    const [basic, bottleneck] = count(channels, inner);
    return { basic, bottleneck };
  };
}

function expectWeights(answer: unknown, channels: number, inner: number): void {
  const of = `unitWeights(${formatInteger(channels)}, ${inner})`;
  expectParts<Weights>(answer, of, ["basic", "bottleneck"]);
  const expected = solution.unitWeights(channels, inner);
  expectNumber(answer.basic, expected.basic, { of: `${of}.basic` });
  expectNumber(answer.bottleneck, expected.bottleneck, { of: `${of}.bottleneck` });
}
