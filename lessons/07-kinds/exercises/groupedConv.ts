import {
  concat,
  conv2d,
  exercise,
  type ExerciseTest,
  expectTensor,
  randomIntegers,
  type Tensor,
  tensor,
} from "convbook";
import * as solution from "../solution";

type GroupedConv = typeof solution.groupedConv;

export const groupedConv = exercise({
  id: "07.groupedConv",
  title: "A convolution in groups",
  minutes: 10,
  task:
    "Write `groupedConv(x, filter, groups)`: a convolution with stride 1 and no padding in which the " +
    "first of the groups takes the first block of x's channels and gives the first block of outputs, " +
    "the second the second, and so on. `x` is [m, h, w, channels · groups], `filter` [f, f, channels," +
    " filters]: the channels of one group, the filters of all.",
  example: `
// 1·1 + 2·2 for the first group, 10·3 + 20·4 for the second
groupedConv(tensor([1, 2, 3, 4], [1, 1, 1, 4]), tensor([1, 10, 2, 20], [1, 1, 2, 2]), 2)
// → [5, 110]`,
  starter: `
function groupedConv(x: Tensor, filter: Tensor, groups: number): Tensor {
  const [kernelHeight, kernelWidth, channels, filters] = filter.shape; // channels of ONE group
  const [m, height, width] = x.shape; // [m, h, w, channels · groups]
  // You have conv2d(x, filter), x.slice(begin, size), filter.slice(begin, size), concat(list, 3).
  return yourCode();
}`,
  solution: solution.groupedConv,
  tests: [
    {
      title: "groupedConv(x, filter, 2) on one pixel 1, 2, 3, 4 with filters of ones is 3, 7",
      async run(groupedConv) {
        const x = tensor([1, 2, 3, 4], [1, 1, 1, 4]);
        const filter = tensor([1, 1, 1, 1], [1, 1, 2, 2]);
        expectTensor(await groupedConv(x, filter, 2), tensor([3, 7], [1, 1, 1, 2]), {
          of: "groupedConv([1, 2, 3, 4], ones, 2)",
        });
      },
    },
    groupTest("is conv2d with one group", [1, 4, 4, 2], [3, 3], 3, 1),
    groupTest("on two groups of two channels, three filters each", [1, 4, 5, 4], [3, 2], 6, 2),
    groupTest("with as many groups as channels", [2, 4, 4, 3], [2, 2], 3, 3),
    groupTest("on a batch, three groups, four filters each", [2, 4, 5, 6], [2, 3], 12, 3),
  ],
  hints: [
    "Which channels of x does the first group see, and which of the filters belong to it? And the second?",
    "Group g has the channels from g · channels on, and the filters from g · (filters / groups) on. Convolve each block with its filters: what shape has the result, and how do the results become one tensor?",
    "In a loop over g: conv2d(x.slice([0, 0, 0, g * channels], [m, height, width, channels]), filter.slice([0, 0, 0, g * filters / groups], [kernelHeight, kernelWidth, channels, filters / groups])). Collect them, and concat(parts, 3).",
  ],
  wrongAnswers: [
    {
      says: "Only the first group is there. The others follow in the last axis: concat(parts, 3).",
      answer: (x, filter, groups) => parts(x, filter, groups, {})[0],
    },
    {
      says: "Every group sees the first block of channels. Group g begins at channel g · channels.",
      answer: (x, filter, groups) => concat(parts(x, filter, groups, { channel: () => 0 }), 3),
    },
    {
      says: "Every group uses the first block of filters. Those of group g begin at g · filters / groups.",
      answer: (x, filter, groups) => concat(parts(x, filter, groups, { filter: () => 0 }), 3),
    },
    {
      says: "Your groups take channels that stand apart: 0, 2, 4 and 1, 3, 5. A group is a block of channels that stand together.",
      answer: (x, filter, groups) => {
        const channels = filter.shape[2];
        const dealt = Array.from({ length: channels * groups }, (_, i) =>
          x.channel((i % channels) * groups + Math.floor(i / channels)),
        );
        return solution.groupedConv(concat(dealt, 3), filter, groups);
      },
    },
    {
      says: "The outputs of the groups are interleaved: first the first filter of each group, then the second. All filters of group 0 come first.",
      answer: (x, filter, groups) => {
        const list = parts(x, filter, groups, {});
        const each = list[0].shape[3];
        const order = Array.from({ length: each * groups }, (_, i) =>
          list[i % groups].channel(Math.floor(i / groups)),
        );
        return concat(order, 3);
      },
    },
    {
      says: "The results of the groups are added. They are maps of their own: put them one after the other with concat(parts, 3).",
      answer: (x, filter, groups) =>
        parts(x, filter, groups, {}).reduce((sum, part) =>
          sum.map((value, i) => value + part.data[i]),
        ),
    },
    {
      says: "The results stand one after the other along the batch axis. The channels are axis 3.",
      answer: (x, filter, groups) => concat(parts(x, filter, groups, {}), 0),
    },
    {
      says: "The groups come out in the wrong order, the last first.",
      answer: (x, filter, groups) => concat(parts(x, filter, groups, {}).reverse(), 3),
    },
    {
      says: "Only the first image of the batch is convolved. The first axis of x counts images.",
      answer: (x, filter, groups) => solution.groupedConv(x.image(0), filter, groups),
    },
    {
      says: "Your filters are dealt out in turn: filter k sees the channels of group k % groups. The filters of a group are a block too: those of group g begin at g · filters / groups.",
      answer: (x, filter, groups) => {
        const order = dealt(filter.shape[3], groups);
        const y = solution.groupedConv(x, ofOrder(filter, order), groups);
        return ofOrder(
          y,
          order.map((_, k) => order.indexOf(k)),
        );
      },
    },
    {
      says: "Group g is given the filters g, g + groups, and so on. The filters of a group stand together: those of group g begin at g · filters / groups.",
      answer: (x, filter, groups) =>
        solution.groupedConv(x, ofOrder(filter, dealt(filter.shape[3], groups)), groups),
    },
    {
      says: "Every group is convolved with all filters. Each filter belongs to one group, so that `filters` maps come out in all.",
      answer: (x, filter, groups) =>
        solution.groupedConv(
          x,
          concat(
            Array.from({ length: groups }, () => filter),
            3,
          ),
          groups,
        ),
    },
    {
      says: "Each group has a single filter here. It has filters / groups of them.",
      answer: (x, filter, groups) => {
        const each = filter.shape[3] / groups;
        return ofOrder(
          solution.groupedConv(x, ofOrder(filter, firsts(filter.shape[3], groups)), groups),
          Array.from({ length: groups }, (_, g) => g * each),
        );
      },
    },
  ],
});

