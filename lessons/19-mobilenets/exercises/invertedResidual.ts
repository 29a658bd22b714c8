import { exercise, type ExerciseTest, layers, type Module, network } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type InvertedResidual = typeof solution.invertedResidual;

const { conv, depthwiseConv, batchNorm, relu6, residual, sequential, identity } = layers;

export const invertedResidual = exercise({
  id: "19.invertedResidual",
  title: "The inverted residual",
  minutes: 15,
  task: "Write `invertedResidual(inputShape, t, filters, stride)`: MobileNet v2's brick, as drawn above, with t times the channels in its middle. The input is added only where the output has its shape.",
  example: `
cost(invertedResidual([8, 6, 4], 6, 4, 1)).macs
// → 19584`,
  starter: `
function invertedResidual(
  inputShape: number[],
  t: number,
  filters: number,
  stride: number,
): Network {
  const { depthwiseConv, conv, batchNorm, relu6, residual, sequential } = layers;
  const cin = inputShape[2];
  // 1 x 1 to t times the channels, batch norm, ReLU6; where t is 1, this is left out.
  // Depthwise 3 x 3 with the stride and one zero on each side, batch norm, ReLU6.
  // 1 x 1 to so many filters, batch norm, and nothing behind it.
  // Where the shapes of input and output agree, the input is added: residual(body). No biases.
  return network("inverted residual", inputShape, yourCode());
}`,
  solution: solution.invertedResidual,
  tests: [
    blockTest("adds its input", [6, 6, 4], 6, 4, 1),
    blockTest("has other channels, so nothing is added; it expands least", [6, 6, 4], 2, 8, 1),
    blockTest("halves the maps, so nothing is added", [8, 8, 4], 3, 4, 2),
    blockTest("expands nothing: MobileNet v2's first block", [6, 6, 8], 1, 4, 1),
  ],
  hints: [
    "What are the channels of each of the three convolutions, for 4 channels in, t = 6 and 8 filters? Which of them gets the stride?",
    "Make the body first, with sequential(...). `cond ? residual(body) : body` chooses whether something is added. When do the shapes of input and output agree? There are two conditions.",
    "Modules can be chosen as well: `t > 1 ? sequential(conv({ filters: t * cin, ... }), batchNorm(), relu6()) : layers.identity`.",
  ],
  wrongAnswers: [
    {
      says: "There is a ReLU6 at the end of the body. The end is linear: that is the second half of the paper's title.",
      answer: built({ end: (filters) => [normed(pointwise(filters))] }),
    },
    {
      says: "You always leave the input out. Where the shapes agree, it is added.",
      answer: built({ adds: () => false }),
    },
    {
      says: "You add the input wherever the stride is 1, so that it fails where the channels differ. Both must agree: stride 1, and as many filters as channels in.",
      answer: built({ adds: ({ stride }) => stride === 1 }),
    },
    {
      says: "You add the input wherever the channels agree, so that it fails where the stride is 2: the maps have other sizes then.",
      answer: built({ adds: ({ cin, filters }) => filters === cin }),
    },
    {
      says: "You expand to t channels. It is t times the channels that come in.",
      answer: built({ width: (t) => t }),
    },
    {
      says: "You expand from the filters that go out: t · filters. It is t times the channels that come in.",
      answer: built({ width: (t, _, filters) => t * filters }),
    },
    {
      says: "You narrow the middle, cin / t, as ResNet does. Here it is the other way about: the middle is wide.",
      answer: built({ width: (t, cin) => Math.max(1, Math.round(cin / t)) }),
    },
    {
      says: "There is an expanding 1 x 1 convolution also where t is 1. It would not expand anything: leave it out there.",
      answer: built({ expandsAlways: true }),
    },
    {
      says: "The middle is a full 3 x 3 convolution: at t times the channels that is expensive. It is depthwise.",
      answer: built({
        middle: (stride, wide) =>
          conv({ filters: wide, kernelSize: 3, stride, padding: 1, bias: false }),
      }),
    },
    {
      says: "The stride is forgotten.",
      answer: built({ middle: () => depthwise(1) }),
    },
    {
      says: "There is no batch norm after the last convolution. Linear means without ReLU6; the norm stays.",
      answer: built({ end: (filters) => [pointwise(filters)] }),
    },
    {
      says: "A ReLU6 comes after the addition, as in ResNet. Here what flows around the blocks stays linear.",
      answer: built({ after: relu6() }),
    },
    {
      says: "The convolutions have biases. Batch norm makes them needless: bias: false.",
      answer: (inputShape, t, filters, stride) => {
        const cin = inputShape[2];
        const body = sequential(
          t > 1 ? normed(conv({ filters: t * cin, kernelSize: 1 })) : identity,
          normed(depthwiseConv({ kernelSize: 3, stride, padding: 1 })),
          conv({ filters, kernelSize: 1 }),
          batchNorm(),
        );
        const adds = stride === 1 && cin === filters;
        return network("inverted residual", inputShape, adds ? residual(body) : body);
      },
    },
    {
      says: "There is no padding in the depthwise convolution: the maps lose a ring of pixels, and nothing can be added.",
      answer: built({
        middle: (stride) => depthwiseConv({ kernelSize: 3, stride, bias: false }),
        adds: () => false,
      }),
    },
  ],
});

function blockTest(
  what: string,
  ...input: [inputShape: number[], t: number, filters: number, stride: number]
): ExerciseTest<InvertedResidual> {
  const [shape, ...others] = input;
  const of = `invertedResidual([${shape.join(", ")}], ${others.join(", ")})`;
  return {
    title: `${of} ${what}`,
    async run(invertedResidual, { random }) {
      const answer = await invertedResidual(...input);
      expectNetwork(answer, solution.invertedResidual(...input), { of, random });
      const [t, filters, stride] = others;
      const more = random.integer(1, 4); // channels, as many in as out where it was so
      const other: typeof input = [
        [random.integer(4, 6), 7, shape[2] + more],
        t > 1 ? t + random.integer(0, 2) : 1,
        filters + more,
        stride,
      ];
      expectNetwork(await invertedResidual(...other), solution.invertedResidual(...other), {
        of: `invertedResidual([${other[0].join(", ")}], ${other.slice(1).join(", ")})`,
        random,
      });
    },
  };
}

function pointwise(filters: number): Module {
  return conv({ filters, kernelSize: 1, bias: false });
}

function depthwise(stride: number): Module {
  return depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false });
}

function normed(convolution: Module): Module {
  return sequential(convolution, batchNorm(), relu6());
}

/** The block with one thing wrong. */
function built(mistake: {
  width?: (t: number, cin: number, filters: number) => number;
  expandsAlways?: boolean;
  middle?: (stride: number, wide: number) => Module;
  end?: (filters: number) => Module[];
  adds?: (block: { cin: number; filters: number; stride: number }) => boolean;
  after?: Module;
}): InvertedResidual {
  const {
    width = (t, cin) => t * cin,
    middle = depthwise,
    end = (filters) => [pointwise(filters), batchNorm()],
    adds = ({ cin, filters, stride }) => stride === 1 && filters === cin,
    after = identity,
  } = mistake;
  return (inputShape, t, filters, stride) => {
    const cin = inputShape[2];
    const wide = t > 1 || mistake.expandsAlways ? width(t, cin, filters) : cin;
    const body = sequential(
      t > 1 || mistake.expandsAlways ? normed(pointwise(wide)) : identity,
      normed(middle(stride, wide)),
      ...end(filters),
    );
    const joined = adds({ cin, filters, stride }) ? sequential(residual(body), after) : body;
    return network("inverted residual", inputShape, joined);
  };
}
