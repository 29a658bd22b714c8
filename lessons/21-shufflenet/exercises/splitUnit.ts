import { exercise, type ExerciseTest, layers, type Module, network } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type SplitUnit = typeof solution.splitUnit;

const { add, batchNorm, channelShuffle, concat, conv, depthwiseConv, identity } = layers;
const { relu, sequential, split } = layers;

export const splitUnit = exercise({
  id: "21.splitUnit",
  title: "ShuffleNet v2's unit, at stride 1 and 2",
  minutes: 15,
  task:
    "Write `splitUnit(inputShape, filters, stride)`. The long branch is 1×1, depthwise 3×3 with the " +
    "stride, 1×1. At stride 1 it works on the second half of the channels, and is stacked after the " +
    "first half, which stays as it is. At stride 2 nothing is split: a short branch (depthwise 3×3 with " +
    "the stride, 1×1) and the long one both read all of x, and are stacked in this order. A channel " +
    "shuffle ends the unit.",
  example: `
splitUnit([6, 4, 8], 8, 1).output.shape // → [6, 4, 8]
splitUnit([6, 4, 8], 20, 2).output.shape // → [3, 2, 20]
cost(splitUnit([6, 4, 8], 20, 2)).params // → 518`,
  starter: `
function splitUnit(inputShape: number[], filters: number, stride: number): Network {
  const { conv, depthwiseConv, batchNorm, relu, channelShuffle } = layers;
  const { concat, split, sequential } = layers;
  const half = filters / 2;
  // 1x1: to half channels, batch norm, ReLU. Depthwise 3x3: one zero on each side, batch norm, no
  // ReLU. No groups, no biases. In two halves: const [waiting, worked] = split(x, 2);
  const unit = (x: SymbolicTensor): SymbolicTensor => yourCode();
  return network("split unit", inputShape, unit, channelShuffle({ groups: 2 }));
}`,
  solution: solution.splitUnit,
  tests: [
    unitTest("works on half of the channels", [4, 4, 8], 8, 1),
    unitTest("on maps that are not square", [3, 5, 12], 12, 1),
    unitTest("halves the maps and doubles the channels", [6, 6, 8], 16, 2),
    unitTest("begins a stage", [5, 7, 6], 20, 2),
  ],
  hints: [
    "A module is a function of x: long(worked) applies the module long to the tensor worked. What goes into the two branches at stride 1, and what at stride 2?",
    "Make `long` and `short` with sequential(...). Then: if the stride is 2, concat(short(x), long(x)).",
    "const [waiting, worked] = split(x, 2); return stride === 2 ? concat(short(x), long(x)) : concat(waiting, long(worked)); at stride 2 split only inside the other case, for nothing may be left unused.",
  ],
  wrongAnswers: [
    {
      says: "You add the two branches. In version 2 nothing is added (guideline 4): they are stacked.",
      answer: built({ join: "add" }),
    },
    {
      says: "At stride 1 you work on all of x and add x to it, as ResNet and version 1 do. Split it: one half waits, the other goes through the long branch, and the two are stacked.",
      answer: built({ addsAtOne: (filters) => filters }),
    },
    {
      says: "At stride 1 you narrow all of x to a half, bring it back and add it to x: version 1's bottleneck. Here nothing is narrowed and nothing added: split x, let one half wait, work on the other, and stack the two.",
      answer: built({ addsAtOne: (filters) => filters / 2 }),
    },
    {
      says: "At stride 1 you stack all of x beside the long branch, so the channels grow by half. Split x: only one half of it waits, the other goes through the long branch.",
      answer: built({ stacksAtOne: true }),
    },
    {
      says: "You split at stride 2 as well. There both branches take all of x: nothing waits, since the maps change.",
      answer: built({ splitsAtTwo: true }),
    },
    {
      says: "There is no shuffle at the end: what waits would wait in all units of the stage.",
      answer: built({ end: identity }),
    },
    {
      says: "The ReLU at the end of the branches is missing.",
      answer: built({ endOfBranch: identity }),
    },
    {
      says: "There is a ReLU after the depthwise convolution. As in version 1, there is none.",
      answer: built({ afterDepthwise: relu() }),
    },
    {
      says: "Your 1 x 1 convolutions have groups. Version 2 has none (guideline 2): splitting the channels has taken their place.",
      answer: built({ groups: 2 }),
    },
    {
      says: "The worked half stands before the waiting one.",
      answer: built({ turned: true }),
    },
    {
      says: "You work on the first half and let the second wait, each in its place. The first half waits, the second is worked on: const [waiting, worked] = split(x, 2).",
      answer: built({ worksInPlace: true }),
    },
    {
      says: "You work on the first half and let the second wait.",
      answer: built({ worksOnFirst: true }),
    },
    {
      says: "The long branch narrows to a quarter, as in version 1. Here all its layers are equally wide (guideline 1).",
      answer: built({ inner: (half) => half / 2 }),
    },
    {
      says: "Each branch makes all filters: together that is twice as many.",
      answer: built({ half: (filters) => filters }),
    },
    {
      says: "The short branch has no 1 x 1 convolution: only the depthwise one, whose channels are those of x.",
      answer: built({ shortEnd: false }),
    },
    {
      says: "There are no batch norms.",
      answer: built({ norm: () => identity }),
    },
  ],
});

