import { requireAnyTensor, requireSameShape, type Tensor } from "../tensor";

/** Passes every value of x through a function of one number. */
export function elementwise(call: string, x: Tensor, f: (x: number) => number): Tensor {
  requireAnyTensor(call, "x", x);
  return x.map((value) => f(value));
}

/** The gradient of such a function, by the chain rule: dx = dy · f'(x). */
export function elementwiseBackward(
  call: string,
  dy: Tensor,
  x: Tensor,
  slope: (x: number) => number,
): Tensor {
  requireAnyTensor(call, "x", x);
  requireSameShape(call, "dy", dy, x.shape, x.dtype);
  return x.map((value, i) => dy.data[i] * slope(value));
}
