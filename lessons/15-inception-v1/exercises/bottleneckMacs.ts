import { exercise, expectNumber } from "convbook";
import * as solution from "../solution";

export const bottleneckMacs = exercise({
  id: "15.bottleneckMacs",
  title: "The price of a layer behind a bottleneck",
  minutes: 5,
  task:
    "Write `bottleneckMacs(input, f, filters, reduce)`: how many multiply-adds two layers take together " +
    "on maps of shape `input`, [h, w, c]. The first is a 1×1 layer of `reduce` filters, the second an f×f " +
    "layer of `filters` filters. Both keep height and width, and biases are not counted.",
  example: `
bottleneckMacs([2, 3, 10], 3, 4, 2) // → 552`,
  starter: `
function bottleneckMacs(input: number[], f: number, filters: number, reduce: number): number {
  const [height, width, channels] = input;
  return yourCode();
}`,
  solution: solution.bottleneckMacs,
  tests: [
    {
      title: "bottleneckMacs([1, 1, 10], 1, 3, 2), two dense layers, takes 20 + 6",
      async run(bottleneckMacs, { random }) {
        const of = "bottleneckMacs([1, 1, 10], 1, 3, 2)";
        expectNumber(await bottleneckMacs([1, 1, 10], 1, 3, 2), 26, { of });
        const [c, filters] = [random.integer(3, 30), random.integer(4, 30)];
        expectNumber(await bottleneckMacs([1, 1, c], 1, filters, 2), 2 * c + 2 * filters, {
          of: `bottleneckMacs([1, 1, ${c}], 1, ${filters}, 2)`,
        });
      },
    },
    {
      title: "bottleneckMacs([28, 28, 192], 5, 32, 16), the 5x5 of module 3a, takes 12443648",
      async run(bottleneckMacs, { random }) {
        const of = "bottleneckMacs([28, 28, 192], 5, 32, 16)";
        expectNumber(await bottleneckMacs([28, 28, 192], 5, 32, 16), 12_443_648, { of });
        const n = random.integer(6, 40);
        const right = solution.bottleneckMacs([n, 28, 192], 5, 32, 16);
        expectNumber(await bottleneckMacs([n, 28, 192], 5, 32, 16), right, {
          of: `bottleneckMacs([${n}, 28, 192], 5, 32, 16)`,
        });
      },
    },
    {
      title: "bottleneckMacs(input, f, filters, reduce) for ten random layers",
      async run(bottleneckMacs, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const input = [random.integer(5, 30), random.integer(31, 60), random.integer(20, 90)];
          const [f, filters, reduce] = [2 * random.integer(1, 3) + 1, ...some(random)];
          const of = `bottleneckMacs([${input.join(", ")}], ${f}, ${filters}, ${reduce})`;
          const expected = solution.bottleneckMacs(input, f, filters, reduce);
          expectNumber(await bottleneckMacs(input, f, filters, reduce), expected, { of });
        }
      },
    },
  ],
  hints: [
    "Take one output value of the 1x1 layer. How many products is it the sum of? And how many output values has that layer?",
    "The f x f layer does not see the input any more. How many channels does it see?",
    "height · width · channels · reduce for the first layer, height · width · f · f · reduce · filters for the second.",
  ],
  wrongAnswers: [
    {
      says: "These are FLOPs, a multiplication and an addition counted as two. Multiply-adds are asked for: half of it.",
      answer: (input, f, filters, reduce) => 2 * solution.bottleneckMacs(input, f, filters, reduce),
    },
    {
      says: "The 1x1 layer is missing: it has to look at all channels of the input, at each pixel.",
      answer: ([height, width], f, filters, reduce) => height * width * f * f * reduce * filters,
    },
    {
      says: "Your f x f layer still reads all channels of the input. After the 1x1 layer, how many are left?",
      answer: ([height, width, channels], f, filters, reduce) =>
        height * width * (channels * reduce + f * f * channels * filters),
    },
    {
      says: "You count f where f · f products are needed: the window has f rows and f columns.",
      answer: ([height, width, channels], f, filters, reduce) =>
        height * width * (channels * reduce + f * reduce * filters),
    },
    {
      says: "These are the weights. Each is used at every pixel: how many are there?",
      answer: ([, , channels], f, filters, reduce) => channels * reduce + f * f * reduce * filters,
    },
    {
      says: "A bias for each filter is in your weights, and multiplied by the pixels. Biases are added, not multiplied: leave them out.",
      answer: ([height, width, channels], f, filters, reduce) =>
        height * width * ((channels + 1) * reduce + (f * f * reduce + 1) * filters),
    },
    {
      says: "Your f x f layer loses the border. It is padded, so that its maps stay as large as the input.",
      answer: ([height, width, channels], f, filters, reduce) =>
        height * width * channels * reduce +
        (height - f + 1) * (width - f + 1) * f * f * reduce * filters,
    },
    {
      says: "You multiply the two layers. They run one after the other: their costs add up.",
      answer: ([height, width, channels], f, filters, reduce) =>
        height * width * channels * reduce * height * width * f * f * reduce * filters,
    },
    {
      says: "The height counts twice, and the width not at all. This input is not square.",
      answer: ([height, , channels], f, filters, reduce) =>
        solution.bottleneckMacs([height, height, channels], f, filters, reduce),
    },
    {
      says: "This is the f x f layer without a bottleneck. How many channels does it read after one, and what does it cost to make them?",
      answer: ([height, width, channels], f, filters) =>
        height * width * f * f * channels * filters,
    },
  ],
});

/** Numbers of filters of two layers. */
function some(random: { integer(low: number, high: number): number }): [number, number] {
  return [random.integer(8, 40), random.integer(2, 7)];
}
