import { exercise, type ExerciseTest, layers, type Module, network } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type ShuffleUnit = typeof solution.shuffleUnit;

const { add, averagePool, batchNorm, channelShuffle, concat, conv, depthwiseConv } = layers;
const { identity, maxPool, relu, sequential } = layers;

export const shuffleUnit = exercise({
  id: "21.shuffleUnit",
  title: "ShuffleNet v1's unit, at stride 1 and 2",
  minutes: 15,
  task:
    "Write `shuffleUnit(inputShape, filters, groups, stride)`. The body: 1×1 in groups to filters / 4 " +
    "channels, batch norm, ReLU; channel shuffle; depthwise 3×3 with the stride, batch norm; 1×1 in " +
    "groups, batch norm. At stride 1 the input is added to it. At stride 2 a 3×3 average pooling of the " +
    "input, with stride 2, is stacked in front of it, and both have `filters` channels together. A ReLU " +
    "ends the unit.",
  example: `
shuffleUnit([6, 4, 8], 8, 2, 1).output.shape // → [6, 4, 8]
shuffleUnit([6, 4, 8], 24, 2, 2).output.shape // → [3, 2, 24]
cost(shuffleUnit([6, 4, 8], 24, 2, 2)).params // → 182`,
  starter: `
function shuffleUnit(
  inputShape: number[], filters: number, groups: number, stride: number,
): Network {
  const { conv, depthwiseConv, batchNorm, relu, channelShuffle, averagePool } = layers;
  const { residual, branches, sequential } = layers;
  const cin = inputShape[2];
  // No biases, and no ReLU behind the depthwise convolution; that and the pooling have one zero on
  // each side.
  return network("shuffle unit", inputShape, yourCode());
}`,
  solution: solution.shuffleUnit,
  tests: [
    unitTest("adds its input", [4, 4, 16], 16, 2, 1),
    unitTest("with three groups", [3, 5, 24], 24, 3, 1),
    unitTest("halves the maps and stacks", [6, 6, 8], 24, 2, 2),
    unitTest("on maps of odd size", [5, 7, 12], 36, 3, 2),
  ],
  hints: [
    "Make a function body(made) that gives the module with `made` channels at its end. How many are these at stride 1, and how many at stride 2, where the pooling brings cin of its own?",
    "residual(body(filters)) adds the input; branches(pool, body(filters - cin)) stacks. Both are followed by relu().",
    "body: conv({ filters: filters / 4, kernelSize: 1, groups, bias: false }), batchNorm(), relu(), channelShuffle({ groups }), depthwiseConv(...), batchNorm(), conv({ filters: made, kernelSize: 1, groups, bias: false }), batchNorm()",
  ],
  wrongAnswers: [
    {
      says: "There is no shuffle: the groups of the second convolution never hear of each other.",
      answer: built({ shuffle: () => identity }),
    },
    {
      says: "You shuffle after the depthwise convolution. It gives the same picture to the next groups, but the paper, and this exercise, shuffle before it.",
      answer: built({
        shuffle: () => identity,
        afterDepthwise: (g) => channelShuffle({ groups: g }),
      }),
    },
    {
      says: "Your 3 x 3 convolution is a full one. It is depthwise: a filter for each channel, layers.depthwiseConv.",
      answer: built({
        middleOf: (width, stride) =>
          conv({ filters: width, kernelSize: 3, stride, padding: 1, bias: false }),
      }),
    },
    {
      says: "You shuffle at the end of the unit. That is version 2; in version 1 the shuffle stands after the first 1 x 1, so that the second hears of all groups.",
      answer: built({
        shuffle: () => identity,
        atTheEnd: (groups) => channelShuffle({ groups }),
      }),
    },
    {
      says: "You shuffle at the end of the body, when both 1 x 1 have done their work. The shuffle stands after the first 1 x 1, so that the second hears of all groups.",
      answer: built({
        shuffle: () => identity,
        endOfBodyOf: (groups) => channelShuffle({ groups }),
      }),
    },
    {
      says: "There is a ReLU after the depthwise convolution. The authors leave it out there.",
      answer: built({ afterDepthwise: () => relu() }),
    },
    {
      says: "The 1 x 1 convolutions have no groups. They are where the work is: that is what this unit changes.",
      answer: built({ groupsOf: () => 1 }),
    },
    {
      says: "At stride 2 the body makes all filters, and the pooling's cin come on top: too many channels. Together they are to have `filters`.",
      answer: built({ made: (filters) => filters }),
    },
    {
      says: "The middle is as wide as the output. It is a bottleneck: a quarter.",
      answer: built({ narrow: (filters) => filters }),
    },
    {
      says: "The narrow width is a quarter of the channels that come in. It is a quarter of those that go out.",
      answer: built({ narrow: (_, cin) => cin / 4 }),
    },
    {
      says: "At stride 2 you pool the maximum. It is the average.",
      answer: built({ pool: maxPool({ size: 3, stride: 2, padding: 1 }) }),
    },
    {
      says: "At stride 2 body and pooling are stacked the other way about: pooling first.",
      answer: built({ bodyFirst: true }),
    },
    {
      says: "There is no ReLU at the end of the unit.",
      answer: built({ end: identity }),
    },
    {
      says: "A ReLU stands at the end of the body, before the input is added or the pooling stacked. It belongs after both.",
      answer: built({ endOfBody: relu() }),
    },
    {
      says: "The ReLU after the first convolution is missing.",
      answer: built({ afterFirst: identity }),
    },
    {
      says: "There are no batch norms.",
      answer: built({ norm: () => identity }),
    },
    {
      says: "The stride is forgotten in the depthwise convolution.",
      answer: built({ strideOf: () => 1 }),
    },
  ],
});

