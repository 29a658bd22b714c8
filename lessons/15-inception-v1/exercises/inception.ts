import {
  exercise,
  type ExerciseTest,
  layers,
  type Module,
  type Network,
  network,
  type Random,
} from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type Inception = typeof solution.inception;

const { averagePool, branches, conv, maxPool, relu, sequential } = layers;

const around = maxPool({ size: 3, stride: 1, padding: 1 });

export const inception = exercise({
  id: "15.inception",
  title: "The Inception module",
  minutes: 15,
  task:
    "Write `inception(input, widths)`: four branches side by side, stacked in this order: a 1×1; a 3×3 " +
    "after its 1×1; a 5×5 after its 1×1; a 3×3 max pool with its 1×1 after it. `widths` are the six " +
    "numbers of filters. All keep height and width, and every convolution has a ReLU.",
  example: `
const net = inception([7, 5, 8], [2, 3, 4, 1, 5, 6]);
net.output.shape // → [7, 5, 17]
cost(net).params // → 350`,
  starter: `
function inception(input: number[], widths: number[]): Network {
  const { branches, conv, maxPool, relu, sequential } = layers;
  const [one, threeReduce, three, fiveReduce, five, pool] = widths;
  return yourCode(); // network("inception", input, ...)
}`,
  solution: solution.inception,
  tests: [
    buildsTest([5, 6, 4], [2, 3, 4, 1, 3, 2]),
    buildsTest([5, 5, 192], [64, 96, 128, 16, 32, 32], "module 3a of GoogLeNet on small maps"),
    {
      title: "inception(input, widths) for three random rows",
      async run(inception, { random }) {
        for (let trial = 0; trial < 3; trial++) {
          const input = [random.integer(5, 8), random.integer(9, 12), random.integer(8, 12)];
          const widths = [5, 3, 7, 2, 6, 4].map((width) => width + random.integer(0, 3));
          expectInception(await inception(input, widths), input, widths, random);
        }
      },
    },
  ],
  hints: [
    "Begin with a helper for what you need six times: a convolution with its ReLU. Which `padding` keeps height and width whatever the filter's size?",
    "branches(a, b, c, d) stacks what four modules make of the same input. sequential(a, b) makes one module of two. Which of the branches are sequences?",
    'const convRelu = (filters: number, kernelSize: number) => sequential(conv({ filters, kernelSize, padding: "same" }), relu()). The last branch is sequential(maxPool({ size: 3, stride: 1, padding: 1 }), convRelu(pool, 1)).',
  ],
  wrongAnswers: [
    {
      says: "There is no ReLU. Without one between them, a 1x1 and a 3x3 convolution make one linear map: what would be gained?",
      answer: module(({ three, five, one, pool }) => [
        linear(one, 1),
        sequential(linear(three[0], 1), linear(three[1], 3)),
        sequential(linear(five[0], 1), linear(five[1], 5)),
        sequential(around, linear(pool, 1)),
      ]),
    },
    {
      says: "The 1x1 convolutions that reduce have no ReLU. Every convolution has one, these too.",
      answer: module(({ three, five, one, pool }) => [
        brick(one, 1),
        sequential(linear(three[0], 1), brick(three[1], 3)),
        sequential(linear(five[0], 1), brick(five[1], 5)),
        sequential(around, brick(pool, 1)),
      ]),
    },
    {
      says: "This is the naive module with a reduced pool: the 3x3 and the 5x5 read the whole input. Put their 1x1 convolutions before them.",
      answer: module(({ three, five, one, pool }) => [
        brick(one, 1),
        brick(three[1], 3),
        brick(five[1], 5),
        sequential(around, brick(pool, 1)),
      ]),
    },
    {
      says: "The pool hands on all channels of the input. A 1x1 convolution after it makes `pool` of them.",
      answer: module(({ three, five, one }) => [
        brick(one, 1),
        sequential(brick(three[0], 1), brick(three[1], 3)),
        sequential(brick(five[0], 1), brick(five[1], 5)),
        around,
      ]),
    },
    {
      says: "In the last branch the 1x1 convolution stands before the pool. It costs the same, but computes something else: the pool should look at the input.",
      answer: module(({ three, five, one, pool }) => [
        brick(one, 1),
        sequential(brick(three[0], 1), brick(three[1], 3)),
        sequential(brick(five[0], 1), brick(five[1], 5)),
        sequential(brick(pool, 1), around),
      ]),
    },
    {
      says: "Your pool has no stride of its own, and then a pool strides by its size: its maps come out a third as large and cannot be stacked. maxPool({ size: 3, stride: 1, padding: 1 }) keeps the size.",
      answer: module(({ three, five, one, pool }) => [
        brick(one, 1),
        sequential(brick(three[0], 1), brick(three[1], 3)),
        sequential(brick(five[0], 1), brick(five[1], 5)),
        sequential(maxPool({ size: 3, padding: 1 }), brick(pool, 1)),
      ]),
    },
    {
      says: "Your pool has neither a stride of its own nor a border, so its maps come out a third as large and cannot be stacked. maxPool({ size: 3, stride: 1, padding: 1 }) keeps the size.",
      answer: module(({ three, five, one, pool }) => [
        brick(one, 1),
        sequential(brick(three[0], 1), brick(three[1], 3)),
        sequential(brick(five[0], 1), brick(five[1], 5)),
        sequential(maxPool({ size: 3 }), brick(pool, 1)),
      ]),
    },
    {
      says: "Your pool loses a pixel on each side, and its maps cannot be stacked with the others. It needs a border of one: padding: 1.",
      answer: module(({ three, five, one, pool }) => [
        brick(one, 1),
        sequential(brick(three[0], 1), brick(three[1], 3)),
        sequential(brick(five[0], 1), brick(five[1], 5)),
        sequential(maxPool({ size: 3, stride: 1 }), brick(pool, 1)),
      ]),
    },
    {
      says: "The last branch takes the average of each window. GoogLeNet takes the maximum.",
      answer: module(({ three, five, one, pool }) => [
        brick(one, 1),
        sequential(brick(three[0], 1), brick(three[1], 3)),
        sequential(brick(five[0], 1), brick(five[1], 5)),
        sequential(averagePool({ size: 3, stride: 1, padding: 1 }), brick(pool, 1)),
      ]),
    },
    {
      says: "Your 5x5 branch has 3x3 filters. (You are in good company: torchvision's GoogLeNet has them too, by a slip that its weights have made permanent.)",
      answer: module(({ three, five, one, pool }) => [
        brick(one, 1),
        sequential(brick(three[0], 1), brick(three[1], 3)),
        sequential(brick(five[0], 1), brick(five[1], 3)),
        sequential(around, brick(pool, 1)),
      ]),
    },
    {
      says: "Reduction and filters have changed places: the smaller number belongs to the 1x1 in front.",
      answer: (input, [one, threeReduce, three, fiveReduce, five, pool]) =>
        solution.inception(input, [one, three, threeReduce, five, fiveReduce, pool]),
    },
    {
      says: "The reductions stand after the 3x3 and the 5x5. There they save nothing: the large filters have read the whole input already.",
      answer: module(({ three, five, one, pool }) => [
        brick(one, 1),
        sequential(brick(three[0], 3), brick(three[1], 1)),
        sequential(brick(five[0], 5), brick(five[1], 1)),
        sequential(around, brick(pool, 1)),
      ]),
    },
    {
      says: "The branches stand in another order. The numbers are the same, but the next layer finds other channels where it expects the 1x1's: 1x1, 3x3, 5x5, pool.",
      answer: module(({ three, five, one, pool }) => [
        sequential(around, brick(pool, 1)),
        brick(one, 1),
        sequential(brick(three[0], 1), brick(three[1], 3)),
        sequential(brick(five[0], 1), brick(five[1], 5)),
      ]),
    },
    {
      says: "The four stand one after the other. Each branch reads the input itself: branches(a, b, c, d).",
      answer: (input, [one, threeReduce, three, fiveReduce, five, pool]) =>
        network(
          "in a row",
          input,
          brick(one, 1),
          brick(threeReduce, 1),
          brick(three, 3),
          brick(fiveReduce, 1),
          brick(five, 5),
          around,
          brick(pool, 1),
        ),
    },
  ],
});

