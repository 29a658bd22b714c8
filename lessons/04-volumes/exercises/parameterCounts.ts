import { exercise, expectNumbers } from "convbook";
import * as solution from "../solution";

export const parameterCounts = exercise({
  id: "04.parameterCounts",
  title: "What is there to learn?",
  minutes: 5,
  task: "Write `parameterCounts(input, f, filters)`: a layer of `filters` f×f filters (stride 1, no padding) reads a volume, [height, width, channels]. Return two counts: its weights and biases, and those of a dense layer from the same input to the same output.",
  example: `
parameterCounts([3, 4, 2], 2, 5) // → [45, 750]`,
  starter: `
function parameterCounts(
  input: [number, number, number],
  f: number,
  filters: number,
): [number, number] {
  const [height, width, channels] = input;
  // [of the convolution, of the dense layer]
  return yourCode();
}`,
  solution: solution.parameterCounts,
  tests: [
    {
      title: "parameterCounts([32, 32, 1], 5, 6), LeNet-5's first layer, is [156, 4821600]",
      async run(parameterCounts, { random }) {
        expectNumbers(await parameterCounts([32, 32, 1], 5, 6), [156, 4_821_600], {
          of: "parameterCounts([32, 32, 1], 5, 6)",
        });
        await expectCounts(
          parameterCounts,
          [random.integer(9, 40), random.integer(9, 40), 1],
          3,
          4,
        );
      },
    },
    {
      title: "parameterCounts([32, 32, 3], 5, 6), the same in colour",
      async run(parameterCounts, { random }) {
        expectNumbers(
          await parameterCounts([32, 32, 3], 5, 6),
          solution.parameterCounts([32, 32, 3], 5, 6),
          { of: "parameterCounts([32, 32, 3], 5, 6)" },
        );
        await expectCounts(parameterCounts, [random.integer(9, 40), 12, 3], 5, 6);
      },
    },
    {
      title: "parameterCounts([h, w, c], f, filters) for ten random layers",
      async run(parameterCounts, { random }) {
        for (let trial = 0; trial < 10; trial++) {
          const input = [0, 0, 0].map(() => random.integer(4, 30)) as [number, number, number];
          const [f, filters] = [random.integer(1, 4), random.integer(2, 20)];
          await expectCounts(parameterCounts, input, f, filters);
        }
      },
    },
  ],
  hints: [
    "How many weights has a single filter? It is a box: f by f by what? And how many biases has it?",
    "In a dense layer each output has a weight for every input, and a bias. How many inputs are there, and how many outputs? The output of the convolution is a volume: what is its height?",
    "The output has (height - f + 1) · (width - f + 1) · filters values. So the dense layer has (height · width · channels + 1) times that many; the convolution (f · f · channels + 1) · filters.",
  ],
  wrongAnswers: [
    {
      says: "The convolution is counted as if there were one input channel. A filter is as deep as its input: f · f · channels weights, and a bias.",
      answer: (input, f, filters) => [
        (f * f + 1) * filters,
        solution.parameterCounts(input, f, filters)[1],
      ],
    },
    {
      says: "The biases are missing in both layers: one for each filter in the convolution, one for each output in the dense layer.",
      answer: ([height, width, channels], f, filters) => [
        f * f * channels * filters,
        height * width * channels * (height - f + 1) * (width - f + 1) * filters,
      ],
    },
    {
      says: "The biases of the convolution are missing: one for each filter.",
      answer: (input, f, filters) => [
        f * f * input[2] * filters,
        solution.parameterCounts(input, f, filters)[1],
      ],
    },
    {
      says: "The biases of the dense layer are missing: it has one for each output value.",
      answer: ([height, width, channels], f, filters) => [
        (f * f * channels + 1) * filters,
        height * width * channels * (height - f + 1) * (width - f + 1) * filters,
      ],
    },
    {
      says: "You give the convolution a bias for each input channel of each filter. The channels end in one sum: one filter, one bias.",
      answer: (input, f, filters) => [
        (f * f + 1) * input[2] * filters,
        solution.parameterCounts(input, f, filters)[1],
      ],
    },
    {
      says: "You count the weights of a filter anew at every position. They are the same ones everywhere: that is what makes it a convolution.",
      answer: ([height, width, channels], f, filters) => {
        const outputs = (height - f + 1) * (width - f + 1) * filters;
        return [(f * f * channels + 1) * outputs, (height * width * channels + 1) * outputs];
      },
    },
    {
      says: "Your dense layer has one output for each filter. To take the place of the convolution it must give all the values of the output volume.",
      answer: ([height, width, channels], f, filters) => [
        (f * f * channels + 1) * filters,
        (height * width * channels + 1) * filters,
      ],
    },
    {
      says: "Your dense layer gives maps as large as the input. Without padding, how high is the output of an f x f filter?",
      answer: ([height, width, channels], f, filters) => [
        (f * f * channels + 1) * filters,
        (height * width * channels + 1) * height * width * filters,
      ],
    },
    {
      says: "Both numbers are right, in the wrong order: the convolution comes first.",
      answer: (input, f, filters) => {
        const [convolution, dense] = solution.parameterCounts(input, f, filters);
        return [dense, convolution];
      },
    },
  ],
});

type Counts = typeof solution.parameterCounts;

async function expectCounts(
  parameterCounts: (...layer: Parameters<Counts>) => Promise<number[]>,
  ...layer: Parameters<Counts>
): Promise<void> {
  const [input, f, filters] = layer;
  expectNumbers(await parameterCounts(...layer), solution.parameterCounts(...layer), {
    of: `parameterCounts([${input.join(", ")}], ${f}, ${filters})`,
  });
}