function unitTest(
  what: string,
  ...input: [inputShape: number[], filters: number, groups: number, stride: number]
): ExerciseTest<ShuffleUnit> {
  const [shape, ...others] = input;
  const of = `shuffleUnit([${shape.join(", ")}], ${others.join(", ")})`;
  return {
    title: `${of} ${what}`,
    async run(shuffleUnit, { random }) {
      expectNetwork(await shuffleUnit(...input), solution.shuffleUnit(...input), { of, random });
      const [, groups, stride] = others;
      const filters = 4 * groups * random.integer(2, 3);
      const cin = stride === 1 ? filters : groups * random.integer(1, 3);
      const other: typeof input = [[random.integer(3, 5), 6, cin], filters, groups, stride];
      expectNetwork(await shuffleUnit(...other), solution.shuffleUnit(...other), {
        of: `shuffleUnit([${other[0].join(", ")}], ${other.slice(1).join(", ")})`,
        random,
      });
    },
  };
}

/** The unit with one thing wrong. */
function built(mistake: {
  shuffle?: (groups: number) => Module;
  afterFirst?: Module;
  afterDepthwise?: (groups: number) => Module;
  endOfBody?: Module;
  endOfBodyOf?: (groups: number) => Module;
  end?: Module;
  atTheEnd?: (groups: number) => Module;
  middleOf?: (width: number, stride: number) => Module;
  groupsOf?: (groups: number) => number;
  made?: (filters: number, cin: number) => number;
  narrow?: (filters: number, cin: number) => number;
  norm?: () => Module;
  pool?: Module;
  bodyFirst?: boolean;
  strideOf?: (stride: number) => number;
}): ShuffleUnit {
  const {
    shuffle = (groups) => channelShuffle({ groups }),
    afterFirst = relu(),
    afterDepthwise = () => identity,
    endOfBody = identity,
    endOfBodyOf = () => endOfBody,
    end = relu(),
    atTheEnd = () => identity,
    middleOf = (_, stride) => depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }),
    groupsOf = (groups) => groups,
    made = (filters, cin) => filters - cin,
    narrow = (filters) => filters / 4,
    norm = () => batchNorm(),
    pool = averagePool({ size: 3, stride: 2, padding: 1 }),
    bodyFirst = false,
    strideOf = (stride) => stride,
  } = mistake;
  return (inputShape, filters, groups, stride) => {
    const cin = inputShape[2];
    const pointwise = (width: number): Module =>
      sequential(
        conv({ filters: width, kernelSize: 1, groups: groupsOf(groups), bias: false }),
        norm(),
      );
    const body = (width: number): Module =>
      sequential(
        pointwise(narrow(filters, cin)),
        afterFirst,
        shuffle(groups),
        middleOf(narrow(filters, cin), strideOf(stride)),
        norm(),
        afterDepthwise(groups),
        pointwise(width),
        endOfBodyOf(groups),
      );
    const unit: Module = (x) => {
      if (stride === 1) return add(x, body(filters)(x));
      const parts = [pool(x), body(made(filters, cin))(x)];
      return concat(...(bodyFirst ? parts.reverse() : parts));
    };
    return network("shuffle unit", inputShape, unit, end, atTheEnd(groups));
  };
}
