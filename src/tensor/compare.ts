import { requireFinite } from "./require";
import { requireOptions } from "./requireOptions";
import { requireAnyTensor, requireSameShape } from "./requireTensor";
import type { Tensor } from "./Tensor";

export interface Tolerance {
  /** How far apart two numbers may be, relative to the larger one; absolute below 1. 1e-5 when left out. */
  tolerance?: number | undefined;
}

/** What a sum of some hundred products loses in float32. */
const ROUNDING = 1e-5;

/**
 * Whether two numbers are the same to rounding. NaN is close to NaN.
 *
 * @example
 * isClose(0.1 + 0.2, 0.3) // → true
 */
export function isClose(a: number, b: number, options?: Tolerance): boolean {
  if (options !== undefined) requireOptions<Tolerance>("isClose", options, TOLERANCE);
  return areClose(a, b, options?.tolerance);
}

const TOLERANCE = { tolerance: true } as const;

function areClose(a: number, b: number, tolerance = ROUNDING): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

/** Where two tensors part. */
export interface TensorDifference {
  /** The first index at which they are not close. */
  index: number[];
  a: number;
  b: number;
  /** How many of their values are not close. */
  count: number;
}

/**
 * The first index at which two tensors of one shape differ by more than rounding; `null` when there is none.
 *
 * @example
 * firstDifference(tensor([[1, 2], [3, 4]]), tensor([[1, 2], [0, 0]])) // → { index: [1, 0], a: 3, b: 0, count: 2 }
 */
export function firstDifference(
  a: Tensor,
  b: Tensor,
  options: Tolerance = {},
): TensorDifference | null {
  return difference("firstDifference", a, b, options);
}

/**
 * Whether two tensors of one shape have the same values to rounding, whatever their precision.
 *
 * @throws ArgumentError when their shapes differ, for that is seldom meant
 *
 * @example
 * allClose(tensor([1, 2]), tensor([1, 2.001]), { tolerance: 0.01 }) // → true
 */
export function allClose(a: Tensor, b: Tensor, options: Tolerance = {}): boolean {
  return difference("allClose", a, b, options) === null;
}

function difference(
  call: string,
  a: Tensor,
  b: Tensor,
  options: Tolerance,
): TensorDifference | null {
  requireAnyTensor(call, "a", a);
  requireSameShape(call, "b", b, a.shape);
  requireOptions<Tolerance>(call, options, TOLERANCE);
  requireFinite(call, "tolerance", options.tolerance ?? ROUNDING);
  let first = -1;
  let count = 0;
  for (let i = 0; i < a.size; i++) {
    if (areClose(a.data[i], b.data[i], options.tolerance)) continue;
    if (count === 0) first = i;
    count += 1;
  }
  if (count === 0) return null;
  return { index: a.indexAt(first), a: a.data[first], b: b.data[first], count };
}
