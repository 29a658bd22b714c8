import {
  exercise,
  expectNumber,
  expectNumbers,
  expectTensor,
  full,
  type Random,
  Tensor,
  tensor,
  zeros,
} from "convbook";
import * as solution from "./solution";

export const countValues = exercise({
  id: "00.countValues",
  title: "How many numbers are in there?",
  minutes: 2,
  starter: `
function countValues(shape: number[]): number {
  // shape is [batch, height, width, channels], but your code may be shorter if it does not look at that
  return yourCode();
}`,
  solution: solution.countValues,
  tests: [
    {
      title: "countValues([1, 28, 28, 1]) is 784, one MNIST digit",
      async run(countValues) {
        expectNumber(await countValues([1, 28, 28, 1]), 784, { of: "countValues([1, 28, 28, 1])" });
      },
    },
    {
      title: "countValues([2, 300, 451, 3]) counts both photographs and all three colours",
      async run(countValues) {
        expectNumber(await countValues([2, 300, 451, 3]), 811800, {
          of: "countValues([2, 300, 451, 3])",
        });
      },
    },
    {
      title: "countValues(any shape), vectors and a single number included",
      async run(countValues, { random }) {
        expectNumber(await countValues([7]), 7, { of: "countValues([7])" });
        expectNumber(await countValues([]), 1, {
          of: "countValues([]), the shape of a single number,",
        });
        const shape = [random.integer(2, 9), random.integer(2, 9), random.integer(2, 9)];
        expectNumber(await countValues(shape), solution.countValues(shape), {
          of: `countValues([${shape.join(", ")}])`,
        });
      },
    },
  ],
  hints: [
    "A sheet of 28 rows has 28 numbers in each. How many is that? And three such sheets?",
    "Multiply all entries. A loop does it: start with 1, and `for (const n of shape) ...`.",
    "In one line: `shape.reduce((product, n) => product * n, 1)`.",
  ],
  wrongAnswers: [
    {
      says: "You added the entries. Every row has all the columns: rows and columns multiply.",
      answer: (shape) => shape.reduce((sum, n) => sum + n, 0),
    },
    {
      says: "Your product starts at 0, and 0 times anything stays 0.",
      answer: (shape) => shape.reduce((product, n) => product * n, 0),
    },
    {
      says: "That is the number of axes. What is the product of their lengths?",
      answer: (shape) => shape.length,
    },
    {
      says: "Height times width: the batch and the colours are missing. Two photographs hold twice as many numbers as one.",
      answer: (shape) => shape[1] * shape[2],
    },
    {
      says: "The first axis is left out: a loop that starts at 1 skips `shape[0]`. In TypeScript, indices start at 0.",
      answer: (shape) => {
        let product = 1;
        for (let i = 1; i < shape.length; i++) product *= shape[i];
        return product;
      },
    },
    {
      says: "The last axis is left out: `i < shape.length - 1` stops one entry early.",
      answer: (shape) => shape.slice(0, -1).reduce((product, n) => product * n, 1),
    },
  ],
});

export const negative = exercise({
  id: "00.negative",
  title: "A photographic negative",
  minutes: 5,
  starter: `
function negative(image: Tensor): Tensor {
  // every value v, from 0 (black) to 1 (white), becomes its opposite; the shape stays
  return yourCode();
}`,
  solution: solution.negative,
  tests: [
    {
      title: "negative(image) turns black to white, white to black, and leaves middle grey",
      async run(negative) {
        const image = tensor([
          [0, 1],
          [0.5, 0.25],
        ]).reshape([1, 2, 2, 1]);
        expectTensor(await negative(image), solution.negative(image), { of: "negative(image)" });
      },
    },
    {
      title: "negative(photograph) treats every pixel and every colour",
      async run(negative, { random }) {
        const image = noise([2, 3, 4, 3], random);
        expectTensor(await negative(image), solution.negative(image), {
          of: "negative(photograph)",
        });
      },
    },
    {
      title: "negative(negative(image)) is the image again",
      async run(negative, { random }) {
        const image = noise([1, 2, 3, 1], random);
        expectTensor(await negative(await negative(image)), image, {
          of: "negative(negative(image))",
        });
      },
    },
  ],
  hints: [
    "What should 0 become, and what 1? Which simple expression in v does both?",
    "`image.map((v) => ...)` makes a new tensor of the same shape from what you do to each value.",
    "`return image.map((v) => 1 - v);`",
  ],
  wrongAnswers: [
    {
      says: "Here v became -v. Brightness runs from 0 to 1, so the opposite of white (1) is 0, not -1.",
      answer: (image) => image.map((value) => -value),
    },
    {
      says: "That is 255 - v, for pixels stored as bytes. These run from 0 to 1.",
      answer: (image) => image.map((value) => 255 - value),
    },
    {
      says: "Your picture has black and white only: a threshold. Middle grey should stay middle grey.",
      answer: (image) => image.map((value) => (value > 0.5 ? 0 : 1)),
    },
    {
      says: "The values came back as they were. `image.map(...)` does not change the image, it returns a new one: is that what you return?",
      answer: (image) => image,
    },
    {
      says: "That is v - 1: the sign is turned round, so everything is black or below.",
      answer: (image) => image.map((value) => value - 1),
    },
    {
      says: "The numbers are right, but the shape is lost: you return a flat list in a tensor of one axis. `image.map` keeps the shape.",
      answer: (image) => tensor([...image.data].map((value) => 1 - value)),
    },
  ],
});

