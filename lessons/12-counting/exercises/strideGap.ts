import { exercise, expectNumber } from "convbook";
import * as solution from "../solution";

export const strideGap = exercise({
  id: "12.strideGap",
  title: "3.86 against 4.09",
  minutes: 10,
  task: "Write `strideGap(size, channels, filters)`: how many multiply-adds more such a unit, on maps of [size, size, channels], takes with the stride of 2 in its 3×3 than with the stride in its first 1×1. `filters` is the width of its first two convolutions; `size` is even.",
  example: `
strideGap(4, 8, 2)
// → 192`,
  starter: `
function strideGap(size: number, channels: number, filters: number): number {
  // [size, size, channels], size being even: 1x1 to \`filters\`, 3x3 to \`filters\` with padding 1,
  // 1x1 to 4 * filters, and a 1x1 with stride 2 on the way around. Multiply-adds with the stride
  // in the 3x3, less those with the stride in the first 1x1.
  return yourCode();
}`,
  solution: solution.strideGap,
  tests: [
    {
      title: "strideGap(56, 256, 128), the first unit of the second stage",
      async run(strideGap, { random }) {
        expectNumber(await strideGap(56, 256, 128), 77070336, {
          of: "strideGap(56, 256, 128)",
          tolerance: 0,
        });
        const size = 2 * random.integer(10, 40);
        expectNumber(await strideGap(size, 256, 128), solution.strideGap(size, 256, 128), {
          of: `strideGap(${size}, 256, 128)`,
          tolerance: 0,
        });
      },
    },
    {
      title:
        "strideGap(size, channels, filters) of the three stages makes 4,089,184,256 of 3,857,973,248",
      async run(strideGap) {
        let sum = 0;
        for (const stage of [1, 2, 4]) sum += await strideGap(56 / stage, 256 * stage, 128 * stage);
        expectNumber(sum, 4089184256 - 3857973248, {
          of: "The three gaps together",
          tolerance: 0,
        });
      },
    },
    {
      title: "strideGap(size, channels, filters) of ten units of other widths",
      async run(strideGap, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const size = 2 * random.integer(1, 32);
          const [channels, filters] = [random.integer(1, 300), random.integer(1, 300)];
          const expected = solution.strideGap(size, channels, filters);
          expectNumber(await strideGap(size, channels, filters), expected, {
            of: `strideGap(${size}, ${channels}, ${filters})`,
            tolerance: 0,
          });
        }
      },
    },
  ],
  hints: [
    "Write the output sizes of the four convolutions beside each other, for both versions. The work depends on the size of a convolution's output. Which of the four sizes differ?",
    "With the stride in the 3x3, its output is size/2. And with the stride in the 1x1 before it?",
    "Only the first 1x1 differs: size · size positions in one version, size/2 · size/2 in the other, with channels · filters weights each time.",
  ],
  wrongAnswers: [
    {
      says: "This is all that the first 1x1 takes at stride 1. At stride 2 it takes something, too: what is left of it?",
      answer: (size, channels, filters) => size * size * channels * filters,
    },
    {
      says: "This is what the first 1x1 takes at stride 2, a quarter of the positions. What is the difference to stride 1?",
      answer: (size, channels, filters) => (size * size * channels * filters) / 4,
    },
    {
      says: "You took half of the positions away. A stride of 2 halves the rows and the columns.",
      answer: (size, channels, filters) => (size * size * channels * filters) / 2,
    },
    {
      says: "You let the 3x3 work on maps of full size as well. With its own stride of 2, or after a 1x1 that has it: how large is its output?",
      answer: (size, channels, filters) =>
        0.75 * size * size * (channels * filters + 9 * filters * filters),
    },
    {
      says: "You count the difference in the 3x3. Its output has size/2 rows in both versions, so its work is the same. Which layer's output changes?",
      answer: (size, _, filters) => 0.75 * size * size * 9 * filters * filters,
    },
    {
      says: "You let the 1x1 on the shortcut change. It has its stride of 2 in both versions.",
      answer: (size, channels, filters) => 0.75 * size * size * 5 * channels * filters,
    },
    {
      says: "The sign is the wrong way round: the stride in the 3x3 comes late, and what stands before it works on the large maps. That version takes more.",
      answer: (size, channels, filters) => -solution.strideGap(size, channels, filters),
    },
    {
      says: "This is twice the gap: a multiply-add counts as one.",
      answer: (size, channels, filters) => 2 * solution.strideGap(size, channels, filters),
    },
  ],
});