interface Row {
  one: number;
  three: [reduce: number, filters: number];
  five: [reduce: number, filters: number];
  pool: number;
}

/** An answer with these branches. */
function module(branchesOf: (row: Row) => Module[]): Inception {
  return (input, [one, threeReduce, three, fiveReduce, five, pool]): Network => {
    const row: Row = { one, three: [threeReduce, three], five: [fiveReduce, five], pool };
    return network("inception", input, branches(...branchesOf(row)));
  };
}

function linear(filters: number, kernelSize: number): Module {
  return conv({ filters, kernelSize, padding: "same" });
}

function brick(filters: number, kernelSize: number): Module {
  return sequential(linear(filters, kernelSize), relu());
}

function buildsTest(
  input: number[],
  widths: number[],
  what = "a small one",
): ExerciseTest<Inception> {
  return {
    title: `inception([${input.join(", ")}], [${widths.join(", ")}]), ${what}`,
    async run(inception, { random }) {
      expectInception(await inception(input, widths), input, widths, random);
      const others = widths.map((width) => width + random.integer(1, 3));
      expectInception(await inception(input, others), input, others, random);
    },
  };
}

function expectInception(answer: unknown, input: number[], widths: number[], random: Random): void {
  const of = `inception([${input.join(", ")}], [${widths.join(", ")}])`;
  expectNetwork(answer, solution.inception(input, widths), { of, random });
}
