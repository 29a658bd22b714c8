import { type Conv2dGradients, type Conv2dOptions, conv2dShape } from "../arithmetic";
import { requireOptions, requireSameShape, type Tensor, zeros } from "../tensor";
import { forEachProduct } from "./forEachProduct";

/**
 * Convolution as neural networks mean it: the filter is not flipped (mathematics calls this
 * cross-correlation; see `flipFilter`).
 *
 *     y[m, i, j, o] = bias[o] + sum over a, b, c of  x[m, i·stride + a·dilation - top, j·stride + b·dilation - left, c] · filter[a, b, c, o]
 *
 * Sums are kept in double precision, here and in all kernels, and rounded to the tensor's once.
 *
 * Cost: m · oh · ow · cout · kh · kw · cin / groups multiply-adds.
 *
 * @param x images, [m, h, w, cin]
 * @param filter [kh, kw, cin / groups, cout]
 * @returns [m, oh, ow, cout]
 * @throws ArgumentError when the shapes do not fit, before any work
 * @see Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, arXiv 1603.07285
 *
 * @example
 * const x = tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]]).reshape([1, 3, 3, 1]);
 * const filter = tensor([[1, 0], [0, -1]]).reshape([2, 2, 1, 1]);
 * conv2d(x, filter).reshape([2, 2]).toArray() // → [[-4, -4], [-4, -4]]
 */
export function conv2d(x: Tensor, filter: Tensor, options: Conv2dOptions = {}): Tensor {
  requireOptions<Conv2dOptions>("conv2d", options, {
    bias: true,
    groups: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  const shape = conv2dShape("conv2d", x, filter, options);
  const { batch, outputChannels, window } = shape;
  const y = zeros([batch, window.height.output, window.width.output, outputChannels], "float64"); // [m, oh, ow, cout]

  if (options.bias)
    for (let i = 0; i < y.size; i++) y.data[i] = options.bias.data[i % outputChannels];
  forEachProduct(shape, (xAt, filterAt, yAt) => {
    y.data[yAt] += x.data[xAt] * filter.data[filterAt];
  });
  return y.as(x.dtype);
}

/**
 * The gradients of a convolution. Each product x · filter of the forward pass sends dy back twice: times
 * the filter to x, times x to the filter. So the loops are the forward ones, with other lines inside.
 *
 * Cost: twice the forward pass.
 *
 * @param dy the gradient of the loss with respect to the output, [m, oh, ow, cout]
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const x = tensor([[1, 2], [3, 4]]).reshape([1, 2, 2, 1]);
 * const filter = tensor([[5, 6], [7, 8]]).reshape([2, 2, 1, 1]);
 * conv2dBackward(tensor([10], [1, 1, 1, 1]), x, filter).dx.reshape([2, 2]).toArray() // → [[50, 60], [70, 80]]
 */
export function conv2dBackward(
  dy: Tensor,
  x: Tensor,
  filter: Tensor,
  options: Conv2dOptions = {},
): Conv2dGradients {
  requireOptions<Conv2dOptions>("conv2dBackward", options, {
    bias: true,
    groups: true,
    stride: true,
    padding: true,
    dilation: true,
  });
  const shape = conv2dShape("conv2dBackward", x, filter, options);
  const { batch, outputChannels, window } = shape;
  const yShape = [batch, window.height.output, window.width.output, outputChannels];
  requireSameShape("conv2dBackward", "dy", dy, yShape, x.dtype);
  const dx = zeros(x.shape, "float64"); // [m, h, w, cin]
  const dFilter = zeros(filter.shape, "float64"); // [kh, kw, cin / groups, cout]
  const dBias = zeros([outputChannels], "float64"); // [cout]

  for (let i = 0; i < dy.size; i++) dBias.data[i % outputChannels] += dy.data[i];
  forEachProduct(shape, (xAt, filterAt, yAt) => {
    dx.data[xAt] += dy.data[yAt] * filter.data[filterAt];
    dFilter.data[filterAt] += dy.data[yAt] * x.data[xAt];
  });
  return { dx: dx.as(x.dtype), dFilter: dFilter.as(x.dtype), dBias: dBias.as(x.dtype) };
}
