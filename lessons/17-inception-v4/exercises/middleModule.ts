import { exercise, type ExerciseTest, layers, type Module, network, type Random } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type MiddleModule = typeof solution.middleModule;

const { batchNorm, conv, depthwiseConv, relu, residual, sequential } = layers;

export const middleModule = exercise({
  id: "17.middleModule",
  title: "A module of Xception",
  minutes: 10,
  task:
    "Write `middleModule(input)`: three times in a row a ReLU, a 3×3 depthwise convolution (padding 1), a " +
    "1×1 convolution with as many filters as the input has channels, and a batch norm. Nothing stands " +
    "between the depthwise and the 1×1 convolution. The input is added to the result, and nothing follows " +
    "the sum.",
  example: `
const net = middleModule([5, 4, 6]);
net.output.shape // → [5, 4, 6]
cost(net).macs // → 5400`,
  starter: `
function middleModule(input: number[]): Network {
  const { batchNorm, conv, depthwiseConv, relu, residual, sequential } = layers;
  // no biases; batchNorm({ epsilon: 1e-3 })
  return yourCode(); // network("middle", input, ...)
}`,
  solution: solution.middleModule,
  tests: [
    buildsTest([6, 7, 5], "a small one"),
    buildsTest([4, 4, 728], "that of Xception on small maps"),
    {
      title: "middleModule(input) for two random shapes",
      async run(middleModule, { random }) {
        for (let trial = 0; trial < 2; trial++) {
          const input = [random.integer(4, 6), random.integer(7, 9), random.integer(6, 12)];
          expectModule(await middleModule(input), input, random);
        }
      },
    },
  ],
  hints: [
    "Write a function for the part that comes three times. What are its four layers, in order?",
    "depthwiseConv({ kernelSize: 3, padding: 1, bias: false }) keeps the number of channels; conv({ filters: input[2], kernelSize: 1, bias: false }) mixes them.",
    "residual(sequential(part(), part(), part())), where part() is sequential(relu(), depthwiseConv(...), conv(...), batchNorm(...)).",
  ],
  wrongAnswers: [
    {
      says: "There is a ReLU between the depthwise and the 1x1 convolution. Xception leaves it out, and is better for it.",
      answer: answer((c) => [relu(), depthwise(), relu(), pointwise(c), norm()]),
    },
    {
      says: "There is a batch norm between the depthwise and the 1x1 convolution, as MobileNet has it. Xception has nothing there.",
      answer: answer((c) => [relu(), depthwise(), norm(), pointwise(c), norm()]),
    },
    {
      says: "The 1x1 convolution comes first. That is how Inception would have it; this net does it the other way round.",
      answer: answer((c) => [relu(), pointwise(c), depthwise(), norm()]),
    },
    {
      says: "ReLU stands at the end of each part. It belongs at the beginning, so that what is added to the input may be negative.",
      answer: answer((c) => [depthwise(), pointwise(c), norm(), relu()]),
    },
    {
      says: "There is no ReLU: three separable convolutions in a row are one linear map.",
      answer: answer((c) => [depthwise(), pointwise(c), norm()]),
    },
    {
      says: "These are full 3x3 convolutions, which look around and mix at once. Take the two apart.",
      answer: answer((c) => [
        relu(),
        conv({ filters: c, kernelSize: 3, padding: 1, bias: false }),
        norm(),
      ]),
    },
    {
      says: "The 1x1 convolutions are missing: no channel ever hears of another.",
      answer: answer(() => [relu(), depthwise(), norm()]),
    },
    {
      says: "The input is not added.",
      answer: (input) => network("middle", input, ...[1, 2, 3].map(() => part(input[2]))),
    },
    {
      says: "A ReLU follows the sum. Here the next module begins with one, and the shortcut passes untouched.",
      answer: (input) =>
        network(
          "middle",
          input,
          residual(sequential(...[1, 2, 3].map(() => part(input[2])))),
          relu(),
        ),
    },
    {
      says: "Each of the three parts has a shortcut of its own. One goes around all three.",
      answer: (input) => network("middle", input, ...[1, 2, 3].map(() => residual(part(input[2])))),
    },
    {
      says: "Your module has two parts. In the middle of Xception there are three; the modules that halve have two.",
      answer: (input) =>
        network("middle", input, residual(sequential(...[1, 2].map(() => part(input[2]))))),
    },
  ],
});

function depthwise(): Module {
  return depthwiseConv({ kernelSize: 3, padding: 1, bias: false });
}

function pointwise(filters: number): Module {
  return conv({ filters, kernelSize: 1, bias: false });
}

function norm(): Module {
  return batchNorm({ epsilon: 1e-3 });
}

function part(channels: number): Module {
  return sequential(relu(), depthwise(), pointwise(channels), norm());
}

/** An answer with these layers, three times, and the input added. */
function answer(layersOf: (channels: number) => Module[]): MiddleModule {
  return (input) =>
    network(
      "middle",
      input,
      residual(sequential(...[1, 2, 3].map(() => sequential(...layersOf(input[2]))))),
    );
}

function buildsTest(input: number[], what: string): ExerciseTest<MiddleModule> {
  return {
    title: `middleModule([${input.join(", ")}]), ${what}`,
    async run(middleModule, { random }) {
      expectModule(await middleModule(input), input, random);
      const other = [input[0] + random.integer(1, 2), input[1], random.integer(4, 9)];
      expectModule(await middleModule(other), other, random);
    },
  };
}

function expectModule(actual: unknown, input: number[], random: Random): void {
  const of = `middleModule([${input.join(", ")}])`;
  expectNetwork(actual, solution.middleModule(input), { of, random });
}
