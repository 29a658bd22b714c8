import {
  exercise,
  expectNumber,
  fromFunction,
  type Random,
  randomIntegers,
  tensor,
  type Tensor,
  zeros,
} from "convbook";
import * as solution from "../solution";

export const equivarianceError = exercise({
  id: "04.equivarianceError",
  title: "Does the map move with the picture?",
  minutes: 8,
  task: "A layer made `map` of a picture, and `movedMap` of the same picture moved down. Write `equivarianceError(map, movedMap, rows)`: the largest absolute difference between `map` moved down by `rows` (0 or more) and `movedMap`, over all positions where both have a value.",
  example: `
const map = tensor([[1, 2], [3, 4], [5, 6]]).reshape([1, 3, 2, 1]);
const movedMap = tensor([[0, 0], [1, 2], [3, 7]]).reshape([1, 3, 2, 1]);
equivarianceError(map, movedMap, 1) // → 3`,
  starter: `
function equivarianceError(map: Tensor, movedMap: Tensor, rows: number): number {
  const [m, height, width, channels] = map.shape; // [m, h, w, c], like movedMap
  return yourCode();
}`,
  solution: solution.equivarianceError,
  tests: [
    {
      title: "equivarianceError(map, movedMap, 1) is 0 when the map has moved down by one row",
      async run(equivarianceError) {
        const map = tensor([1, 2, 3, 4, 5, 6], [1, 3, 2, 1]); // [m, h, w, c]
        const movedMap = tensor([9, 9, 1, 2, 3, 4], [1, 3, 2, 1]);
        expectNumber(await equivarianceError(map, movedMap, 1), 0, {
          of: "equivarianceError([[1, 2], [3, 4], [5, 6]], [[9, 9], [1, 2], [3, 4]], 1)",
        });
      },
    },
    {
      title: "equivarianceError(map, movedMap, 1) is 5 when one value has become smaller by 5",
      async run(equivarianceError) {
        const map = tensor([1, 2, 3, 4, 5, 6], [1, 3, 2, 1]);
        const movedMap = tensor([9, 9, 1, 2, -2, 4], [1, 3, 2, 1]);
        expectNumber(await equivarianceError(map, movedMap, 1), 5, {
          of: "equivarianceError([[1, 2], [3, 4], [5, 6]], [[9, 9], [1, 2], [-2, 4]], 1)",
        });
      },
    },
    {
      title: "equivarianceError(map, movedMap, 2) of a convolution is 0",
      async run(equivarianceError, { random }) {
        const picture = randomIntegers([1, 9, 6, 1], 1, 9, random); // [m, h, w, c]
        const moved = movedDown(picture, 2, random);
        const w = randomIntegers([3, 3, 1, 2], -3, 3, random);
        const layer = (x: Tensor): Tensor =>
          solution.convForward(x, w, zeros([2]), { stride: 1, pad: 0 });
        expectNumber(await equivarianceError(layer(picture), layer(moved), 2), 0, {
          of: "equivarianceError(layer(picture), layer(moved), 2)",
        });
      },
    },
    {
      title:
        "equivarianceError(map, movedMap, rows) finds a difference in any corner, above or below",
      async run(equivarianceError, { random }) {
        const map = randomIntegers([2, 5, 4, 3], -9, 9, random);
        for (const rows of [0, 1, 3])
          for (const row of [rows, 4])
            for (const column of [0, 3])
              for (const by of [-40, 50]) {
                const movedMap = movedDown(map, rows, random);
                const at = [random.integer(0, 1), row, column, random.integer(0, 2)];
                movedMap.set(movedMap.get(...at) + by, ...at);
                expectNumber(await equivarianceError(map, movedMap, rows), Math.abs(by), {
                  of: `equivarianceError(map, movedMap, ${rows}), movedMap off by ${by} at [${at.join(", ")}],`,
                });
              }
      },
    },
    {
      title: "equivarianceError(map, movedMap, rows) of two unrelated batches, for rows 0 to 3",
      async run(equivarianceError, { random }) {
        const map = randomIntegers([2, 5, 3, 4], -99, 99, random);
        const movedMap = randomIntegers([2, 5, 3, 4], -99, 99, random);
        for (const image of [0, 1]) {
          movedMap.set(500, image, 4, 1, 2); // the largest difference, once in each image
          for (const rows of [0, 1, 2, 3]) {
            expectNumber(
              await equivarianceError(map, movedMap, rows),
              solution.equivarianceError(map, movedMap, rows),
              { of: `equivarianceError(map, movedMap, ${rows})` },
            );
          }
          movedMap.set(0, image, 4, 1, 2);
        }
      },
    },
  ],
  hints: [
    "The picture moved down by one row. What stood in row 0 of the map: in which row of movedMap is it to be found?",
    "Compare movedMap at row + rows with map at row. For which rows do both exist? What has come in at the top of movedMap has nothing to be compared with.",
    "Start with worst = 0. In four loops, with row + rows < height: worst = Math.max(worst, Math.abs(movedMap.get(i, row + rows, column, c) - map.get(i, row, column, c))).",
  ],
  wrongAnswers: [
    {
      says: "You compare the two maps in place, as if nothing had moved. That would measure invariance; here the map is expected to move by `rows`.",
      answer: (map, movedMap) => solution.equivarianceError(map, movedMap, 0),
    },
    {
      says: "You look in the wrong direction: the picture moved down, so what was at row 0 is now at row `rows`.",
      answer: (map, movedMap, rows) => solution.equivarianceError(movedMap, map, rows),
    },
    {
      says: "What falls out at the bottom comes in again at the top in your code. The new rows at the top show something that was not in the picture before: leave them out.",
      answer: (map, movedMap, rows) => {
        const height = map.shape[1];
        const rolled = fromFunction(map.shape, (i, row, column, c) =>
          map.get(i, (row - rows + height) % height, column, c),
        );
        return differences(rolled, movedMap, 0).map(Math.abs).max();
      },
    },
    {
      says: "The rows that came in at the top are compared with 0. They show something that the first map knows nothing of: leave them out.",
      answer: (map, movedMap, rows) => {
        const filled = fromFunction(map.shape, (i, row, column, c) =>
          row < rows ? 0 : map.get(i, row - rows, column, c),
        );
        return differences(filled, movedMap, 0).map(Math.abs).max();
      },
    },
    {
      says: "You take the largest difference without its sign: a value that is too small by 5 counts as better than one that is right. Math.abs makes both count.",
      answer: (map, movedMap, rows) => differences(map, movedMap, rows).max(),
    },
    {
      says: "Only the first channel is compared. Every map of the layer has to move.",
      answer: (map, movedMap, rows) =>
        solution.equivarianceError(map.channel(0), movedMap.channel(0), rows),
    },
    {
      says: "Only the first image of the batch is compared.",
      answer: (map, movedMap, rows) =>
        solution.equivarianceError(map.image(0), movedMap.image(0), rows),
    },
    {
      says: "You move the map to the right. `rows` is a number of rows: the second axis of [m, h, w, c].",
      answer: (map, movedMap, rows) =>
        solution.equivarianceError(
          map.transpose([0, 2, 1, 3]),
          movedMap.transpose([0, 2, 1, 3]),
          rows,
        ),
    },
    {
      says: "This is the mean of the differences. One wrong value among many hides in a mean; the question is for the largest.",
      answer: (map, movedMap, rows) => differences(map, movedMap, rows).map(Math.abs).mean(),
    },
  ],
});

/** The picture moved down; what comes in at the top is new. */
function movedDown(x: Tensor, rows: number, random: Random): Tensor {
  return fromFunction(x.shape, (i, row, column, c) =>
    row < rows ? random.integer(1, 9) : x.get(i, row - rows, column, c),
  );
}

/** Each value of movedMap less the value of map that stood `rows` above it. */
function differences(map: Tensor, movedMap: Tensor, rows: number): Tensor {
  const [m, height, width, channels] = map.shape;
  return fromFunction(
    [m, height - rows, width, channels],
    (i, row, column, c) => movedMap.get(i, row + rows, column, c) - map.get(i, row, column, c),
  );
}
