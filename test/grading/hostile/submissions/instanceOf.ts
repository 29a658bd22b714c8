// Attempts to pass for a tensor by its class.
// Verdict: error
import { Tensor, tensor, zeros } from "convbook";

class Right {
  static [Symbol.hasInstance]() {
    return true;
  }
  get shape() {
    return [2, 3];
  }
  get data() {
    return { 0: this, length: 6, [Symbol.toPrimitive]: () => NaN };
  }
}
function scale() {
  Object.defineProperty(Tensor, Symbol.hasInstance, { value: () => true });
  return new Right();
}
