// Attempts to return a tensor whose data is no array of numbers.
// Verdict: error
import { Tensor, tensor, zeros } from "convbook";

function scale() {
  const data = { length: 6, every: () => true, slice: () => data };
  return Object.assign(Object.create(Tensor.prototype), { shape: [2, 3], data });
}
