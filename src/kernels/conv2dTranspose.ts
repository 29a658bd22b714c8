import {
  type Conv2dGradients,
  type Conv2dShape,
  type Conv2dTransposeOptions,
  conv2dTransposeShape,
} from "../arithmetic";
import { requireOptions, requireSameShape, type Tensor, zeros } from "../tensor";
import { forEachProduct } from "./forEachProduct";

/**
 * Transposed convolution: the gradient of a convolution for its input, used forwards. Every pixel of x
 * stamps the filter, times itself, on an output that grows by the stride; where stamps overlap they add
 * up. It is not the inverse of a convolution ("deconvolution"), only its transposed matrix.
 *
 *     y[m, i·stride + a·dilation - top, j·stride + b·dilation - left, o] += x[m, i, j, c] · filter[a, b, o, c]
 *
 * The loops are those of the convolution, with x and y exchanged.
 *
 * Cost: m · h · w · cin · kh · kw · cout / groups multiply-adds (h and w are those of the smaller side, x).
 *
 * @param x images, [m, h, w, cin]
 * @param filter [kh, kw, cout / groups, cin]: that of the convolution which leads from y to x
 * @returns [m, oh, ow, cout] with oh = (h - 1)·stride - top - bottom + dilation·(kh - 1) + 1 + outputPadding
 * @throws ArgumentError when the shapes do not fit, before any work
 * @see Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, arXiv 1603.07285
 *
 * @example
 * const x = tensor([1, 10], [1, 1, 2, 1]);
 * const filter = tensor([1, 2, 3], [1, 3, 1, 1]);
 * conv2dTranspose(x, filter, { stride: 2 }).reshape([5]).toArray() // → [1, 2, 13, 20, 30]
 */
export function conv2dTranspose(
  x: Tensor,
  filter: Tensor,
  options: Conv2dTransposeOptions = {},
): Tensor {
  requireOptions<Conv2dTransposeOptions>("conv2dTranspose", options, {
    bias: true,
    groups: true,
    outputPadding: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  const shape = conv2dTransposeShape("conv2dTranspose", x, filter, options);
  const y = zeros(outputShape(shape), "float64"); // [m, oh, ow, cout]

  if (options.bias)
    for (let i = 0; i < y.size; i++) y.data[i] = options.bias.data[i % shape.inputChannels];
  forEachProduct(shape, (yAt, filterAt, xAt) => {
    y.data[yAt] += x.data[xAt] * filter.data[filterAt];
  });
  return y.as(x.dtype);
}

/**
 * The gradients of a transposed convolution. That for x is the convolution itself.
 *
 * Cost: twice the forward pass.
 *
 * @param dy the gradient of the loss with respect to the output, [m, oh, ow, cout]
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const x = tensor([1, 10], [1, 1, 2, 1]);
 * const filter = tensor([1, 2], [1, 2, 1, 1]);
 * const dy = tensor([1, 1, 1], [1, 1, 3, 1]);
 * conv2dTransposeBackward(dy, x, filter).dx.reshape([2]).toArray() // → [3, 3]
 */
export function conv2dTransposeBackward(
  dy: Tensor,
  x: Tensor,
  filter: Tensor,
  options: Conv2dTransposeOptions = {},
): Conv2dGradients {
  requireOptions<Conv2dTransposeOptions>("conv2dTransposeBackward", options, {
    bias: true,
    groups: true,
    outputPadding: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  const shape = conv2dTransposeShape("conv2dTransposeBackward", x, filter, options);
  requireSameShape("conv2dTransposeBackward", "dy", dy, outputShape(shape), x.dtype);
  const dx = zeros(x.shape, "float64"); // [m, h, w, cin]
  const dFilter = zeros(filter.shape, "float64"); // [kh, kw, cout / groups, cin]
  const dBias = zeros([shape.inputChannels], "float64"); // [cout]

  for (let i = 0; i < dy.size; i++) dBias.data[i % shape.inputChannels] += dy.data[i];
  forEachProduct(shape, (yAt, filterAt, xAt) => {
    dx.data[xAt] += dy.data[yAt] * filter.data[filterAt];
    dFilter.data[filterAt] += dy.data[yAt] * x.data[xAt];
  });
  return { dx: dx.as(x.dtype), dFilter: dFilter.as(x.dtype), dBias: dBias.as(x.dtype) };
}

/** What the convolution takes in, the transposed one puts out. */
function outputShape({ batch, window, inputChannels }: Conv2dShape): number[] {
  return [batch, window.height.input, window.width.input, inputChannels];
}
