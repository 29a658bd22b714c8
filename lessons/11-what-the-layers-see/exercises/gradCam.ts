import { exercise, expectTensor, randomIntegers, type Tensor, tensor, zeros } from "convbook";
import * as solution from "../solution";
import { mapAt } from "./mapAt";

export const gradCam = exercise({
  id: "11.gradCam",
  title: "Grad-CAM",
  minutes: 12,
  task:
    "Write `gradCam(maps, gradients)`: where evidence for a class lies. `maps`, [m, h, w, c], is what" +
    " a layer gives; `gradients`, of the same shape, is the slope of the score to each value. The " +
    "mean slope to a map, in one image, is the weight of this map; the weighted maps are added, and " +
    "what is below zero becomes 0. The result is [m, h, w, 1].",
  example: `
const maps = tensor([2, 1, 5, 20], [1, 1, 2, 2]); // one map is 2 5, the other 1 20
const gradients = tensor([1, -2, 5, 0], [1, 1, 2, 2]); // their slopes: 1 5 and -2 0
gradCam(maps, gradients) // 3·2 - 1·1, and 3·5 - 1·20 is negative
// → [5, 0]`,
  starter: `
function gradCam(maps: Tensor, gradients: Tensor): Tensor {
  const [m, height, width, channels] = maps.shape; // [m, h, w, c]
  // the result is [m, h, w, 1]
  return yourCode();
}`,
  solution: solution.gradCam,
  tests: [
    {
      title: "gradCam of one map is the map times its mean slope",
      async run(gradCam, { random }) {
        const [a, b] = randomIntegers([2], 1, 9, random).data;
        const maps = tensor([a, b], [1, 1, 2, 1]);
        const gradients = tensor([1, 5], [1, 1, 2, 1]);
        expectTensor(await gradCam(maps, gradients), tensor([3 * a, 3 * b], [1, 1, 2, 1]), {
          of: `gradCam(maps, gradients), maps ${a}, ${b} and gradients 1, 5`,
        });
      },
    },
    {
      title: "gradCam adds up the maps, and cuts off at the end what speaks against the class",
      points: 2,
      async run(gradCam, { random }) {
        const [maps, gradients] = planted([1, 2, 3, 4], random);
        expectTensor(await gradCam(maps, gradients), solution.gradCam(maps, gradients), {
          of: "gradCam(maps, gradients), both [1, 2, 3, 4]",
        });
      },
    },
    {
      title: "each image has mean slopes of its own",
      points: 2,
      async run(gradCam, { random }) {
        const [maps, gradients] = planted([3, 4, 2, 5], random);
        expectTensor(await gradCam(maps, gradients), solution.gradCam(maps, gradients), {
          of: "gradCam(maps, gradients), both [3, 4, 2, 5]",
        });
      },
    },
  ],
  hints: [
    "How many mean slopes are there for an image with c maps? Compute them first.",
    "The value at a position of the result is the sum over c of mean slope c times map c at that position. The order of the steps matters: cut off once, at the very end.",
    "Four loops over image, c, row and column, twice: once for the mean, once to add.",
  ],
  wrongAnswers: [
    {
      says: "What is below zero is left in. It speaks against the class, and the picture shows what speaks for it.",
      answer: (maps, gradients) => weighted(maps, gradients, meanSlopes(gradients)),
    },
    {
      says: "What is below zero is cut off map by map, before the sum. Maps that speak against a position then cannot lower it: cut off once, at the end.",
      answer: (maps, gradients) =>
        weighted(maps, gradients, meanSlopes(gradients), (value) => Math.max(0, value)),
    },
    {
      says: "The slopes of a map are added up, not averaged: the result is h · w times too large.",
      answer: (maps, gradients) => {
        const [, height, width] = maps.shape;
        return solution.gradCam(maps, gradients).map((value) => value * height * width);
      },
    },
    {
      says: "Map and slope are multiplied position by position. Grad-CAM takes one number for each map, the mean of its slopes.",
      answer: (maps, gradients) => cut(weighted(maps, gradients)),
    },
    {
      says: "Maps and slopes have changed places: the mean is taken of the maps.",
      answer: (maps, gradients) => solution.gradCam(gradients, maps),
    },
    {
      says: "The maps are averaged, not added: the result is c times too small.",
      answer: (maps, gradients) =>
        solution.gradCam(maps, gradients).map((value) => value / maps.shape[3]),
    },
    {
      says: "All images share the mean slopes of the first.",
      answer: (maps, gradients) => {
        const slopes = meanSlopes(gradients);
        return cut(weighted(maps, gradients, (_, c) => slopes(0, c)));
      },
    },
    {
      says: "The slopes do not come in: the maps are only added up, and show the same for every class.",
      answer: (maps, gradients) => cut(weighted(maps, gradients, () => 1)),
    },
    {
      says: "Slopes below zero are cut off before the mean is taken. They belong to it: only the sum of the maps is cut off, at the very end.",
      answer: (maps, gradients) => {
        const slopes = gradients.map((slope) => Math.max(0, slope));
        return cut(weighted(maps, slopes, meanSlopes(slopes)));
      },
    },
    {
      says: "Maps with a mean slope below zero are left out. They speak against the class and lower the sum; it is the sum that is cut off.",
      answer: (maps, gradients) => {
        const slopes = meanSlopes(gradients);
        return cut(weighted(maps, gradients, (image, c) => Math.max(0, slopes(image, c))));
      },
    },
    {
      says: "The sign is taken off at the end: what speaks against the class looks like what speaks for it. Math.max(0, ...), not Math.abs.",
      answer: (maps, gradients) => weighted(maps, gradients, meanSlopes(gradients)).map(Math.abs),
    },
    {
      says: "The result is divided by its largest value. Here it is asked for as it is.",
      answer: (maps, gradients) => {
        const map = solution.gradCam(maps, gradients);
        return map.map((value) => value / (map.max() || 1));
      },
    },
    {
      says: "The mean is taken over the channels at each position. It is over the positions of each map: one number a map.",
      answer: (maps, gradients) => {
        const channels = maps.shape[3];
        const means = mapAt(gradients, (_, [image, row, column]) => {
          let sum = 0;
          for (let c = 0; c < channels; c++) sum += gradients.get(image, row, column, c);
          return sum / channels;
        });
        return cut(weighted(maps, means));
      },
    },
    {
      says: "Each map counts by the size of its mean slope. The sign matters: a map with a slope below zero speaks against the class.",
      answer: (maps, gradients) => {
        const slopes = meanSlopes(gradients);
        return cut(weighted(maps, gradients, (image, c) => Math.abs(slopes(image, c))));
      },
    },
  ],
});

