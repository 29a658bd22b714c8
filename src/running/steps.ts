import { requireFinite, requirePositive, type Tensor, zeros } from "../tensor";
import type { NetworkWeights } from "./weights";

/**
 * A step of gradient descent: every weight moves a little against its gradient.
 *
 *     w ← w - learningRate · dw
 *
 * @param gradients from `networkGradients`; a weight without one stays
 * @returns new weights; those given are left as they are
 *
 * @example
 * const weights = { dense1: { matrix: tensor([[1, 2]]) } };
 * const gradients = { dense1: { matrix: tensor([[10, -10]]) } };
 * sgdStep(weights, gradients, 0.01).dense1.matrix.toArray() // → [[0.9, 2.1]]
 */
export function sgdStep(
  weights: NetworkWeights,
  gradients: NetworkWeights,
  learningRate: number,
): NetworkWeights {
  requirePositive("sgdStep", "learningRate", learningRate);
  return mapWeights(weights, (w, path, name) => {
    const dw = gradients[path]?.[name];
    return dw ? w.map((value, i) => value - learningRate * dw.data[i]) : w;
  });
}

/** What Adam remembers between steps. */
export interface AdamState {
  /** Steps so far. */
  steps: number;
  /** Moving averages of the gradients, and of their squares. */
  mean: NetworkWeights;
  square: NetworkWeights;
}

export interface AdamOptions {
  /** 0.001 when left out. */
  learningRate?: number;
  /** How much the moving averages keep at each step. 0.9 and 0.999 when left out. */
  beta1?: number;
  beta2?: number;
  /** Keeps the step from growing without bound where gradients are near 0. 1e-8 when left out. */
  epsilon?: number;
}

/**
 * A step of Adam: every weight moves by about learningRate, whatever the size of its gradient; less where the
 * gradient keeps changing its sign.
 *
 *     m ← β₁ m + (1 - β₁) dw          v ← β₂ v + (1 - β₂) dw²
 *     w ← w - learningRate · m / (1 - β₁ᵗ) / (√(v / (1 - β₂ᵗ)) + ε)
 *
 * The averages begin at 0 and are too small at first; the division by 1 - βᵗ mends that.
 *
 * @param state from the step before; left out in the first
 * @returns new weights, and the state for the next step
 * @see Kingma and Ba, Adam: A method for stochastic optimization, 2014, arXiv 1412.6980, algorithm 1
 *
 * @example
 * const weights = { dense1: { matrix: tensor([[1, 2]]) } };
 * const gradients = { dense1: { matrix: tensor([[10, -0.1]]) } };
 * const { weights: moved, state } = adamStep(weights, gradients, undefined, { learningRate: 0.01 });
 * moved.dense1.matrix.toArray() // → [[0.99, 2.01]]
 * state.steps // → 1
 */
export function adamStep(
  weights: NetworkWeights,
  gradients: NetworkWeights,
  state: AdamState | undefined,
  { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {},
): { weights: NetworkWeights; state: AdamState } {
  requirePositive("adamStep", "learningRate", learningRate);
  requireFinite("adamStep", "epsilon", epsilon);
  const steps = (state?.steps ?? 0) + 1;
  const average = (
    before: NetworkWeights | undefined,
    beta: number,
    power: 1 | 2,
  ): NetworkWeights =>
    mapWeights(gradients, (dw, path, name) => {
      const old = before?.[path]?.[name] ?? zeros(dw.shape, dw.dtype);
      return dw.map((value, i) => beta * old.data[i] + (1 - beta) * value ** power);
    });
  const mean = average(state?.mean, beta1, 1);
  const square = average(state?.square, beta2, 2);
  const [grownMean, grownSquare] = [1 - beta1 ** steps, 1 - beta2 ** steps];
  const moved = mapWeights(weights, (w, path, name) => {
    const [m, v] = [mean[path]?.[name], square[path]?.[name]];
    if (!m || !v) return w;
    return w.map((value, i) => {
      const size = Math.sqrt(v.data[i] / grownSquare) + epsilon;
      return value - (learningRate * m.data[i]) / grownMean / size;
    });
  });
  return { weights: moved, state: { steps, mean, square } };
}

/** The weights of a network with something else in the place of each. */
function mapWeights(
  weights: NetworkWeights,
  f: (weight: Tensor, path: string, name: keyof NetworkWeights[string]) => Tensor,
): NetworkWeights {
  return Object.fromEntries(
    Object.entries(weights).map(([path, ofLayer]) => [
      path,
      Object.fromEntries(
        Object.entries(ofLayer).map(([name, weight]) => [
          name,
          f(weight, path, name as keyof NetworkWeights[string]),
        ]),
      ),
    ]),
  );
}
