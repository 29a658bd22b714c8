import {
  ArgumentError,
  full,
  requireOptions,
  requirePositive,
  requireSameShape,
  Tensor,
  zeros,
} from "../tensor";

export interface BatchNormOptions {
  /** What each channel is scaled by after normalising, [c]. 1 when left out. */
  gamma?: Tensor;
  /** What is added to each channel then, [c]. 0 when left out. */
  beta?: Tensor;
  /** Added to the variance, so that a constant channel does not divide by 0. 1e-5 when left out, as in PyTorch; Keras has 1e-3. */
  epsilon?: number;
  /**
   * `true`: normalise with the statistics of this batch. `false`: with `mean` and `variance`, which have to be
   * given. When left out: `false` if they are given.
   */
  training?: boolean;
  /** The mean of each channel for inference, [c]: in a network the running average over training. */
  mean?: Tensor;
  /** The variance of each channel for inference, [c]. */
  variance?: Tensor;
}

export interface BatchNormResult {
  /** Shaped as x. */
  y: Tensor;
  /** The mean that was used, [c]. */
  mean: Tensor;
  /** The variance that was used, [c]. In training the plain one, which divides by the number of values (not by one less). */
  variance: Tensor;
}

export interface BatchNormGradients {
  /** Shaped as x. */
  dx: Tensor;
  /** [c]. */
  dGamma: Tensor;
  /** [c]. */
  dBeta: Tensor;
}

/**
 * Batch normalisation: gives each channel zero mean and unit variance over the batch and all pixels, then
 * a scale and a shift that are learnt.
 *
 *     y = gamma · (x - mean) / sqrt(variance + epsilon) + beta
 *
 * Cost: one multiply-add a value once the statistics are known, two passes over x before that in training.
 *
 * @param x channels last, [m, h, w, c] or [m, c]
 * @throws ArgumentError when the shapes do not fit or inference lacks its statistics, before any work
 * @see Ioffe and Szegedy, Batch Normalization, 2015, arXiv 1502.03167
 *
 * @example
 * const x = tensor([[1], [3]]);
 * const { y, mean, variance } = batchNorm(x, { epsilon: 1e-12 });
 * [y.data[0], y.data[1], mean.data[0], variance.data[0]] // → [-1, 1, 2, 1]
 * @example
 * const statistics = { mean: tensor([2]), variance: tensor([4]), epsilon: 1e-12 };
 * batchNorm(tensor([[1], [3]]), statistics).y.toArray() // → [[-0.5], [0.5]]
 */
export function batchNorm(x: Tensor, options: BatchNormOptions = {}): BatchNormResult {
  requireOptions<BatchNormOptions>("batchNorm", options, {
    gamma: true,
    beta: true,
    epsilon: true,
    training: true,
    mean: true,
    variance: true,
  });
  const { channels, gamma, beta, mean, variance, deviation } = prepare("batchNorm", x, options);
  const y = x.map((value, i) => {
    const c = i % channels;
    return (gamma.data[c] * (value - mean.data[c])) / deviation.data[c] + beta.data[c];
  }); // [..., c]
  return { y, mean: mean.as(x.dtype), variance: variance.as(x.dtype) };
}

/**
 * The gradients of batch normalisation. In training x moves y also by way of the mean and the variance:
 * two terms more, which take out of the gradient its mean and its part along the normalised x.
 *
 *     dx = gamma / deviation · (dy - mean(dy) - normalised · mean(dy · normalised))
 *
 * In inference the statistics are constants and dx = gamma / deviation · dy.
 *
 * Cost: some six multiply-adds a value.
 *
 * @param dy the gradient of the loss with respect to y, shaped as x
 * @param options those of the forward pass; beta does not matter
 * @throws ArgumentError when the shapes do not fit, before any work
 *
 * @example
 * const { dGamma, dBeta } = batchNormBackward(tensor([[1], [5]]), tensor([[1], [3]]), { epsilon: 1e-12 });
 * [dGamma.data[0], dBeta.data[0]] // → [4, 6]
 */
