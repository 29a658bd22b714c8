import {
  ArgumentError,
  full,
  requireOptions,
  requirePositive,
  requireSameShape,
  requireFraction,
  Tensor,
  zeros,
} from "../tensor";

export interface BatchNormOptions {
  /** What each channel is scaled by after normalising, [c]. 1 when left out. */
  gamma?: Tensor | undefined;
  /** What is added to each channel then, [c]. 0 when left out. */
  beta?: Tensor | undefined;
  /** Added to the variance, so that a constant channel does not divide by 0. 1e-5 when left out, as in PyTorch; Keras has 1e-3. */
  epsilon?: number | undefined;
  /**
   * `true`: normalise with the statistics of this batch. `false`: with `mean` and `variance`, which have to be
   * given. When left out: `false` if they are given.
   */
  training?: boolean | undefined;
  /** The mean of each channel for inference, [c]: in a network the running average over training. */
  mean?: Tensor | undefined;
  /** The variance of each channel for inference, [c]. */
  variance?: Tensor | undefined;
  /** The running averages before this batch, [c] each, in training: the result has those after it. */
  moving?: Moments | undefined;
  /** The fraction of themselves that running averages keep, 0 to 1. 0.9 when left out. PyTorch gives the rest of it, 0.1; Keras has 0.99. */
  momentum?: number | undefined;
  /**
   * Whether the running variance follows the sum of squares divided by one less than the number of values, as in
   * PyTorch, or by their number, as in tfjs. False when left out. What normalises the batch is the plain one in both.
   */
  unbiased?: boolean | undefined;
}

/** The mean and the variance of each channel, [c] each. */
export interface Moments {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

export interface BatchNormResult {
  /** Shaped as x. */
  y: Tensor;
  /** The mean that was used, [c]. */
  mean: Tensor;
  /** The variance that was used, [c]. In training the plain one, which divides by the number of values (not by one less). */
  variance: Tensor;
  /** The running averages after this batch, where those before it were given. */
  moving?: Moments;
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
 * @example
 * const moving = { mean: tensor([0]), variance: tensor([1]) };
 * const after = batchNorm(tensor([[1], [3]]), { moving, momentum: 0.5, unbiased: true }).moving;
 * [after.mean.data[0], after.variance.data[0]] // → [1, 1.5]
 */
export function batchNorm(x: Tensor, options: BatchNormOptions = {}): BatchNormResult {
  requireOptions<BatchNormOptions>("batchNorm", options, {
    gamma: true,
    beta: true,
    epsilon: true,
    training: "flag",
    mean: true,
    variance: true,
    moving: true,
    momentum: true,
    unbiased: "flag",
  });
  const { channels, gamma, beta, mean, variance, deviation } = prepare("batchNorm", x, options);
  const moving = options.moving && follow(options.moving, { mean, variance }, x, options);
  const y = x.map((value, i) => {
    const c = i % channels;
    return (gamma.data[c] * (value - mean.data[c])) / deviation.data[c] + beta.data[c];
  }); // [..., c]
  const used = { y, mean: mean.as(x.dtype), variance: variance.as(x.dtype) };
  return moving ? { ...used, moving } : used;
}

/** The running averages, a step nearer to what this batch has. */
function follow(
  before: Moments,
  batch: Moments,
  x: Tensor,
  { momentum = MOMENTUM, unbiased = false }: BatchNormOptions,
): Moments {
  const count = x.size / batch.mean.size;
  const bessel = unbiased ? count / (count - 1) : 1;
  const step = (old: Tensor, now: Tensor, factor: number) =>
    old.map((value, c) => momentum * value + (1 - momentum) * factor * now.data[c]);
  return {
    mean: step(before.mean, batch.mean, 1),
    variance: step(before.variance, batch.variance, bessel),
  };
}

/** How much running averages keep at each step when nothing is said: PyTorch's value. */
const MOMENTUM = 0.9;

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
    training: "flag",
    mean: true,
    variance: true,
    moving: true,
    momentum: true,
    unbiased: "flag",
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
  requireAverages(call, x, channels, training, options);
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

/** Running averages move in training, and the unbiased variance of a single value is 0 / 0. */
function requireAverages(
  call: string,
  x: Tensor,
  channels: number,
  training: boolean,
  { moving, momentum = MOMENTUM, unbiased = false }: BatchNormOptions,
): void {
  requireFraction(call, "momentum", momentum);
  if (typeof unbiased !== "boolean") {
    const expected = "true or false";
    throw new ArgumentError({ call, argument: "unbiased", expected, received: unbiased });
  }
  if (moving === undefined) return;
  if (!training) {
    const expected = "left out in inference, where averages stay as they are";
    throw new ArgumentError({ call, argument: "moving", expected, received: moving });
  }
  requireSameShape(call, "moving.mean", moving?.mean, [channels], x.dtype);
  requireSameShape(call, "moving.variance", moving?.variance, [channels], x.dtype);
  if (!unbiased || x.size > channels) return;
  throw new ArgumentError({
    call,
    argument: "x",
    expected: "more than one value for each channel, where the variance is unbiased",
    received: x,
  });
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
