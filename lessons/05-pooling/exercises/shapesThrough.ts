import { exercise, expectNumbers, expectThat, type Random } from "convbook";
import { ALEXNET } from "../../shared/alexNet";
import * as solution from "../solution";

type ShapesThrough = typeof solution.shapesThrough;
type Layer = Parameters<ShapesThrough>[1][number];

const LENET: Layer[] = [
  { f: 5, stride: 1, pad: 0, filters: 6 },
  { f: 2, stride: 2, pad: 0 },
  { f: 5, stride: 1, pad: 0, filters: 16 },
  { f: 2, stride: 2, pad: 0 },
  { f: 5, stride: 1, pad: 0, filters: 120 },
];

export const shapesThrough = exercise({
  id: "05.shapesThrough",
  title: "The shape after each layer",
  minutes: 8,
  task:
    "Write `shapesThrough(input, layers)`: the shape [h, w, c] after each layer, one shape a layer, " +
    "for an image of shape `input`, [h, w, c]. A layer with `filters` is a convolution, one without " +
    "is a pooling; both have windows of f×f, a stride and `pad` rows and columns on each side.",
  example: `
shapesThrough([12, 9, 3], [
  { f: 3, stride: 2, pad: 0, filters: 8 },
  { f: 2, stride: 2, pad: 0 },
])
// → [[5, 4, 8], [2, 2, 8]]`,
  starter: `
function shapesThrough(
  input: number[],
  layers: { f: number; stride: number; pad: number; filters?: number }[],
): number[][] {
  return yourCode();
}`,
  solution: solution.shapesThrough,
  tests: [
    {
      title: "shapesThrough([28, 28, 6], [{f: 2, stride: 2, pad: 0}]) is [[14, 14, 6]]",
      async run(shapesThrough, { random }) {
        const layers = [{ f: 2, stride: 2, pad: 0 }];
        const shapes = await shapesThrough([28, 28, 6], layers);
        expectShapes(shapes, [28, 28, 6], layers);
        await expectRandom(shapesThrough, random, [{ f: 3, stride: 2, pad: 0 }]);
      },
    },
    {
      title: "shapesThrough([32, 32, 1], layers) of LeNet-5 ends at [1, 1, 120]",
      async run(shapesThrough, { random }) {
        expectShapes(await shapesThrough([32, 32, 1], LENET), [32, 32, 1], LENET);
        await expectRandom(shapesThrough, random, LENET);
      },
    },
    {
      title: "shapesThrough([227, 227, 3], layers) of AlexNet ends at [6, 6, 256]",
      async run(shapesThrough, { random }) {
        expectShapes(await shapesThrough([227, 227, 3], ALEXNET), [227, 227, 3], ALEXNET);
        await expectRandom(shapesThrough, random, ALEXNET);
      },
    },
    {
      title: "shapesThrough([224, 161, 3], layers) when the windows do not come out even",
      async run(shapesThrough, { random }) {
        const layers = [
          { f: 11, stride: 4, pad: 0, filters: 8 },
          { f: 3, stride: 2, pad: 1 },
          { f: 4, stride: 3, pad: 0, filters: 12 },
          { f: 2, stride: 2, pad: 0 },
        ];
        expectShapes(await shapesThrough([224, 161, 3], layers), [224, 161, 3], layers);
        await expectRandom(shapesThrough, random, [
          {
            f: random.integer(2, 7),
            stride: 4,
            pad: random.integer(1, 3),
            filters: random.integer(2, 9),
          },
          { f: random.integer(2, 4), stride: 3, pad: 1 },
        ]);
      },
    },
  ],
  hints: [
    "Take one layer. Height and width follow the formula of lesson 03; it is the same for a convolution and a pooling. What is different is the number of channels.",
    "The next layer starts from the shape that the last one left. Keep it in a variable that each turn of the loop replaces.",
    "height = Math.floor((height + 2 * pad - f) / stride) + 1, the width likewise, and channels = filters ?? channels. Push [height, width, channels].",
  ],
  wrongAnswers: [
    {
      says: "A pooling has one channel in your answer. It treats each channel for itself, and so leaves their number as it is.",
      answer: shapesWith({ channels: (_, filters) => filters ?? 1 }),
    },
    {
      says: "The channels of a pooling are undefined: it has no `filters`. How many channels does it hand on?",
      answer: shapesWith({ channels: (_, filters) => filters as number }),
    },
    {
      says: "The channels of a convolution are multiplied by its filters. Each filter goes through all channels and makes one map: as many channels as filters.",
      answer: shapesWith({ channels: (channels, filters) => channels * (filters ?? 1) }),
    },
    {
      says: "The channels of the input stay in your answer. After a convolution there are as many channels as it has filters.",
      answer: shapesWith({ channels: (channels) => channels }),
    },
    {
      says: "The size is rounded up, so that a last window hangs over the end. There are poolings that do so (ceil mode), but here only whole windows count.",
      answer: shapesWith({
        size: (n, { f, stride, pad }) => Math.ceil((n + 2 * pad - f) / stride) + 1,
      }),
    },
    {
      says: "The size is rounded to the nearest number. A window that does not fit whole is left out, however much of it would fit: round down.",
      answer: shapesWith({
        size: (n, { f, stride, pad }) => Math.round((n + 2 * pad - f) / stride) + 1,
      }),
    },
    {
      says: "There are fractions in your shapes: half a window does not count. Round down with Math.floor.",
      answer: shapesWith({
        size: (n, { f, stride, pad }) => (n + 2 * pad - f) / stride + 1,
      }),
    },
    {
      says: "There is one position too few: (n + 2·pad - f) / stride counts the steps, and the position before the first step is missing.",
      answer: shapesWith({
        size: (n, { f, stride, pad }) => Math.floor((n + 2 * pad - f) / stride),
      }),
    },
    {
      says: "The padding is counted once. It stands on both sides: n + 2 · pad.",
      answer: shapesWith({
        size: (n, { f, stride, pad }) => Math.floor((n + pad - f) / stride) + 1,
      }),
    },
    {
      says: "A pooling divides the size by f in your answer. That holds only when the windows lie side by side; AlexNet's poolings are 3 x 3 with a stride of 2.",
      answer: shapesWith({
        size: (n, { f, stride, pad, filters }) =>
          filters === undefined ? Math.floor(n / f) : Math.floor((n + 2 * pad - f) / stride) + 1,
      }),
    },
    {
      says: "Every layer starts from the input in your answer. A layer starts from the shape that the one before it left.",
      answer: (input, layers) => layers.map((layer) => solution.shapesThrough(input, [layer])[0]),
    },
    {
      says: "The input's own shape is in the list. Return only the shapes after the layers, one for each.",
      answer: (input, layers) => [input, ...solution.shapesThrough(input, layers)],
    },
    {
      says: "The width follows the height in your answer. This image is not square.",
      answer: (input, layers) =>
        solution
          .shapesThrough(input, layers)
          .map(([height, , channels]) => [height, height, channels]),
    },
  ],
});

