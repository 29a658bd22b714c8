import {
  exercise,
  type ExerciseTest,
  expectTensor,
  randomNormal,
  randomIntegers,
  type Tensor,
  tensor,
} from "convbook";
import * as solution from "../solution";

type ShiftColours = typeof solution.shiftColours;

export const shiftColours = exercise({
  id: "10.shiftColours",
  title: "Another light: PCA colour",
  minutes: 8,
  task:
    "Write `shiftColours(image, axes, variances, alphas)`: AlexNet's change of colours, as the paper " +
    "has it. All pixels of the image, [1, h, w, c], move by the same amount: along each axis by its " +
    "alpha times its variance. Axis i is *column* i of `axes`, [c, c]. Nothing is clipped.",
  example: `
const axes = tensor([[0.6, -0.8], [0.8, 0.6]]); // the first is (0.6, 0.8)
const twoPixels = tensor([0, 0, 1, 2], [1, 1, 2, 2]);
shiftColours(twoPixels, axes, [10, 1], [0.1, 0.2]) // by 1 along the first, 0.2 along the second
// → [[0.44, 0.92],
//    [1.44, 2.92]]`,
  starter: `
function shiftColours(image: Tensor, axes: Tensor, variances: number[], alphas: number[]): Tensor {
  const channels = image.shape[3]; // [1, h, w, c]
  return yourCode();
}`,
  solution: solution.shiftColours,
  tests: [
    {
      title: "shiftColours([0, 0], axes [[0, 1], [1, 0]], [10, 1], [0.1, 0.2]) is [0.2, 1]",
      async run(shiftColours) {
        const axes = tensor([
          [0, 1],
          [1, 0],
        ]);
        const image = tensor([0, 0], [1, 1, 1, 2]);
        const shifted = await shiftColours(image, axes, [10, 1], [0.1, 0.2]);
        expectTensor(shifted, tensor([0.2, 1], [1, 1, 1, 2]), {
          of: "shiftColours([0, 0], [[0, 1], [1, 0]], [10, 1], [0.1, 0.2])",
        });
      },
    },
    colourTest("leaves the image when all alphas are 0", [1, 2, 2, 3], [0, 0, 0]),
    colourTest("along the first axis alone", [1, 2, 2, 3], [0.5, 0, 0]),
    colourTest("along all three axes", [1, 3, 2, 3], [0.5, -0.25, 0.75]),
  ],
  hints: [
    "The shift is one colour, the same for all pixels. How much of it falls on red?",
    "For channel c: the sum over the axes i of alphas[i] · variances[i] · axes at (c, i).",
    "const shift = [0, 1, 2].map((c) => alphas.reduce((sum, alpha, i) => sum + alpha * variances[i] * axes.get(c, i), 0)); then image.map((value, at) => value + shift[at % 3]), with the number of channels in place of 3.",
  ],
  wrongAnswers: [
    {
      says: "You take row i for axis i. The axes are the columns: axes.get(c, i).",
      answer: (image, axes, variances, alphas) =>
        solution.shiftColours(image, axes.transpose([1, 0]), variances, alphas),
    },
    {
      says: "The variances are left out: colours vary more along some axes, and move further there.",
      answer: (image, axes, variances, alphas) =>
        solution.shiftColours(
          image,
          axes,
          variances.map(() => 1),
          alphas,
        ),
    },
    {
      says: "You multiply by the root of the variance. A sensible choice, but AlexNet multiplies by the variance itself, and so does this task.",
      answer: (image, axes, variances, alphas) =>
        solution.shiftColours(image, axes, variances.map(Math.sqrt), alphas),
    },
    {
      says: "Only the first axis moves anything. The sum is over all of them.",
      answer: (image, axes, variances, alphas) =>
        solution.shiftColours(
          image,
          axes,
          variances,
          alphas.map((alpha, i) => (i > 0 ? 0 : alpha)),
        ),
    },
    {
      says: "The shift is taken away. It is added.",
      answer: (image, axes, variances, alphas) =>
        solution.shiftColours(
          image,
          axes,
          variances,
          alphas.map((alpha) => -alpha),
        ),
    },
    {
      says: "Each channel is multiplied by its shift. The shift is added to it.",
      answer: (image, axes, variances, alphas) => {
        const shift = solution.shiftColours(
          image.map(() => 0),
          axes,
          variances,
          alphas,
        );
        return image.map((value, i) => value * shift.data[i]);
      },
    },
    {
      says: "Only the first pixel has moved. All pixels move by the same amount.",
      answer: (image, axes, variances, alphas) => {
        const moved = solution.shiftColours(image, axes, variances, alphas);
        return image.map((value, i) => (i < image.shape[3] ? moved.data[i] : value));
      },
    },
    {
      says: "The axes are ignored: alpha i went to channel i.",
      answer: (image, _, variances, alphas) =>
        image.map((value, at) => {
          const c = at % image.shape[3];
          return value + alphas[c] * variances[c];
        }),
    },
    {
      says: "The pixels are clipped to 0 to 1. Not here: what leaves the range is cut off, if at all, when the picture is shown.",
      answer: (image, axes, variances, alphas) =>
        solution
          .shiftColours(image, axes, variances, alphas)
          .map((value) => Math.min(1, Math.max(0, value))),
    },
    {
      says: "The pixels are clipped to 0 to 255. Not here: what leaves the range is cut off, if at all, when the picture is shown.",
      answer: (image, axes, variances, alphas) =>
        solution
          .shiftColours(image, axes, variances, alphas)
          .map((value) => Math.min(255, Math.max(0, value))),
    },
    {
      says: "The alphas are left out: without them every image gets the same light.",
      answer: (image, axes, variances, alphas) =>
        solution.shiftColours(
          image,
          axes,
          variances,
          alphas.map(() => 1),
        ),
    },
    {
      says: "Only the shift is returned, and the image is lost: add it to every pixel.",
      answer: (image, axes, variances, alphas) =>
        solution.shiftColours(
          image.map(() => 0),
          axes,
          variances,
          alphas,
        ),
    },
  ],
});

function colourTest(what: string, shape: number[], alphas: number[]): ExerciseTest<ShiftColours> {
  return {
    title: `shiftColours(image, axes, variances, [${alphas.join(", ")}]) ${what}`,
    async run(shiftColours, { random }) {
      const image = randomIntegers(shape, 1, 9, random);
      // Beyond what a pixel may be, whatever the shift: who clips is seen in every draw.
      image.data[0] = -50;
      image.data[image.size - 1] = 300;
      const axes: Tensor = randomNormal([3, 3], random);
      const variances = [9, 4, 2].map((most) => most + random.uniform(0.1, 0.9));
      expectTensor(
        await shiftColours(image, axes, variances, alphas),
        solution.shiftColours(image, axes, variances, alphas),
        { of: `shiftColours(image, axes, variances, [${alphas.join(", ")}])` },
      );
    },
  };
}
