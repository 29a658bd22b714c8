import { type Tensor, zeros, zip } from "convbook";

/** The mean cross-entropy of the softmax of some scores, and its gradient to them. */
export function softmaxLoss(scores: Tensor, labels: number[]): { loss: number; dScores: Tensor } {
  const [m, classes] = scores.shape;
  const dScores = zeros([m, classes]);
  let loss = 0;
  for (let i = 0; i < m; i++) {
    const row = Array.from({ length: classes }, (_, k) => scores.get(i, k));
    const largest = Math.max(...row); // exp(1000) would be infinite; a common shift changes nothing
    const powers = row.map((score) => Math.exp(score - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    loss += (Math.log(sum) - (row[labels[i]] - largest)) / m;
    powers.forEach((power, k) => dScores.set((power / sum - (k === labels[i] ? 1 : 0)) / m, i, k));
  }
  return { loss, dScores };
}

/** A step of gradient descent with momentum and weight decay. */
export function sgdStep(
  weight: Tensor,
  gradient: Tensor,
  velocity: Tensor,
  options: { rate: number; momentum: number; decay: number },
): { weight: Tensor; velocity: Tensor } {
  const { rate, momentum, decay } = options;
  const slope = zip(gradient, weight, (g, w) => g + decay * w);
  const faster = zip(velocity, slope, (v, g) => momentum * v + g);
  return { weight: zip(weight, faster, (w, v) => w - rate * v), velocity: faster };
}

/** What Adam keeps of the gradients before: their mean, that of their squares, and their number. */
interface AdamMemory {
  mean: Tensor;
  square: Tensor;
  steps: number;
}

/** A step of Adam with its usual settings, 0.9, 0.999 and 1e-8. */
export function adamStep(
  weight: Tensor,
  gradient: Tensor,
  memory: AdamMemory,
  rate: number,
): { weight: Tensor; memory: AdamMemory } {
  const steps = memory.steps + 1;
  const mean = zip(memory.mean, gradient, (m, g) => 0.9 * m + 0.1 * g);
  const square = zip(memory.square, gradient, (s, g) => 0.999 * s + 0.001 * g * g);
  const moved = weight.map((w, i) => {
    const meanNow = mean.data[i] / (1 - 0.9 ** steps); // both begin at 0: corrected for that
    const squareNow = square.data[i] / (1 - 0.999 ** steps);
    return w - (rate * meanNow) / (Math.sqrt(squareNow) + 1e-8);
  });
  return { weight: moved, memory: { mean, square, steps } };
}

/** A linear classifier, trained by gradient descent in the order of the examples. */
export function trainClassifier(
  x: Tensor,
  labels: number[],
  classes: number,
  options: { epochs: number; batchSize: number; rate: number },
): Tensor {
  const [count, inputs] = x.shape;
  const { epochs, batchSize, rate } = options;
  const weights = zeros([inputs, classes]);
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let begin = 0; begin < count; begin += batchSize) {
      const size = Math.min(batchSize, count - begin);
      const slopes = zeros([inputs, classes]); // anew for each batch
      for (let i = 0; i < size; i++) {
        const scores = Array.from({ length: classes }, () => 0);
        for (let k = 0; k < classes; k++)
          for (let n = 0; n < inputs; n++) scores[k] += x.get(begin + i, n) * weights.get(n, k);
        const largest = Math.max(...scores);
        const powers = scores.map((score) => Math.exp(score - largest));
        const sum = powers.reduce((total, power) => total + power, 0);
        for (let k = 0; k < classes; k++) {
          const target = labels[begin + i] === k ? 1 : 0;
          const slope = (powers[k] / sum - target) / size;
          for (let n = 0; n < inputs; n++)
            slopes.set(slopes.get(n, k) + slope * x.get(begin + i, n), n, k);
        }
      }
      for (let n = 0; n < inputs; n++)
        for (let k = 0; k < classes; k++)
          weights.set(weights.get(n, k) - rate * slopes.get(n, k), n, k);
    }
  return weights;
}
