import {
  dense,
  exercise,
  type ExerciseTest,
  expectTensor,
  fromFunction,
  globalAveragePool,
  pool2d,
  type Random,
  randomIntegers,
  randomNormal,
  relu,
  sigmoid,
  softmax,
  type Tensor,
} from "convbook";
import { only } from "../../shared/only";
import * as solution from "../solution";

type SeBlock = typeof solution.seBlock;
type Weights = Parameters<SeBlock>[1];

export const seBlock = exercise({
  id: "20.seBlock",
  title: "Squeeze, excite, scale",
  minutes: 12,
  task:
    "Write `seBlock(x, weights)`: squeeze each map of the images x, [m, h, w, c], to its mean; make of " +
    "these numbers, by a dense layer (`w1`, `b1`) and a ReLU, then a dense layer (`w2`, `b2`) and a " +
    "sigmoid, one number for each map; and multiply each map by its number.",
  example: `
const x = tensor([2, 10, 4, 30], [1, 1, 2, 2]); // two channels, with the means 3 and 20
const weights = {
  w1: tensor([[1], [0]]), b1: tensor([1]), // c / r = 1 number between the two layers: 4
  w2: tensor([[-25, 25]]), b2: tensor([100, 0]), // 0 and 100, of which the sigmoid makes 0.5 and 1
};
seBlock(x, weights)
// → [[1, 10],
//    [2, 30]]`,
  starter: `
function seBlock(
  x: Tensor,
  weights: { w1: Tensor; b1: Tensor; w2: Tensor; b2: Tensor },
): Tensor {
  // x is [m, h, w, c], w1 [c, c / r], b1 [c / r], w2 [c / r, c], b2 [c]. At hand:
  // globalAveragePool(x), dense(x, w, { bias: b }), relu, sigmoid, fromFunction.
  return yourCode();
}`,
  solution: solution.seBlock,
  tests: [
    {
      title: "seBlock(x, weights) leaves half of everything when all weights are 0",
      async run(seBlock, { random }) {
        const x = randomIntegers([1, 2, 2, 4], 1, 9, random);
        const nothing = mapped(randomWeights(4, 2, random), () => 0);
        expectTensor(await seBlock(x, nothing), solution.seBlock(x, nothing), {
          of: "seBlock(x, weights)",
        });
      },
    },
    {
      title: "seBlock(x, weights) with nothing but biases scales each map by one number",
      async run(seBlock, { random }) {
        const x = randomIntegers([1, 2, 3, 4], 1, 9, random);
        const { b2, ...rest } = randomWeights(4, 2, random);
        const weights = { ...mapped({ ...rest, b2 }, () => 0), b2 };
        expectTensor(await seBlock(x, weights), solution.seBlock(x, weights), {
          of: "seBlock(x, weights)",
        });
      },
    },
    blockTest("of one image of 6 channels", [1, 3, 4, 6], 3),
    blockTest("of three images, each with scales of its own", [3, 5, 4, 8], 2),
  ],
  hints: [
    "Follow the shapes: [m, h, w, c] is squeezed to [m, c], goes through [m, c / r] back to [m, c]. Which function of the starter takes which of these steps?",
    "const scale = sigmoid(dense(relu(dense(squeezed, w1, { bias: b1 })), w2, { bias: b2 })); has shape [m, c]. Which of its numbers belongs to the value of x at [i, row, column, c]?",
    "fromFunction(x.shape, (i, row, column, c) => x.get(i, row, column, c) * scale.get(i, c))",
  ],
  wrongAnswers: [
    {
      says: "You add the scales to the maps. They are a volume control: each map is multiplied by its number.",
      answer: (x, weights) => applied(x, scaleOf(x, weights), (value, s) => value + s),
    },
    {
      says: "The sigmoid at the end is missing: your scales are not between 0 and 1.",
      answer: (x, weights) => applied(x, scaleOf(x, weights, { gate: (y) => y })),
    },
    {
      says: "There is no ReLU between the two dense layers. Without it, they are one dense layer.",
      answer: (x, weights) => applied(x, scaleOf(x, weights, { between: (y) => y })),
    },
    {
      says: "ReLU and sigmoid have changed places: ReLU belongs between the dense layers, the sigmoid after them.",
      answer: (x, weights) => applied(x, scaleOf(x, weights, { between: sigmoid, gate: relu })),
    },
    {
      says: "You used a softmax. It lets one channel rise at the cost of the others; with a sigmoid, all may be open at once.",
      answer: (x, weights) => applied(x, scaleOf(x, weights, { gate: softmax })),
    },
    {
      says: "The biases are missing.",
      answer: (x, { w1, b1, w2, b2 }) =>
        solution.seBlock(x, { w1, b1: zero(b1), w2, b2: zero(b2) }),
    },
    {
      says: "You squeeze to the largest value of each map. Take the mean.",
      answer: (x, weights) => applied(x, scaleOf(x, weights, { squeeze: largest })),
    },
    {
      says: "You squeeze to the sum of each map. The mean does not grow with the picture.",
      answer: (x, weights) =>
        applied(
          x,
          scaleOf(x, weights, {
            squeeze: (y) => globalAveragePool(y).map((mean) => mean * y.shape[1] * y.shape[2]),
          }),
        ),
    },
    {
      says: "All images get the scales of the first one. Each image has means of its own, and so scales of its own.",
      answer: (x, weights) => {
        const scale = scaleOf(x, weights);
        const first = fromFunction(scale.shape, (_, c) => scale.get(0, c));
        return applied(x, first);
      },
    },
    {
      says: "Only the first channel is scaled.",
      answer: (x, weights) => {
        const scaled = only(solution.seBlock(x, weights), 3, 0);
        return fromFunction(x.shape, (i, row, column, c) =>
          (c === 0 ? scaled : x).get(i, row, column, c),
        );
      },
    },
    {
      says: "These are the scales, [m, c]. The block gives back the maps, each multiplied by its scale.",
      answer: (x, weights) => scaleOf(x, weights),
    },
  ],
});

