import { type DenseGradients, type DenseOptions, denseShape } from "../arithmetic";
import { requireOptions, requireSameShape, type Tensor, zeros } from "../tensor";

/**
 * A dense (fully connected) layer: every output sees every input.
 *
 *     y[m, u] = bias[u] + sum over n of  x[m, n] · weights[n, u]
 *
 * Cost: m · n · units multiply-adds.
 *
 * @param x [m, n]
 * @param weights [n, units]
 * @returns [m, units]
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const weights = tensor([[1, 0], [0, 1], [1, 1]]);
 * dense(tensor([[1, 2, 3]]), weights, { bias: tensor([10, 20]) }).toArray() // → [[14, 25]]
 */
export function dense(x: Tensor, weights: Tensor, options: DenseOptions = {}): Tensor {
  requireOptions<DenseOptions>("dense", options, { bias: true });
  const { batch, inputs, units } = denseShape("dense", x, weights, options);
  const y = zeros([batch, units], x.dtype); // [m, units]
  for (let m = 0; m < batch; m++)
    for (let u = 0; u < units; u++) {
      let sum = options.bias ? options.bias.data[u] : 0;
      for (let n = 0; n < inputs; n++) sum += x.data[m * inputs + n] * weights.data[n * units + u];
      y.data[m * units + u] = sum;
    }
  return y;
}

/**
 * The gradients of a dense layer: as in the convolution, each product sends dy back twice.
 *
 * Cost: twice the forward pass.
 *
 * @param dy the gradient of the loss with respect to the output, [m, units]
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const x = tensor([[1, 2]]);
 * const weights = tensor([[3], [4]]);
 * denseBackward(tensor([[10]]), x, weights).dWeights.toArray() // → [[10], [20]]
 */
export function denseBackward(
  dy: Tensor,
  x: Tensor,
  weights: Tensor,
  options: DenseOptions = {},
): DenseGradients {
  requireOptions<DenseOptions>("denseBackward", options, { bias: true });
  const { batch, inputs, units } = denseShape("denseBackward", x, weights, options);
  requireSameShape("denseBackward", "dy", dy, [batch, units], x.dtype);
  const dx = zeros(x.shape, "float64"); // [m, n]
  const dWeights = zeros(weights.shape, "float64"); // [n, units]
  const dBias = zeros([units], "float64"); // [units]
  for (let m = 0; m < batch; m++)
    for (let u = 0; u < units; u++) {
      const slope = dy.data[m * units + u];
      dBias.data[u] += slope;
      for (let n = 0; n < inputs; n++) {
        dx.data[m * inputs + n] += slope * weights.data[n * units + u];
        dWeights.data[n * units + u] += slope * x.data[m * inputs + n];
      }
    }
  return { dx: dx.as(x.dtype), dWeights: dWeights.as(x.dtype), dBias: dBias.as(x.dtype) };
}
