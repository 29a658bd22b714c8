// Attempts to return fifty thousand tensors of one value.
// Verdict: error
import { Tensor, tensor, zeros } from "convbook";
function scale() {
  return Array(50_000).fill(tensor([1]));
}