type Slopes = (image: number, c: number) => number;

/**
 * Maps and slopes of which, in each image, the first position of the sum is positive, the second negative, and maps speak
 * for and against.
 */
function planted(
  shape: [number, number, number, number],
  random: Parameters<typeof randomIntegers>[3],
): [Tensor, Tensor] {
  const [, height, width] = shape;
  const positions = height * width;
  const gradients = randomIntegers(shape, -4, 4, random);
  const maps = randomIntegers(shape, -9, 9, random);
  for (let image = 0; image < shape[0]; image++) {
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        gradients.set(random.integer(1, 3) + image, image, row, column, 0); // speaks for the class
        gradients.set(-random.integer(1, 3) - image, image, row, column, 1); // speaks against it
      }
    maps.set(90 + positions, image, 0, 0, 0);
    maps.set(25, image, 0, 0, 1);
    maps.set(1, image, 0, 1, 0);
    maps.set(80, image, 0, 1, 1);
    maps.set(-7, image, 1, 0, 0);
    maps.set(-30, image, 1, 0, 1); // below zero in what speaks against the class: it speaks for it
  }
  return [maps, gradients];
}

function meanSlopes(gradients: Tensor): Slopes {
  const [, height, width] = gradients.shape;
  return (image, c) => {
    let sum = 0;
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) sum += gradients.get(image, row, column, c);
    return sum / (height * width);
  };
}

/** The sum of the maps, weighted; by the slope at the very position where no slopes are given. */
function weighted(
  maps: Tensor,
  gradients: Tensor,
  slopes?: Slopes,
  change = (value: number) => value,
): Tensor {
  const [m, height, width, channels] = maps.shape;
  return mapAt(zeros([m, height, width, 1]), (_, [image, row, column]) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      const slope = slopes ? slopes(image, c) : gradients.get(image, row, column, c);
      sum += change(slope * maps.get(image, row, column, c));
    }
    return sum;
  });
}

function cut(x: Tensor): Tensor {
  return x.map((value) => Math.max(0, value));
}
