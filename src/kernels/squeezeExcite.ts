import { requireImages, requireSameShape, requireTensor, type Tensor, zeros, zip } from "../tensor";
import { dense, denseBackward } from "./dense";
import { globalAveragePool, globalAveragePoolBackward } from "./globalAveragePool";
import { relu, reluBackward } from "./relu";
import { sigmoid, sigmoidBackward } from "./sigmoid";

/** The two dense layers of the excitation, with c / r units between them. */
export interface SqueezeExciteWeights {
  /** [c, c / r]. */
  w1: Tensor;
  /** [c / r]. */
  b1: Tensor;
  /** [c / r, c]. */
  w2: Tensor;
  /** [c]. */
  b2: Tensor;
}

export interface SqueezeExciteResult {
  /** x, each channel times its scale, [m, h, w, c]. */
  y: Tensor;
  /** How much each channel matters in each image, between 0 and 1, [m, c]. */
  scale: Tensor;
}

export interface SqueezeExciteGradients {
  /** Shaped as x, and the others as their weights. */
  dx: Tensor;
  dW1: Tensor;
  dB1: Tensor;
  dW2: Tensor;
  dB2: Tensor;
}

/**
 * Squeeze and excitation: looks at the whole image to decide how much each channel counts.
 *
 *     scale = sigmoid(relu(average(x) · w1 + b1) · w2 + b2)        y = x · scale, channel by channel
 *
 * Cost: m · (2 · c² / r + h · w · c) multiply-adds, r being the reduction.
 *
 * @param x images, [m, h, w, c]
 * @throws ArgumentError when the shapes do not fit, before any work
 * @see Hu et al., Squeeze-and-Excitation Networks, 2017, arXiv 1709.01507
 *
 * @example
 * const weights = { w1: tensor([[1], [1]]), b1: tensor([0]), w2: tensor([[0, 100]]), b2: tensor([0, 0]) };
 * squeezeExcite(tensor([2, 4], [1, 1, 1, 2]), weights).scale.toArray() // → [[0.5, 1]]
 */
export function squeezeExcite(x: Tensor, weights: SqueezeExciteWeights): SqueezeExciteResult {
  squeezeExciteShape("squeezeExcite", x, weights);
  const { scale } = excite(x, weights);
  return { y: rescale(x, scale), scale };
}

/**
 * The gradients of squeeze and excitation: the forward steps in reverse. x counts twice, where it is
 * scaled and where it is averaged.
 *
 * Cost: about twice the forward pass.
 *
 * @param dy the gradient of the loss with respect to y, [m, h, w, c]
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const weights = { w1: tensor([[0]]), b1: tensor([1]), w2: tensor([[0]]), b2: tensor([0]) };
 * const x = tensor([4], [1, 1, 1, 1]);
 * squeezeExciteBackward(tensor([1], [1, 1, 1, 1]), x, weights).dB2.toArray() // → [1]
 */
export function squeezeExciteBackward(
  dy: Tensor,
  x: Tensor,
  weights: SqueezeExciteWeights,
): SqueezeExciteGradients {
  squeezeExciteShape("squeezeExciteBackward", x, weights);
  requireSameShape("squeezeExciteBackward", "dy", dy, x.shape, x.dtype);
  const { squeezed, hidden, logits, scale } = excite(x, weights);

  const dLogits = sigmoidBackward(sumOverPixels(dy, x), logits); // [m, c]
  const second = denseBackward(dLogits, relu(hidden), weights.w2);
  const dHidden = reluBackward(second.dx, hidden); // [m, c / r]
  const first = denseBackward(dHidden, squeezed, weights.w1);
  const throughAverage = globalAveragePoolBackward(first.dx, x); // [m, h, w, c]
  const dx = zip(rescale(dy, scale), throughAverage, (direct, average) => direct + average); // [m, h, w, c]
  return { dx, dW1: first.dWeights, dB1: first.dBias, dW2: second.dWeights, dB2: second.dBias };
}

function excite(x: Tensor, { w1, b1, w2, b2 }: SqueezeExciteWeights) {
  const squeezed = globalAveragePool(x); // [m, c]
  const hidden = dense(squeezed, w1, { bias: b1 }); // [m, c / r]
  const logits = dense(relu(hidden), w2, { bias: b2 }); // [m, c]
  return { squeezed, hidden, logits, scale: sigmoid(logits) };
}

/** Each channel of [m, h, w, c] times its number in [m, c]. */
function rescale(x: Tensor, scale: Tensor): Tensor {
  const [, height, width, channels] = x.shape;
  const image = height * width * channels;
  return x.map((value, i) => value * scale.data[Math.floor(i / image) * channels + (i % channels)]);
}

/** The gradient of `rescale` for the scale: the sum of dy · x over the pixels, [m, c]. */
function sumOverPixels(dy: Tensor, x: Tensor): Tensor {
  const [batch, height, width, channels] = x.shape;
  const image = height * width * channels;
  const sums = zeros([batch, channels], "float64");
  for (let i = 0; i < x.size; i++)
    sums.data[Math.floor(i / image) * channels + (i % channels)] += dy.data[i] * x.data[i];
  return sums.as(x.dtype);
}

function squeezeExciteShape(call: string, x: Tensor, weights: SqueezeExciteWeights): void {
  requireImages(call, "x", x);
  const channels = x.shape[3];
  requireTensor(call, "w1", weights?.w1, ["channels", "channels / reduction"]);
  const units = weights.w1.shape[1];
  requireSameShape(call, "w1", weights.w1, [channels, units], x.dtype);
  requireSameShape(call, "b1", weights.b1, [units], x.dtype);
  requireSameShape(call, "w2", weights.w2, [units, channels], x.dtype);
  requireSameShape(call, "b2", weights.b2, [channels], x.dtype);
}
