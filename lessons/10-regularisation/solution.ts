import { type Tensor, zeros, zip } from "convbook";

/** An image with all of its pixels moved along the axes in which colours vary. */
export function shiftColours(
  image: Tensor,
  axes: Tensor,
  variances: number[],
  alphas: number[],
): Tensor {
  const channels = image.shape[3]; // [1, h, w, c]
  const shift = Array.from({ length: channels }, (_, c) =>
    alphas.reduce((sum, alpha, i) => sum + alpha * variances[i] * axes.get(c, i), 0),
  );
  return image.map((value, at) => value + shift[at % channels]);
}

/** Each channel of a batch with mean 0 and variance 1, then scaled by gamma and moved by beta. */
export function normaliseBatch(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number): Tensor {
  const channels = x.shape[3]; // [m, h, w, c]
  const count = x.size / channels;
  const mean = zeros([channels]);
  const variance = zeros([channels]);
  for (let c = 0; c < channels; c++) {
    const values = x.channel(c);
    const centre = values.mean();
    mean.set(centre, c);
    variance.set(values.map((value) => (value - centre) ** 2).sum() / count, c);
  }
  return x.map((value, i) => {
    const c = i % channels;
    const normalised = (value - mean.get(c)) / Math.sqrt(variance.get(c) + epsilon);
    return gamma.get(c) * normalised + beta.get(c);
  });
}

/** The gradients of normaliseBatch. */
export function normaliseBackward(
  dy: Tensor,
  x: Tensor,
  gamma: Tensor,
  epsilon: number,
): { dx: Tensor; dGamma: Tensor; dBeta: Tensor } {
  const channels = x.shape[3];
  const dx = zeros(x.shape);
  const [dGamma, dBeta] = [zeros([channels]), zeros([channels])];
  for (let c = 0; c < channels; c++) {
    const [values, slopes] = [x.channel(c), dy.channel(c)];
    const mean = values.mean();
    const deviation = Math.sqrt(values.map((v) => (v - mean) ** 2).mean() + epsilon);
    const normalised = values.map((v) => (v - mean) / deviation);
    const along = zip(slopes, normalised, (slope, n) => slope * n);
    dGamma.set(along.sum(), c);
    dBeta.set(slopes.sum(), c);
    slopes.data.forEach((slope, i) => {
      const part = slope - slopes.mean() - normalised.data[i] * along.mean();
      dx.data[i * channels + c] = (gamma.get(c) / deviation) * part;
    });
  }
  return { dx, dGamma, dBeta };
}

/** What a batch norm knows after training; all [cout]. */
interface Statistics {
  gamma: Tensor;
  beta: Tensor;
  mean: Tensor;
  variance: Tensor;
}

/** A convolution that does what the given one and a batch norm behind it do. */
export function foldBatchNorm(
  filter: Tensor,
  bias: Tensor,
  norm: Statistics,
  epsilon: number,
): { filter: Tensor; bias: Tensor } {
  const filters = filter.shape[3]; // [f, f, cin, cout]
  const scale = norm.gamma.map((g, c) => g / Math.sqrt(norm.variance.get(c) + epsilon));
  return {
    filter: filter.map((weight, i) => weight * scale.get(i % filters)),
    bias: bias.map((b, c) => (b - norm.mean.get(c)) * scale.get(c) + norm.beta.get(c)),
  };
}

/** The cross-entropy of one image with a smoothed target. */
export function smoothedLoss(scores: number[], label: number, epsilon: number): number {
  const largest = Math.max(...scores);
  const logSum = Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0));
  return scores.reduce((loss, score, k) => {
    const target = (k === label ? 1 - epsilon : 0) + epsilon / scores.length;
    return loss - target * (score - largest - logSum);
  }, 0);
}
