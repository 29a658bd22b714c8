import { exercise, expectTensor, fromFunction, randomIntegers, tensor } from "convbook";
import * as solution from "../solution";

export const globalAverage = exercise({
  id: "05.globalAverage",
  title: "Global average pooling",
  minutes: 4,
  task:
    "Write `globalAverage(x)`: the average of each channel over the whole image, for a batch of shape" +
    " [m, h, w, c]. The result is [m, c].",
  example: `
globalAverage(tensor([1, 10, 3, 20, 5, 60], [1, 1, 3, 2])) // three pixels of two channels
// → [3, 30]`,
  starter: `
function globalAverage(x: Tensor): Tensor {
  const [m, height, width, channels] = x.shape; // [m, h, w, c]
  return yourCode();
}`,
  solution: solution.globalAverage,
  tests: [
    {
      title: "globalAverage(x) of a 2 x 2 image with two channels",
      async run(globalAverage, { random }) {
        const x = tensor([1, 10, 2, 20, 3, 30, 6, 60], [1, 2, 2, 2]); // [m, h, w, c]
        expectTensor(await globalAverage(x), tensor([[3, 30]]), { of: "globalAverage(x)" });
        const two = randomIntegers([1, 2, 2, 2], 1, 99, random);
        expectTensor(await globalAverage(two), solution.globalAverage(two), {
          of: "globalAverage(x)",
        });
      },
    },
    {
      title: "globalAverage(x) of a 3 x 4 x 5 x 2 batch is [3, 2]",
      async run(globalAverage, { random }) {
        const x = randomIntegers([3, 4, 5, 2], -9, 99, random);
        expectTensor(await globalAverage(x), solution.globalAverage(x), { of: "globalAverage(x)" });
      },
    },
  ],
  hints: [
    "Which two of the four axes disappear? How many numbers go into one average?",
    "For each i and c, add x.get(i, row, column, c) over all rows and columns and divide by height * width.",
  ],
  wrongAnswers: [
    {
      says: "This is the sum of each channel. Divide by the number of its pixels.",
      answer: (x) => solution.globalAverage(x).map((mean) => mean * x.shape[1] * x.shape[2]),
    },
    {
      says: "Divided by the height alone. How many pixels has a channel?",
      answer: (x) => solution.globalAverage(x).map((mean) => mean * x.shape[2]),
    },
    {
      says: "You divide by the number of all values of an image, channels included. One average is made from one channel: height · width values.",
      answer: (x) => solution.globalAverage(x).map((mean) => mean / x.shape[3]),
    },
    {
      says: "This is the largest value of each channel: global max pooling. Here it is the average.",
      answer: (x) => {
        const [m, height, width, channels] = x.shape;
        return fromFunction([m, channels], (i, c) => {
          let largest = -Infinity;
          for (let row = 0; row < height; row++)
            for (let column = 0; column < width; column++)
              largest = Math.max(largest, x.get(i, row, column, c));
          return largest;
        });
      },
    },
    {
      says: "The channels are averaged, the positions stay: [m, h, w]. It is the positions that disappear, [m, c].",
      answer: (x) => {
        const [m, height, width, channels] = x.shape;
        return fromFunction([m, height, width], (i, row, column) => {
          let sum = 0;
          for (let c = 0; c < channels; c++) sum += x.get(i, row, column, c);
          return sum / channels;
        });
      },
    },
    {
      says: "The batch is averaged as well. Each image keeps its own averages: [m, c].",
      answer: (x) => {
        const averages = solution.globalAverage(x);
        const [m, channels] = averages.shape;
        return fromFunction([channels], (c) => {
          let sum = 0;
          for (let i = 0; i < m; i++) sum += averages.get(i, c);
          return sum / m;
        });
      },
    },
    {
      says: "The numbers are right, in a tensor of shape [m, 1, 1, c]. A dense layer wants [m, c].",
      answer: (x) => solution.globalAverage(x).reshape([x.shape[0], 1, 1, x.shape[3]]),
    },
  ],
});
