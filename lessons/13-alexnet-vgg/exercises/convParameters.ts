import { exercise, expectNumber } from "convbook";
import * as solution from "../solution";

export const convParameters = exercise({
  id: "13.convParameters",
  title: "The parameters of a convolution in groups",
  minutes: 6,
  task:
    "Write `convParameters(f, channels, filters, groups)`: the number of parameters, biases included, of " +
    "an f×f convolution that reads `channels` maps and gives `filters` maps. Both are divided into " +
    "`groups` groups of equal size, and a filter reads the maps of its own group only.",
  example: `
convParameters(3, 4, 6, 1) // → 222
convParameters(3, 4, 6, 2) // → 114`,
  starter: `
function convParameters(f: number, channels: number, filters: number, groups: number): number {
  // AlexNet's second convolution is convParameters(5, 96, 256, 2)
  return yourCode();
}`,
  solution: solution.convParameters,
  tests: [
    {
      title: "convParameters(f, channels, filters, 1), a layer without groups",
      async run(convParameters, { random }) {
        const [f, channels, filters] = [3, random.integer(4, 9), random.integer(10, 20)];
        await expectCount(convParameters, [f, channels, filters, 1]);
      },
    },
    {
      title: "convParameters(5, 96, 256, 2), AlexNet's second convolution, is 307456",
      async run(convParameters, { random }) {
        await expectCount(convParameters, [5, 96, 256, 2]);
        await expectCount(convParameters, [5, 96, 2 * random.integer(30, 120), 2]);
      },
    },
    {
      title: "convParameters(f, channels, filters, groups) for six random layers",
      points: 2,
      async run(convParameters, { random }) {
        for (let trial = 0; trial < 6; trial++) {
          const groups = random.integer(3, 5);
          const [channels, filters] = [
            groups * random.integer(2, 9),
            groups * random.integer(10, 19),
          ];
          await expectCount(convParameters, [
            2 * random.integer(1, 4) + 1,
            channels,
            filters,
            groups,
          ]);
        }
      },
    },
  ],
  hints: [
    "How many weights has a single filter? How many of the maps does it read, if there are two groups?",
    "The groups halve what a filter reads. Do they halve the number of filters as well? And how many biases are there?",
    "A filter has f · f · channels / groups weights and one bias.",
  ],
  wrongAnswers: [
    {
      says: "Every filter of yours reads all maps. In groups it reads only those of its own.",
      answer: (f, channels, filters) => f * f * channels * filters + filters,
    },
    {
      says: "The biases are missing: one for each filter.",
      answer: (f, channels, filters, groups) => (f * f * channels * filters) / groups,
    },
    {
      says: "You divide the filters by the groups as well. Together the groups still have all filters.",
      answer: (f, channels, filters, groups) =>
        (f * f * channels * filters) / groups ** 2 + filters,
    },
    {
      says: "This is one group. There are as many as `groups` says.",
      answer: (f, channels, filters, groups) =>
        (f * f * channels * filters) / groups ** 2 + filters / groups,
    },
    {
      says: "You count f weights where a window has f · f.",
      answer: (f, channels, filters, groups) => (f * channels * filters) / groups + filters,
    },
    {
      says: "Your biases are one for each map that comes in. There is one for each filter.",
      answer: (f, channels, filters, groups) => (f * f * channels * filters) / groups + channels,
    },
    {
      says: "Each group has a full set of biases in your count. A filter is in one group, and has one.",
      answer: (f, channels, filters, groups) =>
        (f * f * channels * filters) / groups + groups * filters,
    },
  ],
});

type Layer = [f: number, channels: number, filters: number, groups: number];

async function expectCount(
  answer: (...layer: Layer) => number | Promise<number>,
  layer: Layer,
): Promise<void> {
  const of = `convParameters(${layer.join(", ")})`;
  expectNumber(await answer(...layer), solution.convParameters(...layer), { of });
}