export function batchNormBackward(
  dy: Tensor,
  x: Tensor,
  options: BatchNormOptions = {},
): BatchNormGradients {
  requireOptions<BatchNormOptions>("batchNormBackward", options, {
    gamma: true,
    beta: true,
    epsilon: true,
    training: true,
    mean: true,
    variance: true,
  });
  const prepared = prepare("batchNormBackward", x, options);
  requireSameShape("batchNormBackward", "dy", dy, x.shape, x.dtype);
  const { channels, training, gamma, mean, deviation } = prepared;
  const normalised = (i: number) =>
    (x.data[i] - mean.data[i % channels]) / deviation.data[i % channels];

  const dGamma = zeros([channels], "float64"); // [c]
  const dBeta = zeros([channels], "float64"); // [c]
  for (let i = 0; i < x.size; i++) {
    dGamma.data[i % channels] += dy.data[i] * normalised(i);
    dBeta.data[i % channels] += dy.data[i];
  }
  const count = x.size / channels;
  const dx = dy.map((slope, i) => {
    const c = i % channels;
    const throughStatistics = training
      ? (dBeta.data[c] + normalised(i) * dGamma.data[c]) / count
      : 0;
    return (gamma.data[c] / deviation.data[c]) * (slope - throughStatistics);
  }); // [..., c]
  return { dx, dGamma: dGamma.as(x.dtype), dBeta: dBeta.as(x.dtype) };
}

/** Checks everything, and works out what both directions need, in double precision. */
function prepare(call: string, x: Tensor, options: BatchNormOptions) {
  if (!(x instanceof Tensor && x.rank >= 2 && x.size > 0)) {
    const expected = "a tensor of shape [batch, ..., channels]";
    throw new ArgumentError({ call, argument: "x", expected, received: x });
  }
  const channels = x.shape[x.rank - 1];
  for (const name of ["gamma", "beta", "mean", "variance"] as const)
    if (options[name] !== undefined)
      requireSameShape(call, name, options[name], [channels], x.dtype);
  const epsilon = requirePositive(call, "epsilon", options.epsilon ?? 1e-5);
  const training = options.training ?? !(options.mean || options.variance);
  const { mean, variance } = training
    ? momentsOf(call, x, channels, options)
    : givenMoments(call, options);
  return {
    channels,
    training,
    gamma: options.gamma ?? full([channels], 1),
    beta: options.beta ?? zeros([channels]),
    mean,
    variance,
    deviation: variance.as("float64").map((value) => Math.sqrt(value + epsilon)),
  };
}

/** The mean and the variance of each channel of this batch. */
function momentsOf(call: string, x: Tensor, channels: number, options: BatchNormOptions) {
  for (const name of ["mean", "variance"] as const)
    if (options[name])
      throw new ArgumentError({
        call,
        argument: name,
        expected: "left out in training, which uses the statistics of the batch",
        received: options[name],
        remedy: "Say training: false to use it.",
      });
  const count = x.size / channels;
  const mean = zeros([channels], "float64");
  const variance = zeros([channels], "float64");
  for (let i = 0; i < x.size; i++) mean.data[i % channels] += x.data[i] / count;
  for (let i = 0; i < x.size; i++)
    variance.data[i % channels] += (x.data[i] - mean.data[i % channels]) ** 2 / count;
  return { mean, variance };
}

/** The statistics that inference is given. */
function givenMoments(call: string, { mean, variance }: BatchNormOptions) {
  if (!mean || !variance)
    throw new ArgumentError({
      call,
      argument: mean ? "variance" : "mean",
      expected: "given for inference, a tensor of shape [channels]",
      received: undefined,
      remedy: "Pass the running averages of training, or training: true.",
    });
  variance.data.forEach((value, c) => {
    if (!(value < 0)) return;
    const argument = `the variance of channel ${c}`;
    throw new ArgumentError({ call, argument, expected: "0 or more", received: value });
  });
  return { mean, variance };
}
