import {
  zeros,
  flipFilter,
  exercise,
  type ExerciseTest,
  expectTensor,
  filterOf,
  fromFunction,
  randomIntegers,
  type Tensor,
} from "convbook";
import { orZero } from "../../shared/orZero";
import * as solution from "../solution";

type DilateFilter = typeof solution.dilateFilter;

export const dilateFilter = exercise({
  id: "07.dilateFilter",
  title: "A filter with holes",
  minutes: 8,
  task:
    "Write `dilateFilter(filter, d)`: the filter with holes, whose neighbouring weights are d apart " +
    "along rows and along columns. There are zeros between the weights only, none around them. " +
    "`filter` is [height, width, channels, filters].",
  example: `
dilateFilter(filterOf([[1, 2], [3, 4], [5, 6]]), 2)
// → [[1, 0, 2],
//    [0, 0, 0],
//    [3, 0, 4],
//    [0, 0, 0],
//    [5, 0, 6]]`,
  starter: `
function dilateFilter(filter: Tensor, d: number): Tensor {
  const [height, width, channels, filters] = filter.shape;
  return yourCode();
}`,
  solution: solution.dilateFilter,
  tests: [
    {
      title: "dilateFilter([[1, 2], [3, 4]], 2) is [[1, 0, 2], [0, 0, 0], [3, 0, 4]]",
      async run(dilateFilter) {
        const expected = filterOf([
          [1, 0, 2],
          [0, 0, 0],
          [3, 0, 4],
        ]);
        const square = filterOf([
          [1, 2],
          [3, 4],
        ]);
        expectTensor(await dilateFilter(square, 2), expected, {
          of: "dilateFilter([[1, 2], [3, 4]], 2)",
        });
      },
    },
    dilationTest("changes nothing", [3, 3, 2, 2], 1),
    dilationTest("on a filter that is not square", [2, 4, 1, 1], 3),
    dilationTest("on two channels and three filters", [3, 2, 2, 3], 2),
    dilationTest("leaves a single weight alone", [1, 1, 2, 2], 4),
  ],
  hints: [
    "How many zeros are between two weights? And how many gaps are there in a row of `width` weights: width, or one fewer?",
    "The size is d · (height - 1) + 1 by d · (width - 1) + 1. Where does the weight of row u and column v go?",
    "Start with zeros([d * (height - 1) + 1, d * (width - 1) + 1, channels, filters]); in loops over u, v, k and c: set(filter.get(u, v, k, c), u * d, v * d, k, c).",
  ],
  wrongAnswers: [
    {
      says: "There are d zeros between neighbouring weights: with d = 2 they are three positions apart. Two positions apart means one zero between them.",
      answer: (filter, d) => solution.dilateFilter(filter, d + 1),
    },
    {
      says: "Zeros follow the last weight too: d · height rows and d · width columns. Zeros belong between the weights only, which is one gap fewer.",
      answer: (filter, d) => spread(filter, [d, d], [d - 1, d - 1]),
    },
    {
      says: "Only the rows are spread. The columns move apart as well.",
      answer: (filter, d) => spread(filter, [d, 1], [0, 0]),
    },
    {
      says: "Only the columns are spread. The rows move apart as well.",
      answer: (filter, d) => spread(filter, [1, d], [0, 0]),
    },
    {
      says: "Each weight is copied into the gap after it. Between the weights stand zeros: those pixels are skipped.",
      answer: (filter, d) => {
        const [height, width, channels, filters] = filter.shape;
        const shape = [d * (height - 1) + 1, d * (width - 1) + 1, channels, filters];
        return fromFunction(shape, (row, column, k, c) =>
          filter.get(Math.floor(row / d), Math.floor(column / d), k, c),
        );
      },
    },
    {
      says: "The size is right, but the weights stand together in the corner. The one of row u and column v belongs at (u · d, v · d).",
      answer: (filter, d) => {
        const [height, width, channels, filters] = filter.shape;
        const shape = [d * (height - 1) + 1, d * (width - 1) + 1, channels, filters];
        return fromFunction(shape, (...index) => orZero(filter, ...index));
      },
    },
    {
      says: "Only the first filter has its weights. The last axis counts the filters.",
      answer: (filter, d) =>
        solution.dilateFilter(filter, d).map((value, i) => (i % filter.shape[3] === 0 ? value : 0)),
    },
    {
      says: "Only the first channel has its weights. The third axis counts the channels.",
      answer: (filter, d) => {
        const dilated = solution.dilateFilter(filter, d);
        return fromFunction(dilated.shape, (row, column, k, c) =>
          k === 0 ? dilated.get(row, column, k, c) : 0,
        );
      },
    },
    {
      says: "The filter is turned by 180°, its last weight first. Dilation moves the weights apart and leaves their order.",
      answer: (filter, d) => flipFilter(solution.dilateFilter(filter, d)),
    },
    {
      says: "Rows and columns have changed places: the weight of row u and column v belongs at (u · d, v · d).",
      answer: (filter, d) => solution.dilateFilter(filter, d).transpose([1, 0, 2, 3]),
    },
    {
      says: "A weight is 0 in your filter only where its row and its column both fall into a gap. One of them is enough.",
      answer: (filter, d) =>
        fromFunction(solution.dilateFilter(filter, d).shape, (row, column, k, c) =>
          row % d && column % d ? 0 : filter.get(Math.floor(row / d), Math.floor(column / d), k, c),
        ),
    },
    {
      says: "The weights stand 2 apart, whatever d is.",
      answer: (filter) => solution.dilateFilter(filter, 2),
    },
    {
      says: "The result is as wide as it is high: the filter's own width is filter.shape[1].",
      answer: (filter, d) => {
        const [height, width, channels, filters] = filter.shape;
        const side = d * (height - 1) + 1;
        const dilated = zeros([side, side, channels, filters]);
        for (let u = 0; u < height; u++)
          for (let v = 0; v < width; v++)
            for (let k = 0; k < channels; k++)
              for (let c = 0; c < filters; c++)
                dilated.set(filter.get(u, v, k, c), u * d, v * d, k, c);
        return dilated;
      },
    },
  ],
});

/** The filter with its rows and columns some places apart, and a border after the last. */
function spread(filter: Tensor, apart: [number, number], after: [number, number]): Tensor {
  const [height, width, channels, filters] = filter.shape;
  const size = (n: number, axis: 0 | 1): number => apart[axis] * (n - 1) + 1 + after[axis];
  return fromFunction([size(height, 0), size(width, 1), channels, filters], (row, column, k, c) =>
    orZero(filter, row / apart[0], column / apart[1], k, c),
  );
}

function dilationTest(what: string, shape: number[], d: number): ExerciseTest<DilateFilter> {
  return {
    title: `dilateFilter(filter, ${d}) ${what}`,
    async run(dilateFilter, { random }) {
      const filter = randomIntegers(shape, 1, 9, random);
      expectTensor(await dilateFilter(filter, d), solution.dilateFilter(filter, d), {
        of: `dilateFilter(filter, ${d}), a filter of [${shape.join(", ")}]`,
      });
    },
  };
}
