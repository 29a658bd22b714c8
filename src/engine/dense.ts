import { type DenseGradients, type DenseOptions, denseShape } from "../arithmetic";
import { requireOptions, requireSameShape, Tensor } from "../tensor";
import { biasGradient, filterGradient, forward, inputGradient } from "./passes";
import { onePixelImages } from "./geometry";
import { singlePrecision } from "./precision";

/**
 * The fast twin of `dense`: a matrix product plus bias, computed as the 1x1 convolution of images of one
 * pixel, which is the same thing.
 *
 * Cost: m · n · units multiply-adds.
 *
 * @param x [m, n], float32
 * @param weights [n, units]
 * @returns [m, units]
 * @throws ArgumentError when the shapes do not fit, or a tensor is float64
 *
 * @example
 * const weights = tensor([[1, 0], [0, 1], [1, 1]]);
 * engine.dense(tensor([[1, 2, 3]]), weights, { bias: tensor([10, 20]) }).toArray() // → [[14, 25]]
 */
export function dense(x: Tensor, weights: Tensor, options: DenseOptions = {}): Tensor {
  requireOptions<DenseOptions>("engine.dense", options, { bias: true });
  const call = "engine.dense";
  const { batch, inputs, units } = denseShape(call, x, weights, options);
  const y = forward(
    onePixelImages(batch, inputs, units),
    singlePrecision(call, "x", x),
    singlePrecision(call, "weights", weights),
    options.bias && singlePrecision(call, "bias", options.bias),
  );
  return new Tensor(y, [batch, units]);
}

/**
 * The fast twin of `denseBackward`.
 *
 * Cost: twice the forward pass.
 *
 * @param dy the gradient of the loss with respect to the output, [m, units]
 * @throws ArgumentError when the shapes do not fit, or a tensor is float64
 *
 * @example
 * const x = tensor([[1, 2]]);
 * const weights = tensor([[3], [4]]);
 * engine.denseBackward(tensor([[10]]), x, weights).dWeights.toArray() // → [[10], [20]]
 */
export function denseBackward(
  dy: Tensor,
  x: Tensor,
  weights: Tensor,
  options: DenseOptions = {},
): DenseGradients {
  requireOptions<DenseOptions>("engine.denseBackward", options, { bias: true });
  const call = "engine.denseBackward";
  const { batch, inputs, units } = denseShape(call, x, weights, options);
  requireSameShape(call, "dy", dy, [batch, units], x.dtype);
  const shape = onePixelImages(batch, inputs, units);
  const gradient = singlePrecision(call, "dy", dy);
  const dx = inputGradient(shape, gradient, singlePrecision(call, "weights", weights));
  const dWeights = filterGradient(shape, gradient, singlePrecision(call, "x", x));
  return {
    dx: new Tensor(dx, x.shape),
    dWeights: new Tensor(dWeights, weights.shape),
    dBias: new Tensor(biasGradient(gradient, units), [units]),
  };
}