function unitTest(
  what: string,
  ...input: [inputShape: number[], filters: number, stride: number]
): ExerciseTest<SplitUnit> {
  const [shape, ...others] = input;
  const of = `splitUnit([${shape.join(", ")}], ${others.join(", ")})`;
  return {
    title: `${of} ${what}`,
    async run(splitUnit, { random }) {
      expectNetwork(await splitUnit(...input), solution.splitUnit(...input), { of, random });
      const stride = others[1];
      const filters = 4 * random.integer(3, 5);
      const cin = stride === 1 ? filters : random.integer(3, 9);
      const other: typeof input = [[random.integer(3, 5), 6, cin], filters, stride];
      expectNetwork(await splitUnit(...other), solution.splitUnit(...other), {
        of: `splitUnit([${other[0].join(", ")}], ${other.slice(1).join(", ")})`,
        random,
      });
    },
  };
}

/** The unit with one thing wrong. */
function built(mistake: {
  join?: "add" | "concat";
  end?: Module;
  endOfBranch?: Module;
  afterDepthwise?: Module;
  groups?: number;
  turned?: boolean;
  worksOnFirst?: boolean;
  /** How wide the middle of what is added to x is. */
  addsAtOne?: (filters: number) => number;
  stacksAtOne?: boolean;
  worksInPlace?: boolean;
  splitsAtTwo?: boolean;
  inner?: (half: number) => number;
  half?: (filters: number) => number;
  shortEnd?: boolean;
  norm?: () => Module;
}): SplitUnit {
  const {
    join = "concat",
    end = channelShuffle({ groups: 2 }),
    endOfBranch = relu(),
    afterDepthwise = identity,
    groups = 1,
    turned = false,
    worksOnFirst = false,
    addsAtOne,
    stacksAtOne = false,
    worksInPlace = false,
    splitsAtTwo = false,
    inner = (half) => half,
    half: halfOf = (filters) => filters / 2,
    shortEnd = true,
    norm = () => batchNorm(),
  } = mistake;
  return (inputShape, filters, stride) => {
    const half = halfOf(filters);
    const pointwise = (width: number): Module =>
      sequential(conv({ filters: width, kernelSize: 1, groups, bias: false }), norm());
    const depthwise = sequential(
      depthwiseConv({ kernelSize: 3, stride, padding: 1, bias: false }),
      norm(),
      afterDepthwise,
    );
    const last = sequential(pointwise(half), endOfBranch);
    const longTo = (width: number, middle: number): Module =>
      sequential(pointwise(middle), relu(), depthwise, sequential(pointwise(width), endOfBranch));
    const long = longTo(half, inner(half));
    const short = shortEnd ? sequential(depthwise, last) : depthwise;
    const unit: Module = (x) => {
      if (addsAtOne && stride === 1) return add(x, longTo(filters, addsAtOne(filters))(x));
      if (stacksAtOne && stride === 1) return concat(x, long(x));
      if (worksInPlace && stride === 1) {
        const [first, second] = split(x, 2);
        return concat(long(first), second);
      }
      const halves = stride === 1 || splitsAtTwo ? split(x, 2) : [x, x];
      const [around, worked] = worksOnFirst ? halves.reverse() : halves;
      const parts = [stride === 1 ? around : short(around), long(worked)];
      if (turned) parts.reverse();
      return join === "add" ? add(...parts) : concat(...parts);
    };
    return network("split unit", inputShape, unit, end);
  };
}
