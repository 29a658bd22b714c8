// Attempts to return a tensor with more axes than a byte can count.
// Verdict: error
import { Tensor, tensor, zeros } from "convbook";
function scale() {
  return zeros(Array(258).fill(1));
}
