import { exercise, type ExerciseTest, expectNumbers } from "convbook";
import * as solution from "../solution";

export const seen = exercise({
  id: "21.seen",
  title: "How many channels does an output see?",
  minutes: 6,
  task:
    "Write `seen(channels, groups)`. Two 1×1 convolutions follow each other, both from `channels` " +
    "channels to as many, in `groups` groups. On how many of the input's channels does one output of the " +
    "second depend? Return two numbers: without a channel shuffle between the two, and with one.",
  example: `
seen(12, 3) // → [4, 12]
seen(8, 4) // → [2, 4]`,
  starter: `
function seen(channels: number, groups: number): number[] {
  return yourCode(); // [without a shuffle, with one]
}`,
  solution: solution.seen,
  tests: [
    seenTest("with as many groups as channels a group", [4, 2]),
    seenTest("where a group has more channels than there are groups", [240, 3]),
    seenTest("where it has fewer", [12, 6]),
    seenTest("for one group, and for depthwise", [8, 1], [8, 8]),
    seenTest("at ShuffleNet's widths", [60, 3], [68, 4], [96, 8], [36, 1]),
  ],
  hints: [
    "How many channels are in one group? Without the shuffle: can anything from another group ever get into it?",
    "With it: a group of the second convolution gets c / g channels. From how many different groups do they come, and how many input channels does each of them know?",
    "They come from c / g different groups, or from all g where there are fewer: Math.min(c / g, g), and each of them has seen c / g.",
  ],
  wrongAnswers: [
    {
      says: "You have it that without a shuffle everything is seen. A group of the second convolution gets the outputs of one group of the first, and those know nothing of the others.",
      answer: (channels, groups) => [channels, solution.seen(channels, groups)[1]],
    },
    {
      says: "You have it that a shuffle always joins everything. A group that has fewer channels than there are groups cannot get one from each.",
      answer: (channels, groups) => [channels / groups, channels],
    },
    {
      says: "You give the number of groups without a shuffle. Count channels: those of one group.",
      answer: (channels, groups) => [groups, solution.seen(channels, groups)[1]],
    },
    {
      says: "With the shuffle you count the channels that the second convolution reads. Each of them has itself seen c / g channels of the input.",
      answer: (channels, groups) => [channels / groups, channels / groups],
    },
    {
      says: "With the shuffle you count the groups that are reached. Each brings c / g channels.",
      answer: (channels, groups) => [channels / groups, Math.min(channels / groups, groups)],
    },
    {
      says: "(c / g)² can be more channels than there are: from each group something comes once at most.",
      answer: (channels, groups) => [channels / groups, (channels / groups) ** 2],
    },
    {
      says: "The two numbers have changed places: first without, then with a shuffle.",
      answer: (channels, groups) => solution.seen(channels, groups).reverse(),
    },
  ],
});

function seenTest(
  what: string,
  ...cases: [channels: number, groups: number][]
): ExerciseTest<typeof solution.seen> {
  return {
    title: `seen(${cases[0].join(", ")}) ${what}`,
    async run(seen, { random }) {
      const groups = random.integer(2, 9);
      const other: [number, number] = [groups * random.integer(2, 12), groups];
      for (const [channels, groups] of [...cases, other]) {
        const of = `seen(${channels}, ${groups})`;
        expectNumbers(await seen(channels, groups), solution.seen(channels, groups), { of });
      }
    },
  };
}
