import { exercise, expectNumber, type Random } from "convbook";
import { expectParts } from "../../shared/expectParts";
import * as solution from "../solution";

type ScaledStage = typeof solution.scaledStage;

/** Channels and layers of B0's stages, and the factors of B1 to B7. */
const stages = [
  [16, 1],
  [24, 2],
  [40, 2],
  [80, 3],
  [112, 3],
  [192, 4],
  [320, 1],
] as const;
const factors = {
  B1: [1.0, 1.1],
  B2: [1.1, 1.2],
  B3: [1.2, 1.4],
  B4: [1.4, 1.8],
  B5: [1.6, 2.2],
  B6: [1.8, 2.6],
  B7: [2.0, 3.1],
} as const;

export const scaledStage = exercise({
  id: "22.scaledStage",
  title: "Channels and layers after scaling",
  minutes: 8,
  task:
    "Write `scaledStage(channels, count, width, depth)`: a stage has `count` layers of `channels` " +
    "channels; how many of each does it have, made `width` times as wide and `depth` times as deep? Channels: the " +
    "multiple of 8 that is nearest to channels · width (half-way: the larger), but where that is less " +
    "than 0.9 · channels · width, the next one. Layers: rounded up.",
  example: `
scaledStage(40, 3, 1.25, 1.1) // → { channels: 48, count: 4 }
// 24 is nearest to 27.6, and less than 0.9 · 27.6:
scaledStage(24, 2, 1.15, 1.5) // → { channels: 32, count: 3 }`,
  starter: `
function scaledStage(
  channels: number, count: number, width: number, depth: number,
): { channels: number; count: number } {
  return yourCode();
}`,
  solution: solution.scaledStage,
  tests: [
    {
      title: "scaledStage(24, count, 1.375, 1.125): 33 channels become 32",
      async run(scaledStage, { random }) {
        // One eighth of a layer more than a whole number, and less than a half.
        await expectStage(scaledStage, 24, random.integer(1, 3), 1.375, 1.125);
        // And whole numbers, which stay what they are.
        await expectStage(scaledStage, 24, random.integer(1, 3), 1.375, random.integer(1, 3));
      },
    },
    {
      title:
        "scaledStage(channels, count, width, depth) rounds to the nearer multiple of 8, up and down",
      points: 2,
      async run(scaledStage, { random }) {
        for (const above of [1, 4, 7]) {
          // 8n + 1, 8n + 4 and 8n + 7 channels: an odd number of quarters, times itself, is 1 more than some eights.
          const quarters = oneOf([3, 5, 7], random);
          const channels = 4 * (8 * random.integer(2, 4) + ((above * quarters) % 8));
          const depth = oneOf([1.375, 1.625, 2.125], random);
          const count = 2 * random.integer(1, 2) + 1;
          await expectStage(scaledStage, channels, count, quarters / 4, depth);
        }
      },
    },
    {
      title: "scaledStage(channels, count, width, depth) of narrow nets loses no more than a tenth",
      points: 2,
      async run(scaledStage, { random }) {
        for (const wanted of [10, 11, 18.5, 19, 27.5]) {
          const width = oneOf([0.25, 0.5], random);
          const depth = oneOf([1.25, 1.75], random);
          await expectStage(scaledStage, wanted / width, random.integer(1, 3), width, depth);
        }
        // A nearest multiple that is nine tenths exactly, or more, stays.
        const width = oneOf([0.25, 0.5], random);
        await expectStage(scaledStage, 17 / width, random.integer(1, 3), width, 1.75);
      },
    },
    {
      title: "scaledStage(...) gives the stages of B1 to B7",
      async run(scaledStage, { random }) {
        const sizes = [factors.B7, factors[oneOf(["B2", "B3", "B4", "B5", "B6"] as const, random)]];
        for (const [width, depth] of sizes)
          for (const [channels, count] of stages)
            await expectStage(scaledStage, channels, count, width, depth);
      },
    },
  ],
  hints: [
    "How many whole eights are nearest to a number? What do you add before you round down, so that 12 becomes 16 and 11 becomes 8?",
    "11 becomes 8 in this way, a loss of more than a quarter. Compare what you have with 0.9 * channels * width: where it is less, add 8.",
    "const nearest = 8 * Math.floor(wanted / 8 + 0.5). The layers are Math.ceil(count * depth).",
  ],
  wrongAnswers: [
    {
      says: "Your channels are whole numbers, but no multiples of 8. Hardware wants eights.",
      answer: stage({ round: (wanted) => Math.round(wanted) }),
    },
    {
      says: "You always round down to the multiple of 8, also where the one above is nearer.",
      answer: stage({ round: (wanted) => kept(8 * Math.floor(wanted / 8), wanted) }),
    },
    {
      says: "You always round up to the multiple of 8, also where the one below is nearer.",
      answer: stage({ round: (wanted) => 8 * Math.ceil(wanted / 8) }),
    },
    {
      says: "Of narrow stages yours loses more than a tenth: compare with 0.9 * channels * width.",
      answer: stage({ round: (wanted) => 8 * Math.floor(wanted / 8 + 0.5) }),
    },
    {
      says: "You compare with 0.9 of the channels *before* scaling. It is what you wanted to have that may lose a tenth.",
      answer: (channels, count, width, depth) => {
        const nearest = 8 * Math.floor((channels * width) / 8 + 0.5);
        return {
          channels: nearest < 0.9 * channels ? nearest + 8 : nearest,
          count: Math.ceil(count * depth),
        };
      },
    },
    {
      says: "Your layers are rounded to the nearest number. Here they are rounded up: the net is at least as deep as the factor says.",
      answer: stage({ count: Math.round }),
    },
    {
      says: "Your layers are rounded down, so that a single layer stays single up to a depth of 2. Round up.",
      answer: stage({ count: Math.floor }),
    },
    {
      says: "`width` and `depth` are swapped: channels are width, layers are depth.",
      answer: (channels, count, width, depth) =>
        solution.scaledStage(channels, count, depth, width),
    },
    {
      says: "Your number of layers stays as it was. `depth` multiplies it.",
      answer: stage({ count: (_, count) => count }),
    },
    {
      says: "Your number of channels stays as it was. `width` multiplies it.",
      answer: (channels, count, _, depth) => solution.scaledStage(channels, count, 1, depth),
    },
    {
      says: "You round down and add one. A whole number is rounded up to itself.",
      answer: stage({ count: (wanted) => Math.floor(wanted) + 1 }),
    },
  ],
});

