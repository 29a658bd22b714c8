import { exercise, expectTensor, tensor, zeros } from "convbook";
import * as solution from "../solution";

export const distributeValue = exercise({
  id: "06.distributeValue",
  title: "Equal parts",
  minutes: 2,
  task:
    "Write `distributeValue(dz, shape)`: a tensor of this shape, [height, width], over which dz is " +
    "shared out in equal parts.",
  example: `
distributeValue(12, [2, 3])
// → [[2, 2, 2],
//    [2, 2, 2]]`,
  starter: `
function distributeValue(dz: number, shape: [number, number]): Tensor {
  return yourCode();
}`,
  solution: solution.distributeValue,
  tests: [
    {
      title: "distributeValue(8, [2, 2]) is 2 everywhere",
      async run(distributeValue, { random }) {
        const expected = tensor([
          [2, 2],
          [2, 2],
        ]);
        expectTensor(await distributeValue(8, [2, 2]), expected, {
          of: "distributeValue(8, [2, 2])",
        });
        const value = random.integer(9, 99);
        const four = solution.distributeValue(value, [2, 2]);
        expectTensor(await distributeValue(value, [2, 2]), four, {
          of: `distributeValue(${value}, [2, 2])`,
        });
      },
    },
    {
      title: "distributeValue(-3, [2, 3]) is -0.5 everywhere",
      async run(distributeValue, { random }) {
        const expected = zeros([2, 3]).map(() => -0.5);
        expectTensor(await distributeValue(-3, [2, 3]), expected, {
          of: "distributeValue(-3, [2, 3])",
        });
        const value = -random.integer(4, 99);
        const six = solution.distributeValue(value, [2, 3]);
        expectTensor(await distributeValue(value, [2, 3]), six, {
          of: `distributeValue(${value}, [2, 3])`,
        });
      },
    },
    {
      title: "distributeValue(dz, shape) adds up to dz, for five random shapes",
      async run(distributeValue, { random }) {
        for (let trial = 0; trial < 5; trial++) {
          const shape: [number, number] = [random.integer(1, 5), random.integer(1, 5)];
          const dz = random.integer(-50, 50);
          expectTensor(await distributeValue(dz, shape), solution.distributeValue(dz, shape), {
            of: `distributeValue(${dz}, [${shape.join(", ")}])`,
          });
        }
      },
    },
  ],
  hints: [
    "Into how many parts is dz cut for a shape of [2, 3]?",
    "zeros(shape) and full(shape, value) make a tensor of a shape; which value is it here?",
  ],
  wrongAnswers: [
    {
      says: "The whole of dz stands in every cell: added up, there is more than came in. Divide it by the number of cells.",
      answer: (dz, shape) => zeros(shape).map(() => dz),
    },
    {
      says: "You divide by the number of rows. How many cells has the window?",
      answer: (dz, shape) => zeros(shape).map(() => dz / shape[0]),
    },
    {
      says: "You divide by the number of columns. How many cells has the window?",
      answer: (dz, shape) => zeros(shape).map(() => dz / shape[1]),
    },
    {
      says: "You divide by height + width. A window of 2 by 3 has 2 · 3 cells.",
      answer: (dz, shape) => zeros(shape).map(() => dz / (shape[0] + shape[1])),
    },
    {
      says: "The parts are rounded to whole numbers, and so do not add up to dz any more.",
      answer: (dz, shape) => zeros(shape).map(() => Math.round(dz / (shape[0] * shape[1]))),
    },
    {
      says: "The parts are rounded down to whole numbers, and so do not add up to dz any more.",
      answer: (dz, shape) => zeros(shape).map(() => Math.floor(dz / (shape[0] * shape[1]))),
    },
    {
      says: "Rows and columns have changed places: shape is [height, width].",
      answer: (dz, shape) => solution.distributeValue(dz, [shape[1], shape[0]]),
    },
    {
      says: "The parts stand in one row. The tensor has the shape that is given: [height, width].",
      answer: (dz, shape) => solution.distributeValue(dz, shape).reshape([-1]),
    },
  ],
});
