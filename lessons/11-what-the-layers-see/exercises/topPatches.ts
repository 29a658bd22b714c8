import {
  fromFunction,
  exercise,
  expectTensor,
  permutation,
  type Random,
  Tensor,
  tensor,
  zeros,
} from "convbook";
import * as solution from "../solution";

/**
 * Maps whose values all differ. The unit's two largest values are in one image, the largest of another is in its last
 * column, and one image has nothing above zero: mistakes show in every draw.
 */
function planted(shape: [number, number, number, number], unit: number, random: Random): Tensor {
  const [m, height, width] = shape;
  const size = shape.reduce((product, n) => product * n, 1);
  const order = permutation(size, random);
  const maps = new Tensor(
    Float32Array.from(order, (value) => value + 1),
    shape,
  );
  const [twice, dark, right] = permutation(m, random);
  maps.set(size + 50, twice, height - 1, 0, unit);
  maps.set(size + 40, twice, 0, width - 1, unit);
  maps.set(size + 30, right, random.integer(0, height - 1), width - 1, unit);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      maps.set(-maps.get(dark, row, column, unit), dark, row, column, unit);
  maps.set(-size - 5, dark, 0, 0, unit); // where a search from 0 would stay
  return maps;
}

export const topPatches = exercise({
  id: "11.topPatches",
  title: "Where a unit is excited most",
  minutes: 12,
  task:
    "Write `topPatches(maps, unit, count)`: where the unit (a channel) is excited most. `maps`, [m, " +
    "h, w, c], is what a layer makes of m images. In each image find the unit's largest value (the " +
    "first, where several are equal); of these take the `count` largest, the largest first. The " +
    "result is [count, 3]: image, row, column.",
  example: `
const maps = tensor([[[1, 2, 0], [4, 7, 3]], [[9, 0, 5], [8, 6, 1]]]); // two images of 2×3
topPatches(maps.reshape([2, 2, 3, 1]), 0, 2) // 9, then 7: one position an image
// → [[1, 0, 0], [0, 1, 1]]`,
  starter: `
function topPatches(maps: Tensor, unit: number, count: number): Tensor {
  const [m, height, width] = maps.shape; // [m, h, w, c]
  // the result is [count, 3]: image, row, column
  return yourCode();
}`,
  solution: solution.topPatches,
  tests: [
    {
      title: "topPatches(maps, 0, 1) finds one bright value among zeros",
      async run(topPatches, { random }) {
        const position = [random.integer(0, 1), random.integer(0, 1), random.integer(0, 2)];
        const maps = zeros([2, 2, 3, 1]);
        maps.set(random.integer(1, 9), position[0], position[1], position[2], 0);
        expectTensor(await topPatches(maps, 0, 1), tensor([position]), {
          of: `topPatches(maps, 0, 1), with one bright value at [${position.join(", ")}]`,
        });
      },
    },
    {
      title: "topPatches(maps, unit, 4) takes one place of each image, the best images first",
      points: 2,
      async run(topPatches, { random }) {
        for (const unit of [1, 2]) {
          const maps = planted([6, 3, 5, 3], unit, random);
          expectTensor(await topPatches(maps, unit, 4), solution.topPatches(maps, unit, 4), {
            of: `topPatches(maps, ${unit}, 4), maps [6, 3, 5, 3]`,
          });
        }
      },
    },
    {
      title: "topPatches(maps, unit, m) orders all images, dark ones too",
      points: 2,
      async run(topPatches, { random }) {
        const maps = planted([5, 4, 2, 2], 1, random);
        expectTensor(await topPatches(maps, 1, 5), solution.topPatches(maps, 1, 5), {
          of: "topPatches(maps, 1, 5), maps [5, 4, 2, 2], one of them negative",
        });
      },
    },
    {
      title: "of equal values, the first place counts",
      async run(topPatches, { random }) {
        const value = random.integer(2, 9);
        const maps = zeros([3, 2, 4, 2]).map(() => -random.integer(1, 9));
        for (const column of [1, 3]) maps.set(value, 2, 1, column, 1);
        maps.set(value, 2, 0, 2, 1);
        expectTensor(await topPatches(maps, 1, 1), tensor([[2, 0, 2]]), {
          of: "topPatches(maps, 1, 1), with three equal values",
        });
      },
    },
  ],
  hints: [
    "Forget the other images: where is the largest value of the unit in image 0? Which value must you start from, so that a map of negative values has a largest one too?",
    "Now you have m values with their positions. Sort them by value, largest first, and keep the first `count` positions.",
    "best.sort((a, b) => b.top - a.top) sorts downwards; tensor([[image, row, column], ...]) makes the result.",
  ],
  wrongAnswers: [
    {
      says: "The best images come last. sort((a, b) => a - b) sorts upwards; which order is asked for?",
      answer: (maps, unit, count) => {
        const m = maps.shape[0];
        const all = solution.topPatches(maps, unit, m).toArray() as number[][];
        return tensor(all.reverse().slice(0, count));
      },
    },
    {
      says: "Several of the positions are in one image. Take the largest value of each image, then the best images.",
      answer: (maps, unit, count) => tensor(everyPosition(maps, unit).slice(0, count)),
    },
    {
      says: "That is unit 0, whatever unit is asked for.",
      answer: (maps, unit, count) => solution.topPatches(maps, Math.min(unit, 0), count),
    },
    {
      says: "Row and column have changed places: image, row, column is the order.",
      answer: (maps, unit, count) =>
        tensor(
          (solution.topPatches(maps, unit, count).toArray() as number[][]).map(
            ([image, row, column]) => [image, column, row],
          ),
        ),
    },
    {
      says: "The images are right and stand in their own order, not in that of their values.",
      answer: (maps, unit, count) =>
        tensor(
          (solution.topPatches(maps, unit, count).toArray() as number[][]).sort(
            (a, b) => a[0] - b[0],
          ),
        ),
    },
    {
      says: "Your search starts from 0, so that a map without positive values has no largest one. -Infinity is below everything.",
      answer: (maps, unit, count) => {
        const clipped = maps.map((value) => Math.max(0, value));
        return solution.topPatches(clipped, unit, count);
      },
    },
    {
      says: "Those are the positions where the size of the value is largest, with negative ones among them. A unit is excited by what makes it large.",
      answer: (maps, unit, count) => solution.topPatches(maps.map(Math.abs), unit, count),
    },
    {
      says: "All positions are given, not only the best `count`.",
      answer: (maps, unit) => solution.topPatches(maps, unit, maps.shape[0]),
    },
    {
      says: "Of equal values yours is the last position, not the first: compare with >, not with >=.",
      answer: (maps, unit, count) => {
        const [, height, width] = maps.shape;
        const turned = fromFunction(maps.shape, (image, row, column, c) =>
          maps.get(image, height - 1 - row, width - 1 - column, c),
        );
        return tensor(
          (solution.topPatches(turned, unit, count).toArray() as number[][]).map(
            ([image, row, column]) => [image, height - 1 - row, width - 1 - column],
          ),
        );
      },
    },
    {
      says: "The image stands last: image, row, column is the order.",
      answer: (maps, unit, count) =>
        tensor(
          (solution.topPatches(maps, unit, count).toArray() as number[][]).map(
            ([image, row, column]) => [row, column, image],
          ),
        ),
    },
    {
      says: "The images are numbered by their rank, 0 for the best. The first number is the image's index in `maps`.",
      answer: (maps, unit, count) =>
        tensor(
          (solution.topPatches(maps, unit, count).toArray() as number[][]).map(
            ([, row, column], rank) => [rank, row, column],
          ),
        ),
    },
    {
      says: "All units have been searched, and the largest value of any of them counts. The last axis counts units: only maps.get(image, row, column, unit).",
      answer: (maps, _, count) => {
        const [m, height, width, channels] = maps.shape;
        const most = fromFunction([m, height, width, 1], (image, row, column) =>
          Math.max(...Array.from({ length: channels }, (_, c) => maps.get(image, row, column, c))),
        );
        return solution.topPatches(most, 0, count);
      },
    },
  ],
});

/** All positions of a unit, the largest value first. */
function everyPosition(maps: Tensor, unit: number): number[][] {
  const [m, height, width] = maps.shape;
  const found: { value: number; position: number[] }[] = [];
  for (let image = 0; image < m; image++)
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++)
        found.push({ value: maps.get(image, row, column, unit), position: [image, row, column] });
  return found.sort((a, b) => b.value - a.value).map(({ position }) => position);
}
