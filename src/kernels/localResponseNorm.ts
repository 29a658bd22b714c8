import {
  ArgumentError,
  type Decided,
  requireFinite,
  requireImages,
  requireInteger,
  requireOptions,
  requirePositive,
  requireSameShape,
  type Tensor,
  zeros,
} from "../tensor";

/** What is left out is AlexNet's. */
export interface LocalResponseNormOptions {
  /** The number n of neighbouring channels that are summed over, the channel itself included. 5 when left out. */
  size?: number | undefined;
  /** 0.0001 when left out. */
  alpha?: number | undefined;
  /** 0.75 when left out. */
  beta?: number | undefined;
  /** 2 when left out. */
  k?: number | undefined;
}

/**
 * Local response normalisation: a strong response damps those of the channels beside it, at the same pixel.
 *
 *     y[c] = x[c] / (k + alpha · sum of x[c']² over the n channels c' around c) ^ beta
 *
 * The sum runs over c - floor(n/2) to c + floor((n-1)/2), as far as there are channels. This is AlexNet's
 * formula, which TensorFlow has too (its `depthRadius` is (n-1)/2). PyTorch and Caffe divide alpha by n:
 * what is alpha here is alpha · n there.
 *
 * Cost: m · h · w · c · (n + 1) multiply-adds and a power a value.
 *
 * @param x images, [m, h, w, c]
 * @returns shaped as x
 * @throws ArgumentError when the sum could be 0 or negative (k of 0, alpha below 0), before any work
 * @see Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural Networks, 2012, section 3.3
 *
 * @example
 * const x = tensor([1, 2, 3], [1, 1, 1, 3]);
 * localResponseNorm(x, { size: 3, alpha: 1, beta: 1, k: 1 }).reshape([3]).toArray() // → [0.166667, 0.133333, 0.214286]
 */
export function localResponseNorm(x: Tensor, options: LocalResponseNormOptions = {}): Tensor {
  requireOptions<LocalResponseNormOptions>("localResponseNorm", options, {
    size: true,
    alpha: true,
    beta: true,
    k: true,
  });
  const norm = localResponseNormShape("localResponseNorm", x, options);
  const sums = localSums(x, norm);
  return x.map((value, i) => value * sums[i] ** -norm.beta); // [m, h, w, c]
}

/**
 * The gradient of local response normalisation. A channel moves its own output, and by way of their sums
 * those of its neighbours.
 *
 * Cost: about twice the forward pass.
 *
 * @param dy shaped as x
 * @returns dx, shaped as x
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const options = { size: 1, alpha: 1, beta: 1, k: 1 }; // y = x / (1 + x²)
 * localResponseNormBackward(tensor([25], [1, 1, 1, 1]), tensor([2], [1, 1, 1, 1]), options).data[0] // → -3
 */
export function localResponseNormBackward(
  dy: Tensor,
  x: Tensor,
  options: LocalResponseNormOptions = {},
): Tensor {
  requireOptions<LocalResponseNormOptions>("localResponseNormBackward", options, {
    size: true,
    alpha: true,
    beta: true,
    k: true,
  });
  const norm = localResponseNormShape("localResponseNormBackward", x, options);
  requireSameShape("localResponseNormBackward", "dy", dy, x.shape, x.dtype);
  const sums = localSums(x, norm);
  const dx = zeros(x.shape, "float64"); // [m, h, w, c]
  for (let i = 0; i < x.size; i++) {
    const dSum = -norm.beta * dy.data[i] * x.data[i] * sums[i] ** (-norm.beta - 1);
    dx.data[i] += dy.data[i] * sums[i] ** -norm.beta;
    for (const neighbour of neighbours(i, norm))
      dx.data[neighbour] += dSum * 2 * norm.alpha * x.data[neighbour];
  }
  return dx.as(x.dtype);
}

type LocalResponseNorm = Decided<LocalResponseNormOptions> & { channels: number };

function localResponseNormShape(
  call: string,
  x: Tensor,
  { size = 5, alpha = 1e-4, beta = 0.75, k = 2 }: LocalResponseNormOptions,
): LocalResponseNorm {
  requireImages(call, "x", x);
  requireInteger(call, "size", size, 1);
  requireFinite(call, "beta", beta);
  requirePositive(call, "k", k);
  if (requireFinite(call, "alpha", alpha) < 0)
    throw new ArgumentError({ call, argument: "alpha", expected: "0 or more", received: alpha });
  return { size, alpha, beta, k, channels: x.shape[3] };
}

/** For each value, what is raised to beta under it. */
function localSums(x: Tensor, norm: LocalResponseNorm): Float64Array {
  return Float64Array.from(x.data, (_, i) => {
    const squares = neighbours(i, norm).map((neighbour) => x.data[neighbour] ** 2);
    return norm.k + norm.alpha * squares.reduce((sum, square) => sum + square, 0);
  });
}

/** The offsets of the channels that a value is normalised over. */
function neighbours(offset: number, { size, channels }: LocalResponseNorm): number[] {
  const channel = offset % channels;
  const first = Math.max(channel - Math.floor(size / 2), 0);
  const last = Math.min(channel + Math.floor((size - 1) / 2), channels - 1);
  return Array.from({ length: last - first + 1 }, (_, n) => offset - channel + first + n);
}
