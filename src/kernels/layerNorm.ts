import { ArgumentError, requireOptions, Tensor } from "../tensor";
import {
  type NormGradients,
  type NormOptions,
  type Sets,
  standardise,
  standardiseBackward,
} from "./standardise";

export interface LayerNormOptions extends NormOptions {}

/**
 * Layer normalisation: the channels of each pixel, or the features of each example, get mean 0 and variance 1,
 * then a scale and a shift that are learnt. No value of another image or pixel plays a part, so training and
 * inference do the same.
 *
 * Over maps it normalises the channels of a pixel, as ConvNeXt and Keras do. PyTorch's `LayerNorm([c, h, w])`
 * normalises whole images: that is `groupNorm` in one group, but for its gamma of [c, h, w].
 *
 * Cost: one multiply-add a value once the statistics are known, two passes over x before that.
 *
 * @param x channels last, [m, h, w, c] or [m, c]
 * @throws ArgumentError when the shapes do not fit, before any work
 * @see Ba, Kiros and Hinton, Layer normalization, 2016, arXiv 1607.06450
 *
 * @example
 * layerNorm(tensor([[1, 3], [10, 30]]), { epsilon: 1e-12 }).toArray() // → [[-1, 1], [-1, 1]]
 */
export function layerNorm(x: Tensor, options: LayerNormOptions = {}): Tensor {
  requireNormOptions("layerNorm", options);
  return standardise("layerNorm", x, pixelsOf("layerNorm", x), options);
}

/**
 * The gradients of layer normalisation.
 *
 * Cost: some six multiply-adds a value.
 *
 * @param dy the gradient of the loss with respect to the output, shaped as x
 * @param options those of the forward pass; beta does not matter
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * layerNormBackward(tensor([[1, 5]]), tensor([[1, 3]]), { epsilon: 1e-12 }).dGamma.toArray() // → [-1, 5]
 */
export function layerNormBackward(
  dy: Tensor,
  x: Tensor,
  options: LayerNormOptions = {},
): NormGradients {
  const call = "layerNormBackward";
  requireNormOptions(call, options);
  return standardiseBackward(call, dy, x, pixelsOf(call, x), options);
}

function requireNormOptions(call: string, options: LayerNormOptions): void {
  requireOptions<LayerNormOptions>(call, options, { gamma: true, beta: true, epsilon: true });
}

/** Each pixel is a set of its own. */
function pixelsOf(call: string, x: Tensor): Sets {
  if (!(x instanceof Tensor && x.rank >= 2 && x.size > 0)) {
    const expected = "a tensor of shape [batch, ..., channels]";
    throw new ArgumentError({ call, argument: "x", expected, received: x });
  }
  const channels = x.shape[x.rank - 1];
  return { count: x.size / channels, of: (offset) => Math.floor(offset / channels) };
}
