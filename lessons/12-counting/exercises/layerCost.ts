import { exercise, type ExerciseTest, expectNumbers, type Random } from "convbook";
import * as solution from "../solution";

type LayerCost = typeof solution.layerCost;
type Input = Parameters<LayerCost>[0];
type Conv = Parameters<LayerCost>[1];

const PLAIN: Conv = { filters: 1, f: 1, stride: 1, pad: 0, groups: 1, bias: false };

export const layerCost = exercise({
  id: "12.layerCost",
  title: "The cost of one layer",
  minutes: 10,
  task: "Write `layerCost(input, conv)`: the parameters and the multiply-adds of a convolution of an input [h, w, c], as [parameters, multiplyAdds]. Its filters are in `conv.groups` groups; adding a bias is no multiply-add.",
  example: `
layerCost([6, 5, 4], { filters: 8, f: 3, stride: 1, pad: 0, groups: 2, bias: true })
// → [152, 1728]`,
  starter: `
function layerCost(
  input: number[],
  conv: { filters: number; f: number; stride: number; pad: number; groups: number; bias: boolean },
): number[] {
  // A convolution of an input [h, w, c]: conv.filters filters of f x f, in conv.groups groups.
  // Return [parameters, multiplyAdds]. Adding a bias is no multiply-add.
  return yourCode();
}`,
  solution: solution.layerCost,
  tests: [
    costTest("a 1x1 convolution of a small map", (n) => [[2, n, 4], { ...PLAIN, filters: 5 }], 3),
    costTest(
      "LeNet-5's first layer: 156 parameters, 117,600 multiply-adds",
      (n) => [[n, 32, 1], { ...PLAIN, filters: 6, f: 5, bias: true }],
      32,
    ),
    costTest(
      "ResNet's first layer, whose stride is 2",
      (n) => [[n, 224, 3], { ...PLAIN, filters: 64, f: 7, stride: 2, pad: 3 }],
      224,
    ),
    costTest(
      "AlexNet's second layer, in two groups",
      (n) => [[n, 27, 96], { ...PLAIN, filters: 256, f: 5, pad: 2, groups: 2, bias: true }],
      27,
    ),
    costTest(
      "a depthwise convolution: as many groups as channels",
      (n) => [[n, 14, 512], { ...PLAIN, filters: 512, f: 3, pad: 1, groups: 512 }],
      14,
    ),
    {
      title: "layerCost(input, conv) of twenty random layers",
      points: 2,
      async run(layerCost, { random }) {
        for (let trial = 0; trial < 20; trial++) await expectCost(layerCost, randomLayer(random));
      },
    },
  ],
  hints: [
    "How many weights has one filter, when it sees only its own group's channels? How many filters are there?",
    "Each weight is used once at every position of the filter. How many positions are there along each axis? (Lesson 03.)",
    "weights = f * f * (c / groups) * filters; multiply-adds = oh * ow * weights; parameters = weights, and `filters` more when there are biases.",
  ],
  wrongAnswers: [
    {
      says: "You count every filter as if it saw all channels. In g groups it sees c / g of them.",
      answer: (input, conv) => solution.layerCost(input, { ...conv, groups: 1 }),
    },
    {
      says: "You divided by the groups twice. There are g groups, each with a g-th of the channels and a g-th of the filters: one of these two factors goes out again when the groups are added up.",
      answer: (input, conv) => {
        const [params, macs] = solution.layerCost(input, { ...conv, bias: false });
        const biases = conv.bias ? conv.filters : 0;
        return [params / conv.groups + biases, macs / conv.groups];
      },
    },
    {
      says: "Your multiply-adds count a position for every pixel of the input. The filter stands at as many positions as the output has pixels: stride and padding decide.",
      answer: (input, conv) => {
        const [weights] = solution.layerCost(input, { ...conv, bias: false });
        const [params] = solution.layerCost(input, conv);
        return [params, input[0] * input[1] * weights];
      },
    },
    {
      says: "Your multiply-adds are doubled: those are FLOPs. A multiplication and the addition that follows it count as one here.",
      answer: (input, conv) => {
        const [params, macs] = solution.layerCost(input, conv);
        return [params, 2 * macs];
      },
    },
    {
      says: "The biases are among your multiply-adds. Nothing is multiplied where a bias is added.",
      answer: (input, conv) => {
        const [params, macs] = solution.layerCost(input, conv);
        const positions = macs / (params - (conv.bias ? conv.filters : 0));
        return [params, params * positions];
      },
    },
    {
      says: "The biases are missing among your parameters: one for each filter, when conv.bias is true.",
      answer: (input, conv) => solution.layerCost(input, { ...conv, bias: false }),
    },
    {
      says: "You add a bias for every filter even when conv.bias is false.",
      answer: (input, conv) => solution.layerCost(input, { ...conv, bias: true }),
    },
    {
      says: "You use the height for both axes. These maps need not be square.",
      answer: ([height, , channels], conv) => solution.layerCost([height, height, channels], conv),
    },
    {
      says: "There is one position too few along each axis: (n + 2 · pad - f) / stride, rounded down, is where the last window starts counting from 0. Add 1.",
      answer: (input, conv) => {
        const { f, stride, pad } = conv;
        const [params] = solution.layerCost(input, conv);
        const [weights] = solution.layerCost(input, { ...conv, bias: false });
        const positions = (n: number): number => Math.floor((n + 2 * pad - f) / stride);
        return [params, positions(input[0]) * positions(input[1]) * weights];
      },
    },
    {
      says: "The two numbers have changed places: parameters first, then multiply-adds.",
      answer: (input, conv) => solution.layerCost(input, conv).reverse(),
    },
  ],
});

type AsyncLayerCost = (input: Input, conv: Conv) => Promise<number[]>;

/** The layer on an image of this height, and on one of another. */
function costTest(
  what: string,
  layer: (height: number) => [Input, Conv],
  height: number,
): ExerciseTest<LayerCost> {
  return {
    title: `layerCost(input, conv) of ${what}`,
    async run(layerCost, { random }) {
      await expectCost(layerCost, layer(height));
      await expectCost(layerCost, layer(height + random.integer(1, 40)));
    },
  };
}

async function expectCost(layerCost: AsyncLayerCost, [input, conv]: [Input, Conv]): Promise<void> {
  const { filters, f, stride, pad, groups, bias } = conv;
  const call = `{filters: ${filters}, f: ${f}, stride: ${stride}, pad: ${pad}, groups: ${groups}, bias: ${bias}}`;
  expectNumbers(await layerCost(input, conv), solution.layerCost(input, conv), {
    of: `layerCost([${input.join(", ")}], ${call})`,
    tolerance: 0,
  });
}

/** Maps that are not square, in one group or in several. */
function randomLayer(random: Random): [Input, Conv] {
  const groups = random.integer(1, 4);
  const input = [random.integer(5, 30), random.integer(31, 60), groups * random.integer(1, 8)];
  const filters = groups * random.integer(1, 8);
  const f = random.integer(1, 5);
  const [stride, pad] = [random.integer(1, 3), random.integer(0, 2)];
  return [input, { filters, f, stride, pad, groups, bias: random.integer(0, 1) === 1 }];
}
