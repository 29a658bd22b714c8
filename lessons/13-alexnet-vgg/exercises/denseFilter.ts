import {
  exercise,
  expectTensor,
  fromFunction,
  type Random,
  randomIntegers,
  type Tensor,
} from "convbook";
import * as solution from "../solution";

export const denseFilter = exercise({
  id: "13.denseFilter",
  title: "A dense layer as a convolution",
  minutes: 8,
  task:
    "Write `denseFilter(matrix, maps)`. Maps of the shape `maps`, [h, w, c], are flattened row by row and " +
    "pixel by pixel, channels last, and go into a dense layer with `matrix`, [h·w·c, units]. Return the " +
    "filters of a convolution that computes the same from the maps as they are.",
  example: `
denseFilter(tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [12, 1]), [2, 3, 2])
// → [[[1, 2], [3, 4], [5, 6]],
//    [[7, 8], [9, 10], [11, 12]]]`,
  starter: `
function denseFilter(matrix: Tensor, maps: number[]): Tensor {
  // [h·w·c, units] → [h, w, c, units]
  return yourCode();
}`,
  solution: solution.denseFilter,
  tests: [
    {
      title: "denseFilter(matrix, [2, 3, 2]) for three units",
      async run(denseFilter, { random }) {
        await expectFilter(denseFilter, [2, 3, 2], 3, random);
      },
    },
    {
      title: "denseFilter(matrix, [1, 1, c]), a layer on one pixel",
      async run(denseFilter, { random }) {
        await expectFilter(denseFilter, [1, 1, random.integer(4, 7)], 3, random);
      },
    },
    {
      title: "denseFilter(matrix, maps) for four random layers",
      points: 2,
      async run(denseFilter, { random }) {
        for (let trial = 0; trial < 4; trial++) {
          const maps = [random.integer(2, 3), random.integer(4, 6), random.integer(7, 8)];
          await expectFilter(denseFilter, maps, random.integer(9, 12), random);
        }
      },
    },
  ],
  hints: [
    "Which row of the matrix belongs to the value at row y, column x and channel c of the maps?",
    "It is row (y · w + x) · c' + c, with c' channels. In what order do the numbers of a tensor of shape [h, w, c', units] lie?",
    "The order is the same: matrix.reshape([h, w, c, units]).",
  ],
  wrongAnswers: [
    {
      says: "The units come first in your filters. Ours have them last: [h, w, c, units].",
      answer: (matrix, [h, w, c]) => matrix.transpose([1, 0]).reshape([matrix.shape[1], h, w, c]),
    },
    {
      says: "You took the maps as if they were flattened channel by channel, as PyTorch does. Here the channels come last.",
      answer: (matrix, [h, w, c]) =>
        matrix.reshape([c, h, w, matrix.shape[1]]).transpose([1, 2, 0, 3]),
    },
    {
      says: "Height and width have changed places in the order of the rows.",
      answer: (matrix, [h, w, c]) =>
        matrix.reshape([w, h, c, matrix.shape[1]]).transpose([1, 0, 2, 3]),
    },
    {
      says: "Your filters are turned upside down and left to right. A layer does not turn its filter: it slides it as it is.",
      answer: (matrix, maps) => {
        const filter = solution.denseFilter(matrix, maps);
        const [h, w] = maps;
        return fromFunction(filter.shape, (y, x, c, k) => filter.get(h - 1 - y, w - 1 - x, c, k));
      },
    },
    {
      says: "You have a 1x1 convolution on h·w·c channels. It computes the same from the flattened maps; the task is one that reads the maps as they are.",
      answer: (matrix) => matrix.reshape([1, 1, ...matrix.shape]),
    },
    {
      says: "The numbers are in another order: you filled the filters from the transposed matrix. A reshape keeps the order in which the numbers lie.",
      answer: (matrix, [h, w, c]) => matrix.transpose([1, 0]).reshape([h, w, c, matrix.shape[1]]),
    },
  ],
});

async function expectFilter(
  answer: (matrix: Tensor, maps: number[]) => Tensor | Promise<Tensor>,
  maps: number[],
  units: number,
  random: Random,
): Promise<void> {
  const [h, w, c] = maps;
  const matrix = randomIntegers([h * w * c, units], 1, 99, random);
  const of = `denseFilter(matrix, [${maps.join(", ")}])`;
  expectTensor(await answer(matrix, maps), solution.denseFilter(matrix, maps), { of });
}
