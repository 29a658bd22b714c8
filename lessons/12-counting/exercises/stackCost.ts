import { exercise, expectNumbers, type ExerciseTest } from "convbook";
import { ALEXNET } from "../../shared/alexNet";
import * as solution from "../solution";

type StackCost = typeof solution.stackCost;
type Input = Parameters<StackCost>[0];
type Layer = Parameters<StackCost>[1][number];

const LENET: Layer[] = [
  { f: 5, stride: 1, pad: 0, filters: 6 },
  { f: 2, stride: 2, pad: 0 },
  { f: 5, stride: 1, pad: 0, filters: 16 },
  { f: 2, stride: 2, pad: 0 },
  { units: 120 },
  { units: 84 },
  { units: 10 },
];

const ALEXNET_WHOLE: Layer[] = [...ALEXNET, { units: 4096 }, { units: 4096 }, { units: 1000 }];

export const stackCost = exercise({
  id: "12.stackCost",
  title: "The cost of a whole network",
  minutes: 15,
  task: "Write `stackCost(input, stack)`: the parameters and the multiply-adds of all layers of a stack together, as [parameters, multiplyAdds]. A layer with `units` is dense, one with `filters` a convolution, and the others are poolings. Where it is left out, `stride` is 1 and `pad` 0.",
  example: `
stackCost([6, 6, 1], [{ f: 3, filters: 2 }, { f: 2, stride: 2 }, { units: 5 }])
// → [65, 328]`,
  starter: `
function stackCost(
  input: number[],
  stack: { f?: number; stride?: number; pad?: number; filters?: number; units?: number }[],
): number[] {
  // input is [h, w, c]. A layer with \`units\` is dense (and flattens what it gets), one with
  // \`filters\` is a convolution, the others are poolings. Convolutions and dense layers have
  // biases. Return [parameters, multiplyAdds] of all layers together.
  return yourCode();
}`,
  solution: solution.stackCost,
  tests: [
    stackTest("a convolution and a pooling", [9, 8, 3], () => [
      { f: 3, stride: 1, pad: 0, filters: 4 },
      { f: 2, stride: 2, pad: 0 },
    ]),
    stackTest("two convolutions, the second on what the first puts out", [9, 12, 2], () => [
      { f: 3, stride: 2, pad: 1, filters: 5 },
      { f: 2, stride: 1, pad: 0, filters: 7 },
    ]),
    stackTest("layers that leave out what is 1, or no padding", [6, 5, 4], () => [
      { filters: 3 },
      { f: 3, filters: 2 },
      { f: 2, stride: 2 },
      { units: 5 },
    ]),
    stackTest("a dense layer after a pooling", [7, 5, 3], () => [
      { f: 2, stride: 2, pad: 0 },
      { units: 4 },
      { units: 3 },
    ]),
    stackTest("LeNet-5: 61,706 parameters, 416,520 multiply-adds", [32, 32, 1], () => LENET),
    stackTest("AlexNet without groups: 62,378,344 parameters", [227, 227, 3], () => ALEXNET_WHOLE),
  ],
  hints: [
    "What does the second layer need to know about the first? Keep height, width and channels in variables that every layer brings up to date.",
    "A convolution has f · f · channels · filters weights and uses each at every position of its output. How many values go into a dense layer that stands after a map of [h, w, c]?",
    "For a dense layer weights = height * width * channels * units, and afterwards [height, width, channels] = [1, 1, units]. A pooling changes height and width and adds nothing.",
  ],
  wrongAnswers: [
    {
      says: "The channels stay those of the input. After a convolution there are as many as it has filters.",
      answer: counting({ channels: "of the input" }),
    },
    {
      says: "Your poolings cost something. They have no weights, and take the largest of a window without multiplying.",
      answer: counting({ poolings: "cost" }),
    },
    {
      says: "Your poolings leave height and width as they are, so everything after them sees maps that are too large.",
      answer: counting({ poolings: "keep the size" }),
    },
    {
      says: "Your first dense layer has a weight for each channel only. It is flattened: it gets height · width · channels values.",
      answer: counting({ dense: "of channels" }),
    },
    {
      says: "The biases are missing: one for each filter, and one for each unit.",
      answer: counting({ biases: "none" }),
    },
    {
      says: "The biases of convolutions are there, but a dense layer has one for each unit, too.",
      answer: counting({ biases: "of convolutions" }),
    },
    {
      says: "You count multiply-adds at every position of a convolution's input. The filter stands at as many positions as its output has pixels.",
      answer: counting({ positions: "of the input" }),
    },
    {
      says: "The biases are among your multiply-adds. Nothing is multiplied where a bias is added.",
      answer: counting({ biases: "multiplied" }),
    },
    {
      says: "Your multiply-adds are doubled: those are FLOPs. A multiplication and the addition that follows it count as one here.",
      answer: (input, stack) => {
        const [params, macs] = solution.stackCost(input, stack);
        return [params, 2 * macs];
      },
    },
    {
      says: "The dense layers are missing.",
      answer: (input, stack) =>
        solution.stackCost(
          input,
          stack.filter(({ units }) => units === undefined),
        ),
    },
    {
      says: "This is the cost of the last layer alone. Add up all of them.",
      answer: (input, stack) => {
        const [all, before] = [stack, stack.slice(0, -1)].map((part) =>
          solution.stackCost(input, part),
        );
        return all.map((sum, i) => sum - before[i]);
      },
    },
  ],
});

function stackTest(what: string, input: Input, stack: () => Layer[]): ExerciseTest<StackCost> {
  return {
    title: `stackCost([${input.join(", ")}], stack) of ${what}`,
    async run(stackCost, { random }) {
      const [height, width, channels] = input;
      const other = [height + random.integer(1, 9), width + random.integer(10, 19), channels];
      for (const image of [input, other])
        expectNumbers(await stackCost(image, stack()), solution.stackCost(image, stack()), {
          of: `stackCost([${image.join(", ")}], stack)`,
          tolerance: 0,
        });
    },
  };
}

interface Mistake {
  channels?: "of the input";
  poolings?: "cost" | "keep the size";
  dense?: "of channels";
  biases?: "none" | "of convolutions" | "multiplied";
  positions?: "of the input";
}

/** The count with one mistake in it. */
function counting({ channels: kept, poolings, dense, biases, positions }: Mistake): StackCost {
  return (input, stack) => {
    let [height, width, channels] = input;
    let [params, macs] = [0, 0];
    for (const { f = 1, stride = 1, pad = 0, filters, units } of stack) {
      if (units !== undefined) {
        const weights = (dense === "of channels" ? 1 : height * width) * channels * units;
        params += weights + (biases === "none" || biases === "of convolutions" ? 0 : units);
        macs += weights + (biases === "multiplied" ? units : 0);
        [height, width, channels] = [1, 1, units];
        continue;
      }
      const before = height * width;
      const isPooling = filters === undefined;
      if (!isPooling || poolings !== "keep the size") {
        height = Math.floor((height + 2 * pad - f) / stride) + 1;
        width = Math.floor((width + 2 * pad - f) / stride) + 1;
      }
      const positionCount = positions === "of the input" ? before : height * width;
      if (isPooling) {
        if (poolings === "cost") macs += positionCount * f * f * channels;
        continue;
      }
      const weights = f * f * channels * filters;
      params += weights + (biases === "none" ? 0 : filters);
      macs += positionCount * (weights + (biases === "multiplied" ? filters : 0));
      if (kept === undefined) channels = filters;
    }
    return [params, macs];
  };
}
