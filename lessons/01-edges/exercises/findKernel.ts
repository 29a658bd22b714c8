import {
  exercise,
  expectTensor,
  flipFilter,
  fromFunction,
  leastSquares,
  randomIntegers,
  type Tensor,
  zeros,
} from "convbook";
import { orZero } from "../../shared/orZero";
import * as solution from "../solution";
import { steep } from "./steep";

type FindKernel = typeof solution.findKernel;

export const findKernel = exercise({
  id: "01.findKernel",
  title: "Which kernel made this picture?",
  minutes: 15,
  task: "Somebody slid a kernel over the picture x, [h, w], and got y, [oh, ow]. Write `findKernel(x, y)`: that kernel, [kh, kw]. The function `leastSquares(a, b)` of the library solves linear equations.",
  example: `
// 1·2.5 + 2·0.5 = 3.5,  2·2.5 + 4·0.5 = 7,  4·2.5 + 3·0.5 = 11.5
findKernel(tensor([[1, 2, 4, 3]]), tensor([[3.5, 7, 11.5]])) // → [2.5, 0.5]`,
  starter: `
function findKernel(x: Tensor, y: Tensor): Tensor {
  // leastSquares(a, b): a has one equation a row, [equations, unknowns], b the right-hand sides,
  // [equations]; it returns the unknowns that fit best, [unknowns].
  return yourCode();
}`,
  solution: solution.findKernel,
  tests: [
    {
      title: "findKernel(x, y) when x is dark but for one bright pixel: the kernel lies open in y",
      async run(findKernel, { random }) {
        const x = zeros([7, 7]); // [h, w]
        x.set(2, 3, 3);
        await expectKernel(findKernel, x, steep([2, 3], random));
      },
    },
    {
      title: "findKernel(x, y) for a random picture and a kernel of 3 rows and 2 columns",
      points: 2,
      async run(findKernel, { random }) {
        await expectKernel(findKernel, randomIntegers([9, 8], 0, 9, random), steep([3, 2], random));
      },
    },
    {
      title: "findKernel(x, y) for a random picture and a kernel of 2 rows and 4 columns",
      async run(findKernel, { random }) {
        const x = randomIntegers([8, 10], 0, 9, random);
        await expectKernel(findKernel, x, steep([2, 4], random));
      },
    },
    {
      title: "findKernel(x, y) when y was rounded to whole numbers: all of it is needed",
      points: 2,
      async run(findKernel, { random }) {
        const x = randomIntegers([16, 16], 0, 255, random);
        const k = steep([3, 3], random).map((weight) => weight / 10 + random.uniform(-0.05, 0.05));
        const y = solution.correlate2d(x, k).map(Math.round);
        expectTensor(await findKernel(x, y), k, { of: "findKernel(x, y)", tolerance: 5e-3 });
      },
    },
    {
      title:
        "findKernel(x, y) of a picture that is dark above, or dark below: no equation is needless",
      async run(findKernel, { random }) {
        for (const from of [0, 9]) {
          const seen = randomIntegers([12, 7], 1, 99, random);
          const x = fromFunction([12, 7], (row, column) =>
            row >= from && row < from + 3 ? seen.get(row, column) : 0,
          );
          await expectKernel(findKernel, x, steep([3, 2], random));
        }
      },
    },
  ],
  hints: [
    "First the size. A picture of 9 rows became one of 7: how many rows had the kernel?",
    "Take the first value of y, and write down the sum it comes from. You know the pixels and the sum; what you do not know are the weights. What kind of equation is that, and how many of them do you have?",
    "So a has oh · ow rows, and in each stand the kh · kw pixels under the filter at that position, in the order of the weights: row by row. b is y as one long list, y.reshape([oh * ow]).",
    "fromFunction([oh * ow, kh * kw], (position, tap) => x.get(i + a, j + b)) with i = Math.floor(position / ow), j = position % ow, a = Math.floor(tap / kw), b = tap % kw. The answer of leastSquares is a list: .reshape([kh, kw]).",
  ],
  wrongAnswers: [
    {
      says: "The kernel comes out turned by half a circle. One bright pixel leaves the kernel in y upside down: it meets the kernel's last weight first.",
      answer: (x, y) => flipFilter(solution.findKernel(x, y)),
    },
    {
      says: "You copy what surrounds the brightest pixel. There the kernel stands turned by half a circle; and where other pixels shine too, their copies overlap.",
      answer: (x, y) => flipFilter(besideBrightest(x, y)),
    },
    {
      says: "You read the kernel beside the brightest pixel. That is right when all others are dark; otherwise their copies of the kernel overlap there. Use all values of y, as equations.",
      answer: besideBrightest,
    },
    {
      says: "Rows and columns of the kernel have changed places: the pixels of each equation stand column by column, the weights row by row.",
      answer: (x, y) => {
        const found = solution.findKernel(x, y);
        return found.transpose([1, 0]).reshape(found.shape);
      },
    },
    {
      says: "Your kernel is one row and one column too small. A filter with f rows leaves n - f + 1 rows of n: so f is n - out + 1.",
      answer: (x, y) => fitted(x, y, { smaller: 1 }),
    },
    {
      says: "You use as many equations as there are unknowns. That would do if y were exact; but rounding spoils it. leastSquares takes all equations, and the errors even out.",
      answer: (x, y) => fitted(x, y, { fewest: true }),
    },
    {
      says: "You correlate x with y: that weighs each pixel by what came out of it. It is the right-hand side of the equations, not yet their solution.",
      answer: (x, y) => solution.correlate2d(x, y),
    },
    {
      says: "You correlate x with y and divide by the number of positions. It is the right-hand side of the equations, not yet their solution.",
      answer: (x, y) => solution.correlate2d(x, y).map((value) => value / y.size),
    },
    {
      says: "You correlate x with y and divide by the sum of the squares of x. That would be right if neighbouring pixels had nothing to do with each other; leastSquares takes care of what they share.",
      answer: (x, y) => {
        const squares = x.map((value) => value ** 2).sum();
        return solution.correlate2d(x, y).map((value) => value / squares);
      },
    },
  ],
});

async function expectKernel(
  findKernel: (x: Tensor, y: Tensor) => Promise<Tensor>,
  x: Tensor,
  k: Tensor,
): Promise<void> {
  const y = solution.correlate2d(x, k); // [oh, ow]
  expectTensor(await findKernel(x, y), k, { of: "findKernel(x, y)", tolerance: 1e-3 });
}

function besideBrightest(x: Tensor, y: Tensor): Tensor {
  const [row, column] = x.argmax();
  const shape = x.shape.map((n, axis) => n - y.shape[axis] + 1);
  return fromFunction(shape, (a, b) => orZero(y, row - a, column - b) / x.get(row, column));
}

/** The kernel from the equations, with a mistake in their number. */
function fitted(
  x: Tensor,
  y: Tensor,
  { smaller = 0, fewest = false }: { smaller?: number; fewest?: boolean },
): ReturnType<FindKernel> {
  const [oh, ow] = y.shape;
  const [kh, kw] = [x.shape[0] - oh + 1 - smaller, x.shape[1] - ow + 1 - smaller];
  const equations = fewest ? kh * kw : oh * ow;
  const patches = fromFunction([equations, kh * kw], (position, tap) =>
    x.get(Math.floor(position / ow) + Math.floor(tap / kw), (position % ow) + (tap % kw)),
  );
  const values = y.reshape([oh * ow]).slice([0], [equations]);
  return leastSquares(patches, values).reshape([kh, kw]);
}