/** On an image that is not square, and so large that something is left. Its first layer leaves half a step over. */
async function expectRandom(
  shapesThrough: (input: number[], layers: Layer[]) => Promise<number[][]>,
  random: Random,
  layers: Layer[],
): Promise<void> {
  const [{ f, stride, pad }] = layers;
  const side = (least: number): number =>
    stride * random.integer(least, least + 9) + f - 2 * pad + Math.floor(stride / 2);
  const input = [side(60), side(75), random.integer(2, 9)];
  expectShapes(await shapesThrough(input, layers), input, layers);
}

function expectShapes(actual: unknown, input: number[], layers: Layer[]): void {
  const expected = solution.shapesThrough(input, layers);
  const call = `shapesThrough([${input.join(", ")}], layers)`;
  expectThat(Array.isArray(actual), `${call} must be a list of shapes, one for each layer.`);
  const lengths = `${call} must have one shape for each layer, ${expected.length} in all, got ${actual.length}.`;
  expectThat(actual.length === expected.length, lengths);
  for (const [i, { f, stride, filters }] of layers.entries()) {
    const kind = filters === undefined ? "pooling" : `convolution, ${filters} filters`;
    const of = `The shape after layer ${i + 1} (${f} x ${f} ${kind}, stride ${stride})`;
    expectNumbers(actual[i], expected[i], { of });
  }
}

/** What a layer does to a shape, so that one thing at a time can be got wrong. */
function shapesWith(mistake: {
  size?: (n: number, layer: Layer) => number;
  channels?: (channels: number, filters: number | undefined) => number;
}): ShapesThrough {
  const size = mistake.size ?? ((n, layer) => solution.shapesThrough([n, n, 1], [layer])[0][0]);
  const after = mistake.channels ?? ((channels, filters) => filters ?? channels);
  return (input, layers) => {
    let [height, width, channels] = input;
    return layers.map((layer) => {
      [height, width] = [size(height, layer), size(width, layer)];
      channels = after(channels, layer.filters);
      return [height, width, channels];
    });
  };
}
