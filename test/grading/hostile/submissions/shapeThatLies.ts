// Attempts to return a tensor whose shape is not that of its data.
// Verdict: error
import { Tensor, tensor, zeros } from "convbook";

function scale() {
  return Object.assign(Object.create(Tensor.prototype), {
    shape: [2, 3],
    data: new Float32Array(1),
    dtype: "float32",
    strides: [3, 1],
  });
}
