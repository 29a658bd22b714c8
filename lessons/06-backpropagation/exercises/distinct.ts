import { permutation, type Random, tensor, type Tensor } from "convbook";

/** Different integers in a random order: a window of them has one maximum. */
export function distinct(shape: readonly number[], random: Random): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  return tensor(Array.from(permutation(size, random)), shape);
}
