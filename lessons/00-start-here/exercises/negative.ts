import { exercise, expectTensor, tensor } from "convbook";
import * as solution from "../solution";
import { noise } from "./noise";

export const negative = exercise({
  id: "00.negative",
  title: "A photographic negative",
  minutes: 5,
  task: "Write `negative(image)`: the photographic negative of an image whose values run from 0 (black) to 1 (white). Black becomes white, white becomes black, light grey becomes dark grey. The shape stays as it is.",
  example: `
negative(tensor([[0, 0.25], [1, 0.5], [0.875, 0]]))
// → [[1, 0.75], [0, 0.5], [0.125, 1]]`,
  starter: `
function negative(image: Tensor): Tensor {
  // a new tensor of the same shape
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
