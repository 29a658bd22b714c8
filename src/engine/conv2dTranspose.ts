import {
  type Conv2dGradients,
  type Conv2dShape,
  type Conv2dTransposeOptions,
  conv2dTransposeShape,
} from "../arithmetic";
import { requireOptions, requireSameShape, Tensor } from "../tensor";
import { biasGradient, filterGradient, forward, inputGradient } from "./passes";
import { singlePrecision } from "./precision";

/**
 * The fast twin of `conv2dTranspose`: the gradient of a convolution to its input, used forwards.
 *
 * Cost: m · h · w · cin · kh · kw · cout / groups multiply-adds.
 *
 * @param x images, [m, h, w, cin], float32
 * @param filter [kh, kw, cout / groups, cin]
 * @returns [m, oh, ow, cout]
 * @throws ArgumentError when the shapes do not fit, or a tensor is float64
 *
 * @example
 * const x = tensor([1, 10], [1, 1, 2, 1]);
 * const filter = tensor([1, 2, 3], [1, 3, 1, 1]);
 * engine.conv2dTranspose(x, filter, { stride: 2 }).reshape([5]).toArray() // → [1, 2, 13, 20, 30]
 */
export function conv2dTranspose(
  x: Tensor,
  filter: Tensor,
  options: Conv2dTransposeOptions = {},
): Tensor {
  requireOptions<Conv2dTransposeOptions>("engine.conv2dTranspose", options, {
    bias: true,
    groups: true,
    outputPadding: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  const call = "engine.conv2dTranspose";
  const shape = conv2dTransposeShape(call, x, filter, options);
  const y = inputGradient(
    shape,
    singlePrecision(call, "x", x),
    singlePrecision(call, "filter", filter),
    options.bias && singlePrecision(call, "bias", options.bias),
  );
  return new Tensor(y, outputShape(shape));
}

/**
 * The fast twin of `conv2dTransposeBackward`. The gradient to x is the convolution itself.
 *
 * Cost: twice the forward pass.
 *
 * @param dy the gradient of the loss with respect to the output, [m, oh, ow, cout]
 * @throws ArgumentError when the shapes do not fit, or a tensor is float64
 *
 * @example
 * const x = tensor([1, 10], [1, 1, 2, 1]);
 * const filter = tensor([1, 2], [1, 2, 1, 1]);
 * const dy = tensor([1, 1, 1], [1, 1, 3, 1]);
 * engine.conv2dTransposeBackward(dy, x, filter).dx.reshape([2]).toArray() // → [3, 3]
 */
export function conv2dTransposeBackward(
  dy: Tensor,
  x: Tensor,
  filter: Tensor,
  options: Conv2dTransposeOptions = {},
): Conv2dGradients {
  requireOptions<Conv2dTransposeOptions>("engine.conv2dTransposeBackward", options, {
    bias: true,
    groups: true,
    outputPadding: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  const call = "engine.conv2dTransposeBackward";
  const shape = conv2dTransposeShape(call, x, filter, options);
  requireSameShape(call, "dy", dy, outputShape(shape), x.dtype);
  const gradient = singlePrecision(call, "dy", dy);
  const values = singlePrecision(call, "x", x);
  return {
    dx: new Tensor(forward(shape, gradient, singlePrecision(call, "filter", filter)), x.shape),
    dFilter: new Tensor(filterGradient(shape, values, gradient), filter.shape),
    dBias: new Tensor(biasGradient(gradient, shape.inputChannels), [shape.inputChannels]),
  };
}

/** What the convolution takes in, the transposed one puts out. */
function outputShape({ batch, window, inputChannels }: Conv2dShape): number[] {
  return [batch, window.height.input, window.width.input, inputChannels];
}
