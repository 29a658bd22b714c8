import { exercise, layers, type Module, type Network, network, type Random } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type SmallFilters = typeof solution.smallFilters;

const { conv, relu, repeat, sequential } = layers;

export const smallFilters = exercise({
  id: "13.smallFilters",
  title: "See f x f pixels with 3x3 filters",
  minutes: 10,
  task:
    "Write `smallFilters(input, f, filters)`: a stack of 3×3 convolutions in place of one f×f convolution " +
    "(f is odd), as many as it takes to see f×f pixels. Each has `filters` filters, keeps height and " +
    "width, and has a ReLU after it.",
  example: `
const net = smallFilters([9, 8, 4], 5, 6); // in place of one 5×5 convolution
net.output.shape // → [9, 8, 6]
cost(net).params // → 552`,
  starter: `
function smallFilters(input: number[], f: number, filters: number): Network {
  const { conv, relu, repeat, sequential } = layers;
  return yourCode(); // network("small filters", input, ...)
}`,
  solution: solution.smallFilters,
  tests: [
    {
      title: "smallFilters([6, 7, 2], 5, 3) has two layers, smallFilters([6, 7, 2], 7, 4) three",
      async run(smallFilters, { random }) {
        await expectStack(smallFilters, [6, 7, random.integer(2, 4)], 5, 3, random);
        await expectStack(smallFilters, [6, 7, random.integer(2, 4)], 7, 4, random);
      },
    },
    {
      title: "smallFilters([8, 9, 3], 3, 5) is one layer",
      async run(smallFilters, { random }) {
        await expectStack(smallFilters, [8, 9, 3], 3, random.integer(4, 6), random);
      },
    },
    {
      title: "smallFilters(input, f, filters) for windows of 9 and 11",
      points: 2,
      async run(smallFilters, { random }) {
        for (const f of [9, 11]) {
          const input = [random.integer(5, 7), random.integer(8, 10), random.integer(2, 4)];
          await expectStack(smallFilters, input, f, random.integer(5, 8), random);
        }
      },
    },
  ],
  hints: [
    "One 3x3 layer sees 3 pixels along each axis. How many does a second one on top of it see? And a third?",
    "Each layer adds a ring: 3, 5, 7, ... How many layers does it take for f?",
    'repeat((f - 1) / 2, () => sequential(conv({ filters, kernelSize: 3, padding: "same" }), relu())).',
  ],
  wrongAnswers: [
    {
      says: "This is one f x f layer. It sees the right window, and has more weights than 3x3 layers need.",
      answer: (input, f, filters) => network("one", input, step(filters, f)),
    },
    {
      says: "There is one layer too many. The first one sees 3 pixels, not 1.",
      answer: stack((f) => (f + 1) / 2),
    },
    {
      says: "There is one layer too few.",
      answer: stack((f) => (f - 3) / 2),
    },
    {
      says: "There are always two layers, enough for 5x5. Let f say how many.",
      answer: stack(() => 2),
    },
    {
      says: "There is no ReLU between the layers. Without one they are a single linear map, and the further weights gain nothing.",
      answer: (input, f, filters) =>
        network(
          "linear",
          input,
          repeat((f - 1) / 2, () => same(filters)),
          relu(),
        ),
    },
    {
      says: "There is no ReLU after the last layer.",
      answer: (input, f, filters) =>
        network(
          "open end",
          input,
          repeat((f - 3) / 2, () => step(filters)),
          same(filters),
        ),
    },
    {
      says: "Your layers lose the border: the maps must keep their size.",
      answer: (input, f, filters) =>
        network(
          "shrinking",
          input,
          repeat((f - 1) / 2, () =>
            sequential(conv({ filters, kernelSize: 3, padding: [0, 1] }), relu()),
          ),
        ),
    },
  ],
});

function same(filters: number, kernelSize = 3): Module {
  return conv({ filters, kernelSize, padding: "same" });
}

function step(filters: number, kernelSize = 3): Module {
  return sequential(same(filters, kernelSize), relu());
}

function stack(layersFor: (f: number) => number): SmallFilters {
  return (input, f, filters) =>
    network(
      "stack",
      input,
      repeat(layersFor(f), () => step(filters)),
    );
}

async function expectStack(
  answer: (input: number[], f: number, filters: number) => Network | Promise<Network>,
  input: number[],
  f: number,
  filters: number,
  random: Random,
): Promise<void> {
  const of = `smallFilters([${input.join(", ")}], ${f}, ${filters})`;
  const expected = solution.smallFilters(input, f, filters);
  expectNetwork(await answer(input, f, filters), expected, { of, random });
}
