// Attempts to return more numbers than the grader can hold.
// Verdict: error
import { Tensor, tensor, zeros } from "convbook";

function scale() {
  return zeros([20, 1000, 1000]);
}
