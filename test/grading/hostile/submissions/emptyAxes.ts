// Attempts to return a tensor without values that is endless to walk.
// Verdict: error
import { Tensor, tensor, zeros } from "convbook";

function scale() {
  return new Tensor(new Float32Array(0), [4_000_000_000, 4_000_000_000, 0]);
}