/** The groups one by one, with a choice of where their channels and filters begin. */
function parts(
  x: Tensor,
  filter: Tensor,
  groups: number,
  begin: { channel?: (g: number) => number; filter?: (g: number) => number },
): Tensor[] {
  const [kernelHeight, kernelWidth, channels, filters] = filter.shape;
  const [m, height, width] = x.shape;
  const each = filters / groups;
  return Array.from({ length: groups }, (_, g) => {
    const from = begin.channel?.(g) ?? g * channels;
    const first = begin.filter?.(g) ?? g * each;
    return conv2d(
      x.slice([0, 0, 0, from], [m, height, width, channels]),
      filter.slice([0, 0, 0, first], [kernelHeight, kernelWidth, channels, each]),
    );
  });
}

function groupTest(
  what: string,
  shape: number[],
  kernel: [number, number],
  filters: number,
  groups: number,
): ExerciseTest<GroupedConv> {
  return {
    title: `groupedConv(x, filter, ${groups}) ${what}`,
    async run(groupedConv, { random }) {
      const x = randomIntegers(shape, -4, 4, random);
      const filter = randomIntegers([...kernel, shape[3] / groups, filters], -4, 4, random);
      const expected = conv2d(x, filter, { groups });
      expectTensor(await groupedConv(x, filter, groups), expected, {
        of: `groupedConv(x, filter, ${groups}), x of [${shape.join(", ")}], ${filters} filters`,
      });
    },
  };
}

/** The last axis in another order, or a part of it. */
function ofOrder(x: Tensor, order: readonly number[]): Tensor {
  return concat(
    order.map((c) => x.channel(c)),
    3,
  );
}

/** Filters dealt to the groups in turn, group by group: 0, 2, 4, 1, 3, 5. */
function dealt(filters: number, groups: number): number[] {
  const each = filters / groups;
  return Array.from({ length: filters }, (_, k) => (k % each) * groups + Math.floor(k / each));
}

/** Filter g at the first index of group g: 0, _, _, 1, _, _. */
function firsts(filters: number, groups: number): number[] {
  return Array.from({ length: filters }, (_, k) => Math.floor(k / (filters / groups)));
}