function oneOf<T>(list: readonly T[], random: Random): T {
  return list[random.integer(0, list.length - 1)];
}

/** The nine tenths. */
function kept(nearest: number, wanted: number): number {
  return nearest < 0.9 * wanted ? nearest + 8 : nearest;
}

interface Choices {
  round?: (wanted: number) => number;
  count?: (wanted: number, before: number) => number;
}

/** An answer that makes these choices, and ours otherwise. */
function stage({
  round = (wanted) => kept(8 * Math.floor(wanted / 8 + 0.5), wanted),
  count: rounded = Math.ceil,
}: Choices): ScaledStage {
  return (channels, count, width, depth) => ({
    channels: round(channels * width),
    count: rounded(count * depth, count),
  });
}

async function expectStage(
  answer: (...stage: Parameters<ScaledStage>) => unknown,
  ...stage: Parameters<ScaledStage>
): Promise<void> {
  const of = `scaledStage(${stage.join(", ")})`;
  const got = await answer(...stage);
  expectParts<ReturnType<ScaledStage>>(got, of, ["channels", "count"]);
  const expected = solution.scaledStage(...stage);
  expectNumber(got.channels, expected.channels, { of: `${of}.channels` });
  expectNumber(got.count, expected.count, { of: `${of}.count` });
}