export const brightest = exercise({
  id: "00.brightest",
  title: "Find the brightest pixel",
  minutes: 8,
  starter: `
function brightest(image: Tensor): [number, number] {
  const [, height, width] = image.shape; // [1, h, w, 1]
  // [row, column] of the largest image.get(0, row, column, 0); of several, the first in reading order
  return yourCode();
}`,
  solution: solution.brightest,
  tests: [
    {
      title: "brightest(a 2 x 3 image) finds the pixel at [1, 2]",
      async run(brightest) {
        const image = tensor([
          [0.1, 0.2, 0.3],
          [0.4, 0.2, 0.9],
        ]).reshape([1, 2, 3, 1]);
        expectNumbers(await brightest(image), [1, 2], { of: "brightest(image)" });
      },
    },
    {
      title: "brightest(image) takes the first of two equal pixels",
      async run(brightest) {
        const image = tensor([
          [0, 0.7, 0],
          [0, 0.7, 0.1],
        ]).reshape([1, 2, 3, 1]);
        expectNumbers(await brightest(image), [0, 1], {
          of: "brightest(image with two equal pixels)",
        });
      },
    },
    {
      title: "brightest(image) works when all values are below zero",
      async run(brightest) {
        const image = tensor([
          [-3, -2],
          [-1, -5],
        ]).reshape([1, 2, 2, 1]);
        expectNumbers(await brightest(image), [1, 0], {
          of: "brightest(image of negative values)",
        });
      },
    },
    {
      title: "brightest(random images), higher than wide and wider than high",
      async run(brightest, { random }) {
        for (const [height, width] of [
          [5, 3],
          [3, 6],
          [1, 4],
        ]) {
          const image = noise([1, height, width, 1], random);
          expectNumbers(await brightest(image), solution.brightest(image), {
            of: `brightest(${height} x ${width} image)`,
          });
        }
      },
    },
  ],
  hints: [
    "Suppose the pixel at [0, 0] is the brightest so far. What makes you change your mind as you go through the rows?",
    "Two loops, row outside and column inside. Keep the place of the best pixel, and compare with `>`: what would `>=` do with two equal ones?",
    "`if (image.get(0, row, column, 0) > image.get(0, best[0], best[1], 0)) best = [row, column];`",
  ],
  wrongAnswers: [
    {
      says: "Column and row have changed places. A tensor's height comes before its width, so a pixel is [row, column].",
      answer: (image) => {
        const [row, column] = solution.brightest(image);
        return [column, row];
      },
    },
    {
      says: "Of two equal pixels you take the last: `>=` lets a tie win. Use `>`.",
      answer: (image) => search(image, -Infinity, (value, best) => value >= best),
    },
    {
      says: "You start with a best value of 0, so an image whose values are all below zero has no brightest pixel. Start with the first pixel, or with -Infinity.",
      answer: (image) => search(image, 0, (value, best) => value > best),
    },
    {
      says: "That is the darkest pixel: the comparison points the wrong way.",
      answer: (image) => search(image, Infinity, (value, best) => value < best),
    },
    {
      says: "Your columns run as far as the height: on an image that is wider than high the right part is never looked at. `image.shape` is [1, h, w, 1].",
      answer: (image) => {
        const [, height, width] = image.shape;
        const side = Math.min(height, width);
        const square = zeros([1, height, side, 1]);
        for (let row = 0; row < height; row++)
          for (let column = 0; column < side; column++)
            square.set(image.get(0, row, column, 0), 0, row, column, 0);
        return solution.brightest(square);
      },
    },
    {
      says: "You give the largest value; asked for is where it stands.",
      answer: (image) => [image.max(), image.max()],
    },
  ],
});

/** Values from 0 to 1, none equal to another. */
function noise(shape: number[], source: Random): Tensor {
  return full(shape, 0).map(() => source.uniform());
}

function search(
  image: Tensor,
  start: number,
  better: (value: number, best: number) => boolean,
): [number, number] {
  const [, height, width] = image.shape;
  let best = start;
  let place: [number, number] = [0, 0];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const value = image.get(0, row, column, 0);
      if (!better(value, best)) continue;
      best = value;
      place = [row, column];
    }
  return place;
}
