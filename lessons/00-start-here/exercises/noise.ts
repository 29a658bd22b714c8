import { fromFunction, type Random, type Tensor } from "convbook";

/** Values from 0 to 1, none equal to another. */
export function noise(shape: number[], random: Random): Tensor {
  return fromFunction(shape, () => random.uniform());
}
