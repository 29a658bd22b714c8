import { requirePositive, requireSameShape, type Tensor, zeros } from "../tensor";

/** What follows a normalisation, and what keeps it from dividing by 0. */
export interface NormOptions {
  /** What each channel is scaled by after normalising, [c]. 1 when left out. */
  gamma?: Tensor | undefined;
  /** What is added to each channel then, [c]. 0 when left out. */
  beta?: Tensor | undefined;
  /** Added to the variance before the root. 1e-5 when left out, as in PyTorch; Keras has 1e-3. */
  epsilon?: number | undefined;
}

export interface NormGradients {
  /** Shaped as x. */
  dx: Tensor;
  /** [c]. */
  dGamma: Tensor;
  /** [c]. */
  dBeta: Tensor;
}

/** The values that share a mean and a variance: the set that each value belongs to, by its offset in the data. All are equally large. */
export interface Sets {
  count: number;
  of(offset: number): number;
}

/** Gives each set of values mean 0 and variance 1, then scales and shifts each channel. */
export function standardise(call: string, x: Tensor, sets: Sets, options: NormOptions): Tensor {
  const { normalised } = prepare(call, x, sets, options);
  const { gamma, beta } = options;
  const channels = x.shape[x.rank - 1];
  return x.map((_, i) => {
    const c = i % channels;
    return normalised[i] * (gamma?.data[c] ?? 1) + (beta?.data[c] ?? 0);
  });
}

/**
 * Its gradients. A value moves the others of its set by way of mean and variance: two terms, which take out of the
 * gradient its mean and its part along the normalised values, as in `batchNormBackward`.
 */
export function standardiseBackward(
  call: string,
  dy: Tensor,
  x: Tensor,
  sets: Sets,
  options: NormOptions,
): NormGradients {
  const { normalised, deviation, size } = prepare(call, x, sets, options);
  requireSameShape(call, "dy", dy, x.shape, x.dtype);
  const channels = x.shape[x.rank - 1];
  const dGamma = zeros([channels], "float64");
  const dBeta = zeros([channels], "float64");
  const dMeans = new Float64Array(sets.count);
  const alongs = new Float64Array(sets.count);
  const slope = (i: number) => dy.data[i] * (options.gamma?.data[i % channels] ?? 1);
  for (let i = 0; i < x.size; i++) {
    const set = sets.of(i);
    dGamma.data[i % channels] += dy.data[i] * normalised[i];
    dBeta.data[i % channels] += dy.data[i];
    dMeans[set] += slope(i) / size;
    alongs[set] += (slope(i) * normalised[i]) / size;
  }
  const dx = x.map((_, i) => {
    const set = sets.of(i);
    return (slope(i) - dMeans[set] - normalised[i] * alongs[set]) / deviation[set];
  });
  return { dx, dGamma: dGamma.as(x.dtype), dBeta: dBeta.as(x.dtype) };
}

/** Checks the options, and works out what both directions need, in double precision. */
function prepare(call: string, x: Tensor, sets: Sets, options: NormOptions) {
  const channels = x.shape[x.rank - 1];
  for (const name of ["gamma", "beta"] as const)
    if (options[name] !== undefined)
      requireSameShape(call, name, options[name], [channels], x.dtype);
  const epsilon = requirePositive(call, "epsilon", options.epsilon ?? 1e-5);
  const size = x.size / sets.count;
  const means = new Float64Array(sets.count);
  const variances = new Float64Array(sets.count);
  for (let i = 0; i < x.size; i++) means[sets.of(i)] += x.data[i];
  means.forEach((sum, set) => (means[set] = sum / size));
  for (let i = 0; i < x.size; i++) {
    const set = sets.of(i);
    variances[set] += (x.data[i] - means[set]) ** 2 / size;
  }
  const deviation = variances.map((variance) => Math.sqrt(variance + epsilon));
  const normalised = new Float64Array(x.size);
  for (let i = 0; i < x.size; i++) {
    const set = sets.of(i);
    normalised[i] = (x.data[i] - means[set]) / deviation[set];
  }
  return { normalised, deviation, size };
}
