import {
  ArgumentError,
  requireAnyTensor,
  requireOptions,
  requirePositive,
  requireSameShape,
  type Tensor,
} from "../tensor";

export interface NumericGradientOptions {
  /** How far each value is moved to either side, times its size where that is above 1. 0.00001 when left out. */
  step?: number | undefined;
}

export interface GradientCheckOptions extends NumericGradientOptions {
  /** The largest relative error that passes. 0.000001 when left out. */
  tolerance?: number | undefined;
}

export interface GradientCheck {
  passed: boolean;
  /** |analytic - numeric| / (|analytic| + |numeric|), where |g| is the length of g as one long vector: 0 to 1. */
  relativeError: number;
  /** The gradient by differences, shaped as x, float64. */
  numeric: Tensor;
  /** Where the two gradients are furthest apart. */
  worst: { index: number[]; analytic: number; numeric: number };
}

/**
 * The gradient of a function by central differences: each value of x is moved a little to both sides.
 *
 *     dx[i] = (f(x + h at i) - f(x - h at i)) / 2h
 *
 * x is turned into float64 before, since float32 would drown the differences in rounding. The other tensors
 * that f uses have to be float64 too.
 *
 * Cost: two calls of f for each value of x.
 *
 * @param f from a tensor shaped as x to one number
 * @returns shaped as x, float64
 * @throws ArgumentError when f does not give a number
 *
 * @example
 * numericGradient((x) => x.data[0] ** 2 * x.data[1], tensor([1.5, 2.5])).toArray() // → [7.5, 2.25]
 */
export function numericGradient(
  f: (x: Tensor) => number,
  x: Tensor,
  options: NumericGradientOptions = {},
): Tensor {
  requireOptions<NumericGradientOptions>("numericGradient", options, { step: true });
  return differences("numericGradient", f, x, options.step ?? 1e-5);
}

/**
 * Compares a gradient that was worked out with the one by central differences: the test of every backward
 * pass. It fails at a kink (the rectifier at 0, two equal maxima), where there is no slope to compare with.
 *
 * Cost: two calls of f for each value of x.
 *
 * @param f the loss, from a tensor shaped as x to one number
 * @param x where the gradient is taken
 * @param analytic the gradient to be checked, shaped as x
 * @throws ArgumentError when the shapes differ or f does not give a number
 *
 * @example
 * const x = tensor([3, 5]);
 * const square = (x) => x.map((value) => value ** 2).sum();
 * gradientCheck(square, x, tensor([6, 10])).passed // → true
 * gradientCheck(square, x, tensor([6, 11])).worst.index // → [1]
 */
export function gradientCheck(
  f: (x: Tensor) => number,
  x: Tensor,
  analytic: Tensor,
  options: GradientCheckOptions = {},
): GradientCheck {
  requireOptions<GradientCheckOptions>("gradientCheck", options, { tolerance: true, step: true });
  requireAnyTensor("gradientCheck", "x", x);
  requireSameShape("gradientCheck", "analytic", analytic, x.shape);
  const tolerance = requirePositive("gradientCheck", "tolerance", options.tolerance ?? 1e-6);
  const numeric = differences("gradientCheck", f, x, options.step ?? 1e-5);

  const apart = numeric.map((value, i) => analytic.data[i] - value);
  const scale = lengthOf(analytic.as("float64")) + lengthOf(numeric);
  const relativeError = scale === 0 ? 0 : lengthOf(apart) / scale;
  const offset = largestOf(apart);
  return {
    passed: relativeError <= tolerance,
    relativeError,
    numeric,
    worst: {
      index: x.indexAt(offset),
      analytic: analytic.data[offset],
      numeric: numeric.data[offset],
    },
  };
}

function differences(call: string, f: (x: Tensor) => number, x: Tensor, step: number): Tensor {
  if (typeof f !== "function")
    throw new ArgumentError({ call, argument: "f", expected: "a function", received: f });
  requireAnyTensor(call, "x", x);
  requirePositive(call, "step", step);
  const at = (point: Tensor, i: number): number => {
    const value: unknown = f(point);
    if (typeof value === "number") return value;
    const argument = `what f gives for a change in value ${i}`;
    throw new ArgumentError({ call, argument, expected: "a number", received: value });
  };
  const centre = x.as("float64");
  return centre.map((value, i) => {
    const h = step * Math.max(1, Math.abs(value));
    const moved = (to: number) => centre.map((other, j) => (j === i ? to : other));
    return (at(moved(value + h), i) - at(moved(value - h), i)) / (2 * h);
  });
}

/** The length of a tensor as one long vector. */
function lengthOf(x: Tensor): number {
  return Math.sqrt(x.map((value) => value ** 2).sum());
}

/** The offset of the value that is furthest from 0; NaN is further than any number. */
function largestOf(x: Tensor): number {
  let offset = 0;
  for (let i = 0; i < x.size; i++)
    if (Math.abs(x.data[i]) > Math.abs(x.data[offset]) || Number.isNaN(x.data[i])) offset = i;
  return offset;
}