function blockTest(what: string, shape: number[], r: number): ExerciseTest<SeBlock> {
  return {
    title: `seBlock(x, weights) ${what}`,
    async run(seBlock, { random }) {
      const x = randomNormal(shape, random);
      const weights = randomWeights(shape[3], r, random);
      expectTensor(await seBlock(x, weights), solution.seBlock(x, weights), {
        of: `seBlock(x, weights) of x [${shape.join(", ")}]`,
      });
    },
  };
}

function randomWeights(channels: number, r: number, random: Random): Weights {
  const narrow = channels / r;
  return {
    w1: randomNormal([channels, narrow], random),
    // The first unit is put out by ReLU whatever comes; the others mostly not.
    b1: randomNormal([narrow], random).map((value, i) => value + (i === 0 ? -9 : 2)),
    w2: randomNormal([narrow, channels], random),
    b2: randomNormal([channels], random),
  };
}

function mapped({ w1, b1, w2, b2 }: Weights, f: () => number): Weights {
  return { w1: w1.map(f), b1: b1.map(f), w2: w2.map(f), b2: b2.map(f) };
}

const zero = (x: Tensor): Tensor => x.map(() => 0);

interface Steps {
  squeeze?: (x: Tensor) => Tensor;
  between?: (x: Tensor) => Tensor;
  gate?: (x: Tensor) => Tensor;
}

function scaleOf(
  x: Tensor,
  { w1, b1, w2, b2 }: Weights,
  { squeeze = globalAveragePool, between = relu, gate = sigmoid }: Steps = {},
): Tensor {
  return gate(dense(between(dense(squeeze(x), w1, { bias: b1 })), w2, { bias: b2 }));
}

/** The largest value of each map, [m, c]. */
function largest(x: Tensor): Tensor {
  const [m, height, width, channels] = x.shape;
  return pool2d(x, { mode: "max", size: [height, width] }).reshape([m, channels]);
}

function applied(
  x: Tensor,
  scale: Tensor,
  use: (value: number, s: number) => number = (value, s) => value * s,
): Tensor {
  return fromFunction(x.shape, (i, row, column, c) =>
    use(x.get(i, row, column, c), scale.get(i, c)),
  );
}
