import { exercise, type ExerciseTest, layers, type Module, network, type Random } from "convbook";
import { expectNetwork } from "../../shared/expectNetwork";
import * as solution from "../solution";

type ReductionA = typeof solution.reductionA;

const { averagePool, batchNorm, branches, conv, maxPool, relu, sequential } = layers;

const norm = batchNorm({ epsilon: 1e-3 });
const brick = brickOf(false, norm, relu());

export const reductionA = exercise({
  id: "17.reductionA",
  title: "Reduction A, from 35×35 to 17×17",
  minutes: 12,
  task:
    "Write `reductionA(input, widths)`: three branches in this order: a 3×3 of n filters that halves; a " +
    "1×1 of k, a padded 3×3 of l and a 3×3 of m filters that halves; a 3×3 max pool that halves. `widths` " +
    "is [k, l, m, n]. What halves has stride 2 and no padding; every convolution has batch norm and a " +
    "ReLU after it.",
  example: `
const net = reductionA([9, 7, 8], [2, 3, 4, 5]);
net.output.shape // → [4, 3, 17]
cost(net).params // → 566`,
  starter: `
function reductionA(input: number[], widths: number[]): Network {
  const { batchNorm, branches, conv, maxPool, relu, sequential } = layers;
  const [k, l, m, n] = widths;
  // convolutions without bias; batchNorm({ epsilon: 1e-3 })
  return yourCode(); // network("reduction A", input, ...)
}`,
  solution: solution.reductionA,
  tests: [
    buildsTest([7, 9, 4], [2, 3, 4, 5], "a small one"),
    buildsTest([7, 7, 384], [192, 224, 256, 384], "that of Inception v4 on small maps"),
    {
      title: "reductionA(input, widths) for two random ones, of odd and even size",
      async run(reductionA, { random }) {
        for (const size of [11, 12]) {
          const input = [size, size + 2, random.integer(3, 6)];
          const widths = [2, 9, 16, 23].map((width) => width + random.integer(0, 6));
          expectReduction(await reductionA(input, widths), input, widths, random);
        }
      },
    },
  ],
  hints: [
    "Four convolutions differ in filters, size, stride and padding only. What would a helper look like that makes any of them, with its batch norm and ReLU?",
    'brick(filters, kernelSize, stride, padding) = sequential(conv({ ..., bias: false }), batchNorm({ epsilon: 1e-3 }), relu()). Which of the four have stride 2 and padding "valid"?',
    'branches(brick(n, 3, 2, "valid"), sequential(brick(k, 1, 1, "same"), brick(l, 3, 1, "same"), brick(m, 3, 2, "valid")), maxPool({ size: 3, stride: 2 })).',
  ],
  wrongAnswers: [
    {
      says: 'The halving layers are padded in your answer, so 35 rows become 18. With padding "valid" only whole windows count: 17.',
      answer: answer((w) => [
        brick(w.n, 3, 2, "same"),
        sequential(brick(w.k, 1), brick(w.l, 3), brick(w.m, 3, 2, "same")),
        maxPool({ size: 3, stride: 2, padding: "same" }),
      ]),
    },
    {
      says: "The second 3x3 of the long branch is not padded (or the branch loses two rows elsewhere), so its maps are smaller than the others. Only the halving layers go without padding.",
      answer: answer((w) => [
        brick(w.n, 3, 2, "valid"),
        sequential(brick(w.k, 1), brick(w.l, 3, 1, "valid"), brick(w.m, 3, 2, "valid")),
        maxPool({ size: 3, stride: 2 }),
      ]),
    },
    {
      says: "The long branch halves twice. Only its last convolution has a stride of 2.",
      answer: answer((w) => [
        brick(w.n, 3, 2, "valid"),
        sequential(brick(w.k, 1), brick(w.l, 3, 2, "valid"), brick(w.m, 3, 2, "valid")),
        maxPool({ size: 3, stride: 2 }),
      ]),
    },
    {
      says: "The widths stand in the order k, l, m for the long branch; the short one has n. You gave the short one k.",
      answer: answer((w) => [
        brick(w.k, 3, 2, "valid"),
        sequential(brick(w.l, 1), brick(w.m, 3), brick(w.n, 3, 2, "valid")),
        maxPool({ size: 3, stride: 2 }),
      ]),
    },
    {
      says: "Your convolutions have biases. After a convolution, batch norm subtracts the mean, and a bias with it: bias: false.",
      answer: answer((w) => rightBranches(w, brickOf(true, norm, relu()))),
    },
    {
      says: "There is no batch norm. Its gamma and beta are missing from the parameters.",
      answer: answer((w) => rightBranches(w, brickOf(false, relu()))),
    },
    {
      says: "ReLU stands before the batch norm. The order is convolution, batch norm, ReLU.",
      answer: answer((w) => rightBranches(w, brickOf(false, relu(), norm))),
    },
    {
      says: "The pool takes averages. A reduction takes the maximum.",
      answer: answer((w) => [...rightBranches(w).slice(0, 2), averagePool({ size: 3, stride: 2 })]),
    },
    {
      says: "The pool is missing: its maps, as many as come in, belong to the output.",
      answer: answer((w) => rightBranches(w).slice(0, 2)),
    },
    {
      says: "The branches stand in another order. Whoever loads trained weights, and the next layer, expect the 3x3, the long branch, the pool.",
      answer: answer((w) => {
        const [short, long, pool] = rightBranches(w);
        return [pool, short, long];
      }),
    },
  ],
});

type Padding = "same" | "valid";
type Widths = Record<"k" | "l" | "m" | "n", number>;

type Brick = (filters: number, kernelSize: number, stride?: number, padding?: Padding) => Module;

/** A convolution, with or without bias, and what stands behind it. */
function brickOf(bias: boolean, ...behind: Module[]): Brick {
  return (filters, kernelSize, stride = 1, padding = "same") =>
    sequential(conv({ filters, kernelSize, stride, padding, bias }), ...behind);
}

/** The branches in their right order, of right bricks or of others. */
function rightBranches(w: Widths, made = brick): Module[] {
  return [
    made(w.n, 3, 2, "valid"),
    sequential(made(w.k, 1), made(w.l, 3), made(w.m, 3, 2, "valid")),
    maxPool({ size: 3, stride: 2 }),
  ];
}

function answer(branchesOf: (widths: Widths) => Module[]): ReductionA {
  return (input, [k, l, m, n]) =>
    network("reduction A", input, branches(...branchesOf({ k, l, m, n })));
}

function buildsTest(input: number[], widths: number[], what: string): ExerciseTest<ReductionA> {
  return {
    title: `reductionA([${input.join(", ")}], [${widths.join(", ")}]), ${what}`,
    async run(reductionA, { random }) {
      expectReduction(await reductionA(input, widths), input, widths, random);
      const [small, others] = [[7, 8, 3], [1, 4, 7, 10].map((n) => n + random.integer(0, 2))];
      expectReduction(await reductionA(small, others), small, others, random);
    },
  };
}

function expectReduction(actual: unknown, input: number[], widths: number[], random: Random): void {
  const of = `reductionA([${input.join(", ")}], [${widths.join(", ")}])`;
  expectNetwork(actual, solution.reductionA(input, widths), { of, random });
}
