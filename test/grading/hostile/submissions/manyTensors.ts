// Attempts to return a hundred thousand tensors of one value.
// Verdict: error
import { Tensor, tensor, zeros } from "convbook";
function scale() {
  return Array(100_000).fill(tensor([1]));
}
