import { type AsyncAnswer, exercise, expectNumbers } from "convbook";
import * as solution from "../solution";
import { ALEXNET } from "./alexNet";

export const stackSizes = exercise({
  id: "03.stackSizes",
  title: "AlexNet's column of shapes",
  minutes: 6,
  task: "Write `stackSizes(n, layers)`: n pixels go through a stack of layers, each with a filter size f, a stride s and a padding p; each layer reads what the one before gave. Return the length after each layer.",
  example: `
stackSizes(20, [{ f: 5, s: 3, p: 0 }, { f: 3, s: 1, p: 1 }, { f: 2, s: 2, p: 0 }])
// → [6, 6, 3]`,
  starter: `
function stackSizes(n: number, layers: { f: number; s: number; p: number }[]): number[] {
  // as many numbers as there are layers
  return yourCode();
}`,
  solution: solution.stackSizes,
  tests: [
    {
      title: "stackSizes(28, [5x5 layer, 2x2 pooling]) is [24, 12], the start of LeNet",
      async run(stackSizes, { random }) {
        const layers = [
          { f: 5, s: 1, p: 0 },
          { f: 2, s: 2, p: 0 },
        ];
        expectNumbers(await stackSizes(28, layers), [24, 12], { of: "stackSizes(28, ...)" });
        await expectSizes(stackSizes, random.integer(29, 90), layers);
      },
    },
    {
      title: "stackSizes(227, AlexNet) is [55, 27, 27, 13, 13, 13, 13, 6]",
      points: 2,
      async run(stackSizes, { random }) {
        expectNumbers(await stackSizes(227, ALEXNET), [55, 27, 27, 13, 13, 13, 13, 6], {
          of: "stackSizes(227, AlexNet)",
        });
        await expectSizes(stackSizes, random.integer(228, 400), ALEXNET);
      },
    },
    {
      title: "stackSizes(224, AlexNet with 2 zeros around) gives 55 as well",
      async run(stackSizes, { random }) {
        const layers = [{ ...ALEXNET[0], p: 2 }, ...ALEXNET.slice(1)];
        expectNumbers(await stackSizes(224, layers), [55, 27, 27, 13, 13, 13, 13, 6], {
          of: "stackSizes(224, ...)",
        });
        await expectSizes(stackSizes, random.integer(228, 400), layers);
      },
    },
    {
      title: "stackSizes(n, layers) of five random stacks, in which half a window may be left over",
      points: 2,
      async run(stackSizes, { random }) {
        for (let trial = 0; trial < 5; trial++) {
          // The first two layers leave 1 of 2 and 2 of 3 over: rounding to the next would show.
          const layers = [
            { f: 3, s: 2, p: 1 },
            { f: random.integer(2, 5), s: 3, p: random.integer(1, 2) },
            { f: random.integer(1, 4), s: random.integer(1, 3), p: random.integer(0, 2) },
          ];
          const n = 2 * random.integer(40, 90);
          await expectSizes(stackSizes, n, layers);
        }
      },
    },
    {
      title: "stackSizes(n, []) is []: no layers, no lengths",
      async run(stackSizes, { random }) {
        const n = random.integer(2, 99);
        expectNumbers(await stackSizes(n, []), [], { of: `stackSizes(${n}, [])` });
      },
    },
  ],
  hints: [
    "What is the input of the second layer? You need a variable that changes as you walk down the stack.",
    "Loop over the layers: compute the new length from the current one, keep it in n, and push it onto a list.",
    "`for (const { f, s, p } of layers) { n = Math.floor((n + 2 * p - f) / s) + 1; sizes.push(n); }`",
  ],
  wrongAnswers: [
    {
      says: "Every layer is fed with the first input. The second layer sees what the first one made.",
      answer: (n, layers) => layers.map(({ f, s, p }) => Math.floor((n + 2 * p - f) / s) + 1),
    },
    {
      says: "Your list begins with the input itself. Return the lengths after the layers, one for each.",
      answer: (n, layers) => [n, ...solution.stackSizes(n, layers)],
    },
    {
      says: "Only the last length came back. Collect one for each layer.",
      answer: (n, layers) => solution.stackSizes(n, layers).slice(-1),
    },
    {
      says: "The padding is left out: AlexNet's 3x3 layers then shrink the map from 13 to 11. What are the 2p for?",
      answer: (n, layers) =>
        solution.stackSizes(
          n,
          layers.map((layer) => ({ ...layer, p: 0 })),
        ),
    },
    {
      says: "Each layer lacks its + 1: you pass on the number of steps instead of the number of windows.",
      answer: (n, layers) => {
        const sizes: number[] = [];
        for (const { f, s, p } of layers) sizes.push((n = Math.floor((n + 2 * p - f) / s)));
        return sizes;
      },
    },
    {
      says: "The lengths are not rounded down on the way. A half window in one layer becomes input of the next.",
      answer: (n, layers) => {
        const sizes: number[] = [];
        for (const { f, s, p } of layers) sizes.push((n = (n + 2 * p - f) / s + 1));
        return sizes;
      },
    },
  ],
});

async function expectSizes(
  stackSizes: AsyncAnswer<typeof solution.stackSizes>,
  n: number,
  layers: Parameters<typeof solution.stackSizes>[1],
): Promise<void> {
  const shown = layers.map(({ f, s, p }) => `{ f: ${f}, s: ${s}, p: ${p} }`).join(", ");
  expectNumbers(await stackSizes(n, layers), solution.stackSizes(n, layers), {
    of: `stackSizes(${n}, [${shown}])`,
  });
}
