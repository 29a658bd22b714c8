import { ArgumentError, requireSameShape, Tensor } from "../tensor";
import { logSoftmax } from "./logSoftmax";

/**
 * Softmax over the last axis: turns any numbers into probabilities that sum to 1.
 *
 *     y[i] = e^x[i] / sum over j of e^x[j]
 *
 * @param x the logits, [..., classes]
 * @returns shaped as x
 *
 * @example
 * softmax(tensor([[0, Math.log(3)]])).toArray() // → [[0.25, 0.75]]
 */
export function softmax(x: Tensor): Tensor {
  requireClasses("softmax", x);
  return logSoftmax(x).map(Math.exp).as(x.dtype); // [..., classes]
}

/**
 * The gradient of softmax. Raising one x takes from all the other probabilities, so each dx needs the whole
 * row of dy.
 *
 *     dx[i] = y[i] · (dy[i] - sum over j of dy[j] · y[j])
 *
 * @param dy shaped as x
 * @param x the logits
 * @returns dx, shaped as x
 *
 * @example
 * softmaxBackward(tensor([[1, 0]]), tensor([[0, Math.log(3)]])).toArray() // → [[0.1875, -0.1875]]
 */
export function softmaxBackward(dy: Tensor, x: Tensor): Tensor {
  const classes = requireClasses("softmaxBackward", x);
  requireSameShape("softmaxBackward", "dy", dy, x.shape, x.dtype);
  const y = logSoftmax(x).map(Math.exp); // [..., classes]
  const expected = new Float64Array(x.size / classes); // the mean of dy under the probabilities y, row by row
  for (let i = 0; i < x.size; i++) expected[Math.floor(i / classes)] += dy.data[i] * y.data[i];
  return y
    .map((probability, i) => probability * (dy.data[i] - expected[Math.floor(i / classes)]))
    .as(x.dtype);
}

function requireClasses(call: string, x: unknown): number {
  if (x instanceof Tensor && x.rank > 0 && x.size > 0) return x.shape[x.rank - 1];
  const expected = "a tensor of shape [..., classes]";
  throw new ArgumentError({ call, argument: "x", expected, received: x });
}
