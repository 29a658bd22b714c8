import {
  type ComputedFrom,
  exercise,
  expectTensor,
  fromFunction,
  randomIntegers,
  type Tensor,
} from "convbook";
import { placed } from "../../shared/placed";
import * as solution from "../solution";

export const sobelMagnitude = exercise({
  id: "01.sobelMagnitude",
  title: "How steep, in any direction",
  minutes: 7,
  task: "Write `sobelMagnitude(x)`: the length of the gradient (gx, gy) at each position of a grey picture x, [h, w]. Sobel's filter gives gx, its transpose gives gy. The result has the shape [h − 2, w − 2].",
  example: `
sobelMagnitude(tensor([[0, 4, 0], [3, 0, 0], [0, 0, 0]])) // → 10`,
  starter: `
function sobelMagnitude(x: Tensor): Tensor {
  // gx:  1 0 -1      gy:  1  2  1      both by your correlate2d
  //      2 0 -2           0  0  0
  //      1 0 -1          -1 -2 -1
  return yourCode();
}`,
  solution: solution.sobelMagnitude,
  tests: [
    {
      title: "sobelMagnitude(x) of an upright edge from 9 to 0 is 36: there gy is 0",
      async run(sobelMagnitude, { random }) {
        const x = fromFunction([4, 4], (_, column) => (column < 2 ? 9 : 0)); // [h, w]
        expectMagnitude(await sobelMagnitude(x), x);
        const bars = randomIntegers([1, 9], 0, 9, random);
        const upright = fromFunction([5, 9], (_, column) => bars.get(0, column));
        expectMagnitude(await sobelMagnitude(upright), upright);
      },
    },
    {
      title: "sobelMagnitude(x) of a level edge from 9 to 0 is 36 too: there gx is 0",
      async run(sobelMagnitude, { random }) {
        const x = fromFunction([4, 5], (row) => (row < 2 ? 9 : 0)); // [h, w]
        expectMagnitude(await sobelMagnitude(x), x);
        const bars = randomIntegers([9, 1], 0, 9, random);
        const level = fromFunction([9, 5], (row) => bars.get(row, 0));
        expectMagnitude(await sobelMagnitude(level), level);
      },
    },
    {
      title: "sobelMagnitude(x) of a plane that rises 3 to the right and 4 downwards is 8 · 5",
      async run(sobelMagnitude, { random }) {
        const x = fromFunction([4, 5], (row, column) => 3 * column + 4 * row); // [h, w]
        expectMagnitude(await sobelMagnitude(x), x);
        const [right, bend] = [random.integer(2, 9), random.integer(1, 4)];
        const bent = fromFunction([5, 4], (row, column) => right * column + bend * row * column);
        expectMagnitude(await sobelMagnitude(bent), bent);
      },
    },
    {
      title: "sobelMagnitude(x) of a random 6 x 8 picture",
      async run(sobelMagnitude, { random }) {
        const x = randomIntegers([6, 8], 0, 255, random); // [h, w]
        expectMagnitude(await sobelMagnitude(x), x);
      },
    },
  ],
  hints: [
    "gx and gy at one position are the legs of a right-angled triangle. How long is its third side?",
    "Make both filters as tensors, tensor([[1, 0, -1], [2, 0, -2], [1, 0, -1]]), and slide each of them over x. Two pictures of the same size: now combine them value by value.",
    "const gx = correlate2d(x, filterX), gy likewise; then return zip(gx, gy, Math.hypot), or gx.map((value, i) => Math.hypot(value, gy.data[i])).",
  ],
  wrongAnswers: [
    {
      says: "This is the square of the length: the root is missing. For 3 and 4 you give 25 · 64, not 5 · 8.",
      answer: (x) => magnitude(x, (gx, gy) => gx ** 2 + gy ** 2),
    },
    {
      says: "You used ^ for squares. In TypeScript ^ is an exclusive or of bits; a square is gx ** 2 or gx * gx.",
      answer: (x) => magnitude(x, (gx, gy) => Math.sqrt((gx ^ 2) + (gy ^ 2))),
    },
    {
      says: "You used ^ for squares. In TypeScript ^ is an exclusive or of bits (and + comes before it); a square is gx ** 2 or gx * gx.",
      answer: (x) => magnitude(x, (gx, gy) => Math.sqrt(gx ^ (2 + gy) ^ 2)),
    },
    {
      says: "This is |gx| + |gy|. It is cheap and often used, but it favours slanted edges: for 3 and 4 it gives 7 where the length is 5.",
      answer: (x) => magnitude(x, (gx, gy) => Math.abs(gx) + Math.abs(gy)),
    },
    {
      says: "This is the larger of |gx| and |gy|. Both legs count: take the length of (gx, gy).",
      answer: (x) => magnitude(x, (gx, gy) => Math.max(Math.abs(gx), Math.abs(gy))),
    },
    {
      says: "This is gx + gy: where one is positive and the other negative they cancel, and the edge is lost. A length has no sign.",
      answer: (x) => magnitude(x, (gx, gy) => gx + gy),
    },
    {
      says: "This is |gx| alone. It does not see level edges.",
      answer: (x) => magnitude(x, (gx) => Math.abs(gx)),
    },
    {
      says: "This is |gy| alone. It does not see upright edges.",
      answer: (x) => magnitude(x, (_, gy) => Math.abs(gy)),
    },
    {
      says: "This is the direction of the gradient, an angle. Its length is asked for.",
      answer: (x) => magnitude(x, (gx, gy) => Math.atan2(gy, gx)),
    },
    {
      says: "These are Prewitt's weights, 1 1 1. In Sobel's filter the middle row counts double: 1 2 1.",
      answer: (x) => magnitude(x, Math.hypot, [1, 1, 1]),
    },
    {
      says: "The result is divided by 8. That gives the slope per pixel, a good idea; but here the filters are applied as they stand.",
      answer: (x) => magnitude(x, (gx, gy) => Math.hypot(gx, gy) / 8),
    },
    {
      says: "Your result is as large as the picture, with zeros around. Without padding it is smaller by two rows and two columns.",
      answer: (x) => placed(solution.sobelMagnitude(x), x.shape, [1, 1]),
    },
  ],
});

function expectMagnitude(actual: Tensor, x: Tensor): void {
  const [gx, gy] = [magnitude(x, (gx) => gx), magnitude(x, (_, gy) => gy)];
  expectTensor(actual, solution.sobelMagnitude(x), {
    of: "sobelMagnitude(x)",
    window: ([i, j]): ComputedFrom => ({
      patch: x.slice([i, j], [3, 3]),
      caption: `gx = ${gx.get(i, j)}, gy = ${gy.get(i, j)}, length`,
    }),
  });
}

function magnitude(
  x: Tensor,
  combine: (gx: number, gy: number) => number,
  along: number[] = [1, 2, 1],
): Tensor {
  const across = fromFunction([3, 3], (a, b) => along[a] * (1 - b));
  const gx = solution.correlate2d(x, across);
  const gy = solution.correlate2d(x, across.transpose([1, 0]));
  return gx.map((value, i) => combine(value, gy.data[i]));
}
