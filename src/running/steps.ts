import {
  ArgumentError,
  requireFinite,
  requireOptions,
  requirePositive,
  requireSameShape,
  Tensor,
  zeros,
} from "../tensor";
import type { NetworkWeights } from "./NetworkWeights";

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
  requireRecords("sgdStep", weights, gradients);
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
  learningRate?: number | undefined;
  /** How much the moving averages keep at each step. 0.9 and 0.999 when left out. */
  beta1?: number | undefined;
  beta2?: number | undefined;
  /** Keeps the step from growing without bound where gradients are near 0. 1e-8 when left out. */
  epsilon?: number | undefined;
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
  options: AdamOptions = {},
): { weights: NetworkWeights; state: AdamState } {
  requireRecords("adamStep", weights, gradients);
  requireOptions<AdamOptions>("adamStep", options, {
    learningRate: true,
    beta1: true,
    beta2: true,
    epsilon: true,
  });
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  requirePositive("adamStep", "learningRate", learningRate);
  requireFinite("adamStep", "epsilon", epsilon);
  for (const [name, beta] of Object.entries({ beta1, beta2 }))
    if (requireFinite("adamStep", name, beta) < 0 || beta >= 1) {
      const expected = "at least 0 and less than 1";
      throw new ArgumentError({ call: "adamStep", argument: name, expected, received: beta });
    }
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

/** Lets through weights, and gradients that belong to some of them: one of another layer would be ignored. */
function requireRecords(call: string, weights: NetworkWeights, gradients: NetworkWeights): void {
  for (const [argument, record] of Object.entries({ weights, gradients })) {
    const layers = typeof record === "object" && record !== null ? Object.values(record) : [null];
    const ofTensors = (layer: unknown) =>
      typeof layer === "object" &&
      layer !== null &&
      Object.values(layer).every((w) => w instanceof Tensor);
    if (layers.every(ofTensors)) continue;
    const expected = "tensors by layer and name, { conv1: { filter, bias } }";
    const remedy =
      argument === "gradients"
        ? "networkGradients(network, weights, x, labels).gradients are."
        : "initialWeights(network, seed) are.";
    throw new ArgumentError({ call, argument, expected, received: record, remedy });
  }
  for (const [path, layer] of Object.entries(gradients))
    for (const [name, dw] of Object.entries(layer)) {
      const argument = `gradients["${path}"].${name}`;
      const w = weights[path]?.[name as keyof typeof layer];
      if (w) requireSameShape(call, argument, dw, w.shape);
      else {
        const expected = "the gradient of one of the weights";
        throw new ArgumentError({ call, argument, expected, received: dw });
      }
    }
}

/** The weights of a network with something else for each. */
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
