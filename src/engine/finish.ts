import type { Job } from "./jobs";

/** The functions that the kernels can apply to what they have computed, by their numbers in `assembly/activation.ts`. */
export const activations = { none: 0, sigmoid: 1, tanh: 2, swish: 3, hardSigmoid: 4, hardSwish: 5 };

/** What becomes of values before they are stored: those beyond the limits become these, then a function is applied. */
export interface Finish {
  low: number;
  high: number;
  /** By its number. */
  activation: number;
}

/** Stored as they are. */
export const asTheyAre: Finish = { low: -Infinity, high: Infinity, activation: activations.none };

type Finishing = Pick<
  Job<"convolveTile">,
  "added" | "addedImage" | "addedRow" | "addedPixel" | keyof Finish
>;

/** Sums that are stored as they are, with nothing added. */
export const unfinished: Finishing = {
  ...asTheyAre,
  added: 0,
  addedImage: 0,
  addedRow: 0,
  addedPixel: 0,
};

/** What `mapTile` does with its inputs, by its number in `assembly/mapping.ts`. */
export const mappings = { copy: 0, add: 1, multiply: 2, scaleChannels: 3 };

/** Limits and functions by the names that they have in networks. */
const finishes: Readonly<Record<string, Partial<Finish>>> = {
  relu: { low: 0 },
  relu6: { low: 0, high: 6 },
  sigmoid: { activation: activations.sigmoid },
  tanh: { activation: activations.tanh },
  swish: { activation: activations.swish },
  hardSigmoid: { activation: activations.hardSigmoid },
  hardSwish: { activation: activations.hardSwish },
};

/** What an activation does value by value; nothing for one that does something else, or that is not known here. */
export function finishOf(activation: string): Finish | undefined {
  const finish = finishes[activation];
  return finish && { ...asTheyAre, ...finish };
}
