import type { Tensor } from "../tensor";

/**
 * The logarithm of softmax over the last axis, in double precision: exact also where the probability
 * itself would round to 0.
 *
 *     log softmax(x)[i] = x[i] - log(sum over j of e^x[j])
 *
 * The largest x is taken off before, which changes nothing but keeps e^x from overflowing.
 */
export function logSoftmax(x: Tensor): Tensor {
  const classes = x.shape[x.rank - 1];
  const y = x.as("float64"); // [..., classes]
  for (let first = 0; first < y.size; first += classes) {
    const row = Array.from(y.data.subarray(first, first + classes));
    const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
    const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0);
    row.forEach((value, i) => (y.data[first + i] = value - largest - Math.log(sum)));
  }
  return y;
}
