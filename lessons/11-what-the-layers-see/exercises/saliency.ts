import { concat, exercise, expectTensor, randomIntegers, tensor, zeros } from "convbook";
import * as solution from "../solution";
import { mapAt } from "./mapAt";

export const saliency = exercise({
  id: "11.saliency",
  title: "A map of slopes",
  minutes: 8,
  task:
    "Write `saliency(gradient)`: a map of how much each pixel matters, from the slope of a score to " +
    "each value of m images, [m, h, w, c]. A pixel matters as much as the largest slope among its " +
    "channels, whatever its sign. Divide each image's map by its largest value; a map of zeros stays " +
    "as it is. The result is [m, h, w, 1].",
  example: `
saliency(tensor([0, -4, 1, 8, 2, -3], [1, 1, 2, 3])) // two pixels that matter 4 and 8
// → [0.5, 1]`,
  starter: `
function saliency(gradient: Tensor): Tensor {
  const [m, height, width, channels] = gradient.shape; // [m, h, w, c]
  // the result is [m, h, w, 1]
  return yourCode();
}`,
  solution: solution.saliency,
  tests: [
    {
      title: "saliency of one pixel is 1, whichever channel has the slope, and whatever its sign",
      async run(saliency, { random }) {
        const slope = random.integer(2, 9);
        const gradient = tensor([0, -slope, 1], [1, 1, 1, 3]);
        expectTensor(await saliency(gradient), tensor([1], [1, 1, 1, 1]), {
          of: `saliency([[[[0, ${-slope}, 1]]]])`,
        });
      },
    },
    {
      title: "saliency of a row of slopes, one channel",
      async run(saliency, { random }) {
        const [a, b] = randomIntegers([2], 1, 7, random).data;
        const gradient = tensor([a, -8, b, 0], [1, 1, 4, 1]);
        expectTensor(await saliency(gradient), solution.saliency(gradient), {
          of: `saliency of the row ${a}, -8, ${b}, 0`,
        });
      },
    },
    {
      title: "each image is divided by its own largest slope",
      points: 2,
      async run(saliency, { random }) {
        const gradient = mapAt(randomIntegers([3, 2, 4, 3], -9, 9, random), (value, [image]) =>
          image === 1 ? value * 10 + 1 : value,
        );
        gradient.set(-15, 0, 1, 2, 1);
        gradient.set(12, 2, 0, 3, 2);
        expectTensor(await saliency(gradient), solution.saliency(gradient), {
          of: "saliency(gradient), gradient [3, 2, 4, 3]",
        });
      },
    },
    {
      title: "small slopes are made as bright as large ones",
      async run(saliency, { random }) {
        const gradient = randomIntegers([2, 3, 2, 2], -15, 15, random).map((slope) => slope / 64);
        gradient.set(0.25, 0, 2, 0, 1);
        gradient.set(-0.25, 1, 0, 1, 1);
        expectTensor(await saliency(gradient), solution.saliency(gradient), {
          of: "saliency(gradient), all slopes below 1",
        });
      },
    },
    {
      title: "an image without any slope stays 0",
      async run(saliency, { random }) {
        const gradient = zeros([2, 3, 2, 2]);
        gradient.set(-random.integer(2, 9), 1, 2, 1, 1);
        gradient.set(1, 1, 0, 0, 0);
        expectTensor(await saliency(gradient), solution.saliency(gradient), {
          of: "saliency(gradient), the first image's slopes all 0",
        });
      },
    },
  ],
  hints: [
    "For one pixel: three slopes, of red, green and blue. Which number stands for the pixel?",
    "Math.abs before Math.max: a slope of -5 matters more than one of 3.",
    "First fill the map with the slopes and remember the image's largest; then divide, unless it is 0.",
  ],
  wrongAnswers: [
    {
      says: "Negative slopes count as none. A pixel that lowers the score when it grows matters as well.",
      answer: (gradient) => solution.saliency(gradient.map((slope) => Math.max(0, slope))),
    },
    {
      says: "The channels are added up: slopes of different sign then cancel. The largest size is asked for.",
      answer: (gradient) => solution.saliency(overChannels(gradient, (a, b) => a + b)),
    },
    {
      says: "The sizes of the channels' slopes are added up, or their mean is taken, which is the same after the division. That is a map too, but here the largest is asked for.",
      answer: (gradient) =>
        solution.saliency(overChannels(gradient.map(Math.abs), (a, b) => a + b)),
    },
    {
      says: "The map is not divided by its largest value.",
      answer: (gradient) => overChannels(gradient.map(Math.abs), (a, b) => Math.max(a, b)),
    },
    {
      says: "All images are divided by the largest slope of all. Each has its own.",
      answer: (gradient) => {
        const map = overChannels(gradient.map(Math.abs), (a, b) => Math.max(a, b));
        const largest = map.max();
        return map.map((slope) => slope / (largest || 1));
      },
    },
    {
      says: "An image without slopes has become NaN: 0 / 0. Leave it as it is.",
      answer: (gradient) => {
        const map = solution.saliency(gradient);
        const [, height, width] = map.shape;
        return mapAt(map, (slope, [image]) => {
          for (let row = 0; row < height; row++)
            for (let column = 0; column < width; column++)
              if (map.get(image, row, column, 0) > 0) return slope;
          return NaN;
        });
      },
    },
    {
      says: "Only the first channel counts. Which of them has the largest slope?",
      answer: (gradient) => solution.saliency(overChannels(gradient, (a) => a)),
    },
    {
      says: "The slopes are squared. That orders the pixels of a channel alike, but makes small slopes vanish: Math.abs.",
      answer: (gradient) => solution.saliency(gradient.map((slope) => slope * slope)),
    },
    {
      says: "The length of the channels' slopes is taken, the root of the sum of their squares. Here the largest is asked for.",
      answer: (gradient) =>
        solution.saliency(
          overChannels(
            gradient.map((slope) => slope * slope),
            (a, b) => a + b,
          ).map(Math.sqrt),
        ),
    },
    {
      says: "Each pixel keeps the sign of its slope. How much a pixel matters is the slope's size.",
      answer: (gradient) => {
        const map = solution.saliency(gradient);
        const signed = overChannels(gradient, (a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
        return map.map((value, pixel) => value * Math.sign(signed.data[pixel]));
      },
    },
    {
      says: "Each map is stretched so that its smallest value is 0. It is only divided by its largest.",
      answer: (gradient) => {
        const map = solution.saliency(gradient);
        const scaled = Array.from({ length: map.shape[0] }, (_, image) => {
          const one = map.image(image);
          const [low, high] = [one.min(), one.max()];
          return one.map((value) => (high > low ? (value - low) / (high - low) : value));
        });
        return concat(scaled);
      },
    },
    {
      says: "The largest slope is taken with its sign: among -9 and 1 that is 1. Math.abs before Math.max.",
      answer: (gradient) => {
        const map = overChannels(gradient, (a, b) => Math.max(a, b));
        return ownLargest(map);
      },
    },
    {
      says: "The sign is taken off too late: the largest slope with its sign, then its size. Among -9 and 1 that is 1; Math.abs comes before Math.max.",
      answer: (gradient) =>
        ownLargest(overChannels(gradient, (a, b) => Math.max(a, b)).map(Math.abs)),
    },
  ],
});

/** One number of each pixel's channels: [m, h, w, c] → [m, h, w, 1]. */
function overChannels(
  gradient: ReturnType<typeof zeros>,
  combine: (a: number, b: number) => number,
): ReturnType<typeof zeros> {
  const [m, height, width, channels] = gradient.shape;
  return mapAt(zeros([m, height, width, 1]), (_, [image, row, column]) => {
    let result = gradient.get(image, row, column, 0);
    for (let c = 1; c < channels; c++)
      result = combine(result, gradient.get(image, row, column, c));
    return result;
  });
}

/** Each image divided by its own largest value. */
function ownLargest(map: ReturnType<typeof zeros>): ReturnType<typeof zeros> {
  return concat(
    Array.from({ length: map.shape[0] }, (_, image) => {
      const one = map.image(image);
      const largest = one.max();
      return one.map((value) => (largest === 0 ? value : value / largest));
    }),
  );
}
