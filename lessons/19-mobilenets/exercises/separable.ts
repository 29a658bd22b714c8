import { exercise, type ExerciseTest, layers, type Module, network } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type Separable = typeof solution.separable;

const { conv, depthwiseConv, batchNorm, relu6, sequential } = layers;

export const separable = exercise({
  id: "19.separable",
  title: "MobileNet's brick",
  minutes: 10,
  task: "Write `separable(inputShape, filters, stride)`: MobileNet v1's brick, as drawn above, as a network for inputs of this shape.",
  example: `
separable([8, 6, 4], 16, 2).output.shape
// → [4, 3, 16]`,
  starter: `
function separable(inputShape: number[], filters: number, stride: number): Network {
  const { depthwiseConv, conv, batchNorm, relu6 } = layers;
  // A depthwise 3 x 3 convolution with this stride and one zero on each side, then a 1 x 1
  // convolution to so many filters. Behind each of the two: batchNorm(), relu6(). No biases.
  return network("separable", inputShape, yourCode());
}`,
  solution: solution.separable,
  tests: [
    separableTest("keeps the size and makes 12 maps of 8", [6, 6, 8], 12, 1),
    separableTest("halves the maps", [8, 8, 4], 8, 2),
    separableTest("halves 7 rows and 5 columns to 4 and 3", [7, 5, 6], 6, 2),
  ],
  hints: [
    "Six layers, one after the other: which of the two convolutions looks at the neighbours, and which mixes channels? Where does the stride belong?",
    "network(name, shape, a(), b(), ...) takes as many layers as you like. depthwiseConv takes kernelSize, stride, padding and bias; conv takes filters as well.",
    "depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }), batchNorm(), relu6(), conv({ filters, kernelSize: 1, bias: false }), batchNorm(), relu6()",
  ],
  wrongAnswers: [
    {
      says: "This is the full 3 x 3 convolution: each filter sees all channels. The saving comes from taking it apart.",
      answer: built((filters, stride) => [normed(full(filters, stride))]),
    },
    {
      says: "You have the pointwise convolution first: that is the order of the extreme Inception module. In MobileNet the depthwise one comes first.",
      answer: built((filters, stride) => [normed(pointwise(filters)), normed(depthwise(stride))]),
    },
    {
      says: "Nothing stands between the two convolutions. In MobileNet each has its own batch norm and ReLU6. (It is Xception that has no non-linearity between.)",
      answer: built((filters, stride) => [depthwise(stride), normed(pointwise(filters))]),
    },
    {
      says: "The end is linear: batch norm and ReLU6 are missing after the pointwise convolution. That idea comes with version 2.",
      answer: built((filters, stride) => [normed(depthwise(stride)), pointwise(filters)]),
    },
    {
      says: "There is no ReLU6 after the pointwise convolution, only batch norm. A linear end comes with version 2.",
      answer: built((filters, stride) => [
        normed(depthwise(stride)),
        pointwise(filters),
        batchNorm(),
      ]),
    },
    {
      says: "The convolutions have biases. Batch norm takes the mean away again, and brings a shift of its own: bias: false.",
      answer: built((filters, stride) => [
        normed(depthwiseConv({ kernelSize: 3, stride, padding: 1 })),
        normed(conv({ filters, kernelSize: 1 })),
      ]),
    },
    {
      says: "The stride is on the pointwise convolution: three quarters of what the depthwise one has computed is thrown away. It belongs to the depthwise one.",
      answer: built((filters, stride) => [
        normed(depthwise(1)),
        normed(conv({ filters, kernelSize: 1, stride, bias: false })),
      ]),
    },
    {
      says: "The stride is on both convolutions, so that the maps shrink twice. It belongs to the depthwise one alone.",
      answer: built((filters, stride) => [
        normed(depthwise(stride)),
        normed(conv({ filters, kernelSize: 1, stride, bias: false })),
      ]),
    },
    {
      says: "The stride is forgotten: the maps are as large as before.",
      answer: built((filters) => [normed(depthwise(1)), normed(pointwise(filters))]),
    },
    {
      says: "There is no padding: the maps lose a ring of pixels.",
      answer: built((filters, stride) => [
        normed(depthwiseConv({ kernelSize: 3, stride, bias: false })),
        normed(pointwise(filters)),
      ]),
    },
    {
      says: "Your padding is one zero too many on the 1 x 1 convolution: it sees a single position and needs none.",
      answer: built((filters, stride) => [
        normed(depthwise(stride)),
        normed(conv({ filters, kernelSize: 1, padding: 1, bias: false })),
      ]),
    },
    {
      says: "You use relu where relu6 is asked for.",
      answer: built((filters, stride) => [
        sequential(depthwise(stride), batchNorm(), layers.relu()),
        sequential(pointwise(filters), batchNorm(), layers.relu()),
      ]),
    },
    {
      says: "The activation comes before batch norm. MobileNet normalises first.",
      answer: built((filters, stride) => [
        sequential(depthwise(stride), relu6(), batchNorm()),
        sequential(pointwise(filters), relu6(), batchNorm()),
      ]),
    },
    {
      says: "The second convolution is full, 3 x 3 again: then nothing is saved. 1 x 1 is enough to mix channels.",
      answer: built((filters, stride) => [normed(depthwise(stride)), normed(full(filters, 1))]),
    },
  ],
});

function separableTest(
  what: string,
  ...input: [inputShape: number[], filters: number, stride: number]
): ExerciseTest<Separable> {
  const [shape, filters, stride] = input;
  const of = `separable([${shape.join(", ")}], ${filters}, ${stride})`;
  return {
    title: `${of} ${what}`,
    async run(separable, { random }) {
      expectNetwork(await separable(...input), solution.separable(...input), { of, random });
      const otherShape = [random.integer(4, 6), 7, random.integer(3, 7)];
      const otherFilters = random.integer(8, 12);
      expectNetwork(
        await separable(otherShape, otherFilters, stride),
        solution.separable(otherShape, otherFilters, stride),
        { of: `separable([${otherShape.join(", ")}], ${otherFilters}, ${stride})`, random },
      );
    },
  };
}

function full(filters: number, stride: number): Module {
  return conv({ filters, kernelSize: 3, stride, padding: 1, bias: false });
}

function depthwise(stride: number): Module {
  return depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false });
}

function pointwise(filters: number): Module {
  return conv({ filters, kernelSize: 1, bias: false });
}

function normed(convolution: Module): Module {
  return sequential(convolution, batchNorm(), relu6());
}

function built(modules: (filters: number, stride: number) => Module[]): Separable {
  return (inputShape, filters, stride) =>
    network("separable", inputShape, ...modules(filters, stride));
}
