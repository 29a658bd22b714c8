import { requireSameShape, requireTensor, type Tensor } from "../tensor";

export interface DenseOptions {
  /** One number added to each output, [units]. */
  bias?: Tensor | undefined;
}

/** What the backward pass of a dense layer gives. */
export interface DenseGradients {
  /** Shaped as x. */
  dx: Tensor;
  /** Shaped as weights. */
  dWeights: Tensor;
  /** [units]. */
  dBias: Tensor;
}

/** A dense layer worked out: y, [batch, units], from x, [batch, inputs]. */
export interface DenseShape {
  batch: number;
  inputs: number;
  units: number;
}

/**
 * Checks everything that could be wrong with the arguments of a dense layer, and works out its shape.
 *
 * @param call the public function that asks, for the error message
 * @param x [m, n]
 * @param weights [n, units]
 *
 * @example
 * denseShape("dense", zeros([8, 120]), zeros([120, 84])).units // → 84
 */
export function denseShape(
  call: string,
  x: Tensor,
  weights: Tensor,
  options: DenseOptions = {},
): DenseShape {
  const { bias } = options;
  requireTensor(call, "x", x, ["batch", "inputs"]);
  requireTensor(call, "weights", weights, ["inputs", "units"], x.dtype);
  const [batch, inputs] = x.shape;
  const units = weights.shape[1];
  requireSameShape(call, "weights", weights, [inputs, units]);
  if (bias !== undefined) requireSameShape(call, "bias", bias, [units], x.dtype);
  return { batch, inputs, units };
}
