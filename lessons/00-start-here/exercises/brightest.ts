import { exercise, expectNumbers, randomIntegers, tensor, type Tensor } from "convbook";
import * as solution from "../solution";
import { noise } from "./noise";

export const brightest = exercise({
  id: "00.brightest",
  title: "Find the brightest pixel",
  minutes: 8,
  task: "Write `brightest(image)`: the position, [row, column], of the largest value of a grey image of shape [1, h, w, 1]. If several values are equally large, take the first in reading order: row by row, from left to right.",
  example: `
const image = tensor([[0.2, 0.3, 0.1], [0.8, 0.4, 0.8]]).reshape([1, 2, 3, 1]);
brightest(image) // → [1, 0]`,
  starter: `
function brightest(image: Tensor): [number, number] {
  const [, height, width] = image.shape; // [1, h, w, 1]
  // a pixel is image.get(0, row, column, 0)
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
      async run(brightest, { random }) {
        const image = tensor([
          [0, 0.7, 0],
          [0, 0.7, 0.1],
        ]).reshape([1, 2, 3, 1]);
        expectNumbers(await brightest(image), [0, 1], {
          of: "brightest(image with two equal pixels)",
        });
        const slanted = tensor([
          [0, 1],
          [1, 0],
        ]).reshape([1, 2, 2, 1]);
        expectNumbers(await brightest(slanted), [0, 1], {
          of: "brightest([[0, 1], [1, 0]])",
        });
        for (let trial = 0; trial < 6; trial++) {
          const shape = [1, random.integer(1, 4), random.integer(2, 4), 1];
          const few = randomIntegers(shape, trial === 0 ? 1 : 0, 1, random); // equal ones throughout
          expectNumbers(await brightest(few), solution.brightest(few), {
            of: `brightest(${JSON.stringify(few.reshape([shape[1], shape[2]]).toArray())})`,
          });
        }
      },
    },
    {
      title: "brightest(image) works when all values are below zero",
      async run(brightest, { random }) {
        const image = tensor([
          [-3, -2],
          [-1, -5],
        ]).reshape([1, 2, 2, 1]);
        expectNumbers(await brightest(image), [1, 0], {
          of: "brightest(image of negative values)",
        });
        const dark = noise([1, 4, 3, 1], random).map((value) => value - 2);
        expectNumbers(await brightest(dark), solution.brightest(dark), {
          of: "brightest(4 x 3 image of negative values)",
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
    "Two loops, row outside and column inside. Keep the position of the best pixel, and compare with `>`: what would `>=` do with two equal ones?",
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
      says: "Of two equal pixels you take the first column by column. In reading order the rows come first: their loop is the outer one.",
      answer: (image) => {
        const [row, column] = solution.brightest(image.transpose([0, 2, 1, 3]));
        return [column, row];
      },
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
        return solution.brightest(image.slice([0, 0, 0, 0], [1, height, side, 1]));
      },
    },
    {
      says: "You give the largest value. The question is where it stands.",
      answer: (image) => [image.max(), image.max()],
    },
  ],
});

function search(
  image: Tensor,
  start: number,
  better: (value: number, best: number) => boolean,
): [number, number] {
  const [, height, width] = image.shape;
  let best = start;
  let position: [number, number] = [0, 0];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const value = image.get(0, row, column, 0);
      if (!better(value, best)) continue;
      best = value;
      position = [row, column];
    }
  return position;
}
