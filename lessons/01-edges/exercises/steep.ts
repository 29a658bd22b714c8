import { fromFunction, type Random, type Tensor } from "convbook";

/** Weights that differ from each other and are never 0, so that no mistake among them stays unseen. */
export function steep(shape: readonly number[], random: Random): Tensor {
  const least = random.integer(1, 3);
  const columns = shape[1];
  return fromFunction(shape, (a, b) => {
    const offset = a * columns + b;
    return offset % 2 === 0 ? least + offset : -least - offset;
  });
}
