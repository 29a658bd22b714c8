import {
  type Tensor,
  fromFunction,
  exercise,
  expectTensor,
  randomIntegers,
  tensor,
  zeros,
} from "convbook";
import * as solution from "../solution";
import { mapAt } from "./mapAt";

export const occluded = exercise({
  id: "11.occluded",
  title: "Cover one square after the other",
  minutes: 12,
  task:
    "Write `occluded(x, size, stride, value)`: a square of size×size pixels slides over one image, " +
    "[1, h, w, c], by `stride`, row by row and never over the edge. For each of its positions make a " +
    "copy of the image in which all channels under the square are `value`. The result is [positions, " +
    "h, w, c].",
  example: `
occluded(tensor([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]), 2, 1, 0)
// → [[[0, 0, 3],
//     [0, 0, 6]],
//    [[1, 0, 0],
//     [4, 0, 0]]]`,
  starter: `
function occluded(x: Tensor, size: number, stride: number, value: number): Tensor {
  const [, height, width, channels] = x.shape; // [1, h, w, c]
  // the result is [positions, h, w, c]
  return yourCode();
}`,
  solution: solution.occluded,
  tests: [
    {
      title: "occluded(x, 1, 1, 0) covers one pixel after the other of a 1 x 3 image",
      async run(occluded, { random }) {
        const [a, b, c] = randomIntegers([3], 1, 9, random).data;
        const x = tensor([a, b, c], [1, 1, 3, 1]);
        const expected = tensor([0, b, c, a, 0, c, a, b, 0], [3, 1, 3, 1]);
        expectTensor(await occluded(x, 1, 1, 0), expected, {
          of: `occluded(x, 1, 1, 0), x the row ${a}, ${b}, ${c}`,
        });
      },
    },
    {
      title: "occluded(x, 2, 1, -1) covers 2 x 2 pixels of all channels",
      points: 2,
      async run(occluded, { random }) {
        const x = randomIntegers([1, 3, 4, 2], 1, 9, random);
        expectTensor(await occluded(x, 2, 1, -1), solution.occluded(x, 2, 1, -1), {
          of: "occluded(x, 2, 1, -1), x [1, 3, 4, 2]",
        });
      },
    },
    {
      title: "occluded(x, 3, 2, v) leaves a row and a column over that no square reaches",
      points: 2,
      async run(occluded, { random }) {
        const x = randomIntegers([1, 6, 8, 3], 1, 9, random);
        const value = random.integer(10, 20);
        expectTensor(await occluded(x, 3, 2, value), solution.occluded(x, 3, 2, value), {
          of: `occluded(x, 3, 2, ${value}), x [1, 6, 8, 3]`,
        });
      },
    },
    {
      title: "occluded(x, 2, 3, v) with gaps between the squares",
      async run(occluded, { random }) {
        const x = randomIntegers([1, 5, 9, 1], 1, 9, random);
        const value = random.integer(10, 20);
        expectTensor(await occluded(x, 2, 3, value), solution.occluded(x, 2, 3, value), {
          of: `occluded(x, 2, 3, ${value}), x [1, 5, 9, 1]`,
        });
      },
    },
  ],
  hints: [
    "How many positions are there along a side of length h, for a window of `size` at `stride`? You know this formula from lesson 03.",
    "A pixel is covered if its row lies in row · stride, ..., row · stride + size - 1, and its column likewise. Otherwise it is the photograph's.",
    "The copy of position (row, column) is number row · columns + column.",
  ],
  wrongAnswers: [
    {
      says: "In each copy, what was covered in the ones before is covered still. Start every copy from x.",
      answer: (x, size, stride, value) => {
        const result = solution.occluded(x, size, stride, value);
        const [positions, height, width, channels] = result.shape;
        for (let position = 1; position < positions; position++)
          for (let row = 0; row < height; row++)
            for (let column = 0; column < width; column++)
              for (let c = 0; c < channels; c++)
                if (result.get(position - 1, row, column, c) === value)
                  result.set(value, position, row, column, c);
        return result;
      },
    },
    {
      says: "The square covers the first channel alone. Colour can still be seen through it.",
      answer: (x, size, stride, value) => {
        const result = solution.occluded(x, size, stride, value);
        return mapAt(result, (pixel, [, row, column, c]) =>
          c > 0 ? x.get(0, row, column, c) : pixel,
        );
      },
    },
    {
      says: "The square is black, whatever value is asked for.",
      answer: (x, size, stride) => solution.occluded(x, size, stride, 0),
    },
    {
      says: "The square moves by one pixel, whatever the stride is.",
      answer: (x, size, _stride, value) => solution.occluded(x, size, 1, value),
    },
    {
      says: "The square moves by its own size. It is `stride` that says how far it goes.",
      answer: (x, size, _stride, value) => solution.occluded(x, size, size, value),
    },
    {
      says: "It is the other way about: the square shows the photograph, and everything else is covered.",
      answer: (x, size, stride, value) =>
        mapAt(solution.occluded(x, size, stride, value), (pixel, [, row, column, c]) =>
          pixel === value ? x.get(0, row, column, c) : value,
        ),
    },
    {
      says: "The positions come column by column. Go through a row of them first, as a text is read.",
      answer: (x, size, stride, value) => {
        const right = solution.occluded(x, size, stride, value);
        const [, height, width] = x.shape;
        const rows = Math.floor((height - size) / stride) + 1;
        const columns = Math.floor((width - size) / stride) + 1;
        return mapAt(right, (_, [position, row, column, c]) =>
          right.get((position % rows) * columns + Math.floor(position / rows), row, column, c),
        );
      },
    },
    {
      says: "The square is one pixel too large each way: row · stride + size is no longer under it.",
      answer: (x, size, stride, value) => {
        const right = solution.occluded(x, size, stride, value);
        const [, , width] = x.shape;
        const columns = Math.floor((width - size) / stride) + 1;
        return mapAt(right, (pixel, [position, row, column]) => {
          const down = row - Math.floor(position / columns) * stride;
          const along = column - (position % columns) * stride;
          return down >= 0 && down <= size && along >= 0 && along <= size ? value : pixel;
        });
      },
    },
    {
      says: "The last positions are missing: count (h - size) / stride, rounded down, and one more.",
      answer: (x, size, stride, value) => {
        const right = solution.occluded(x, size, stride, value);
        const [, height, width, channels] = x.shape;
        const columns = Math.floor((width - size) / stride) + 1;
        const rows = Math.floor((height - size) / stride) + 1;
        const fewer = zeros([Math.max(1, (rows - 1) * (columns - 1)), height, width, channels]);
        return mapAt(fewer, (_, [position, row, column, c]) => {
          const [i, j] = [
            Math.floor(position / Math.max(1, columns - 1)),
            position % Math.max(1, columns - 1),
          ];
          return right.get(i * columns + j, row, column, c);
        });
      },
    },
    {
      says: "Your squares hang over the edge where a rest is left: Math.ceil counts one position too many. The square never leaves the image: round down.",
      answer: (x, size, stride, value) => {
        const [, height, width] = x.shape;
        const [rows, columns] = [height, width].map((n) => Math.ceil((n - size) / stride) + 1);
        return copiesOf(x, rows * columns, (position, row, column) => {
          const [down, along] = [
            row - Math.floor(position / columns) * stride,
            column - (position % columns) * stride,
          ];
          return down >= 0 && down < size && along >= 0 && along < size ? value : undefined;
        });
      },
    },
    {
      says: "The square is one pixel too small each way: it ends before row · stride + size, so the last row under it is row · stride + size - 1.",
      answer: (x, size, stride, value) =>
        ofCorners(x, size, stride, (down, along) =>
          down >= 0 && down < size - 1 && along >= 0 && along < size - 1 ? value : undefined,
        ),
    },
    {
      says: "A whole band of rows and columns is covered: a pixel is under the square only if its row AND its column are.",
      answer: (x, size, stride, value) =>
        ofCorners(x, size, stride, (down, along) =>
          (down >= 0 && down < size) || (along >= 0 && along < size) ? value : undefined,
        ),
    },
    {
      says: "The square lies with its middle at the position, not with its corner: it begins at row · stride.",
      answer: (x, size, stride, value) => {
        const half = Math.floor(size / 2);
        return ofCorners(x, size, stride, (down, along) =>
          down >= -half && down < size - half && along >= -half && along < size - half
            ? value
            : undefined,
        );
      },
    },
    {
      says: "The value is added to the pixels. It takes their place.",
      answer: (x, size, stride, value) =>
        ofCorners(x, size, stride, (down, along, pixel) =>
          down >= 0 && down < size && along >= 0 && along < size ? pixel + value : undefined,
        ),
    },
  ],
});

/** Copies of x, in which what is not undefined takes a pixel's place. */
function copiesOf(
  x: Tensor,
  positions: number,
  put: (position: number, row: number, column: number, pixel: number) => number | undefined,
): Tensor {
  const [, height, width, channels] = x.shape;
  return fromFunction([positions, height, width, channels], (position, row, column, c) => {
    const pixel = x.get(0, row, column, c);
    return put(position, row, column, pixel) ?? pixel;
  });
}

/** The same, for pixels as seen from the upper left corner of each square. */
function ofCorners(
  x: Tensor,
  size: number,
  stride: number,
  put: (down: number, along: number, pixel: number) => number | undefined,
): Tensor {
  const [rows, columns] = x.shape.slice(1, 3).map((n) => Math.floor((n - size) / stride) + 1);
  return copiesOf(x, rows * columns, (position, row, column, pixel) =>
    put(
      row - Math.floor(position / columns) * stride,
      column - (position % columns) * stride,
      pixel,
    ),
  );
}
