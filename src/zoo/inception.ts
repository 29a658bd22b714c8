import { type Module, layers } from "../network";
import { type ConvNormOptions, convNorm } from "./blocks";

const { averagePool, branches, maxPool, sequential } = layers;

/** What Inception networks of the second generation on are made of. */

/** A convolution with batch norm and ReLU: `brick(192, [1, 7])` is what figures call "1×7 conv (192)". */
export type Brick = (
  filters: number,
  kernelSize: number | readonly [number, number],
  options?: ConvNormOptions,
) => Module;

/** Bricks that share the epsilon of TensorFlow's Inception nets, and other options. */
export function bricks(common: ConvNormOptions = {}): Brick {
  return (filters, kernelSize, options) =>
    convNorm(filters, kernelSize, { epsilon: 1e-3, ...common, ...options });
}

/** Without padding and with stride 2: how the later Inception nets make maps smaller. */
export const HALVE = { stride: 2, padding: "valid" } as const;

/** The mean of each 3×3 around, then a 1×1 convolution. */
export function pooled(projection: Module): Module {
  return sequential(averagePool({ size: 3, stride: 1, padding: 1 }), projection);
}

/** Two convolutions side by side on the same input, as at the wide ends of Inception v3 and v4. */
export function fork(left: Module, right: Module): Module {
  return branches(left, right);
}

/** The pool of a grid reduction. */
export function halvingPool(): Module {
  return maxPool({ size: 3, stride: 2 });
}
