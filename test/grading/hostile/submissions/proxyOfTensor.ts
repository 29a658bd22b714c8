// Attempts to return a tensor that has another shape at every look.
// Verdict: error
import { Tensor, tensor, zeros } from "convbook";
function scale(x: Tensor) {
  let looks = 0;
  return new Proxy(x, {
    get: (target, name) =>
      name === "shape" ? Array(looks++ % 3).fill(looks) : Reflect.get(target, name),
  });
}
