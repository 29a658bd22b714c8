import type { Tensor } from "../tensor";

/** Adds to one value of a tensor in which a sum is being collected. */
export function addTo(sum: Tensor, value: number, ...index: number[]): void {
  sum.set(sum.get(...index) + value, ...index);
}
