import { ArgumentError } from "./ArgumentError";
import { requireOneOf } from "./require";

/** The length of each axis. */
export type Shape = readonly number[];
export type DType = "float32" | "float64";
/** Their own `reduce` of several forms cannot be called on the one or the other; in this form it can. */
interface Reducible {
  reduce(combine: (sum: number, value: number, offset: number) => number, first?: number): number;
}
export type TensorData = (Float32Array | Float64Array) & Reducible;
/** Numbers in arrays in arrays, as deep as there are axes. */
export type NestedArray = number | readonly NestedArray[];

/**
 * The number of values that a shape holds.
 *
 * @example
 * sizeOf([2, 3, 4]) // → 24
 */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** @internal How far apart two neighbours along each axis lie when the last index runs fastest. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** @internal The index, with a number for each axis, of the value at an offset. */
export function indexAt(strides: readonly number[], offset: number): number[] {
  let rest = offset;
  return strides.map((stride) => {
    const index = Math.floor(rest / stride);
    rest -= index * stride;
    return index;
  });
}

/** @internal Room for that many values, all zero. */
export function allocate(size: number, dtype: DType, call = "tensor"): TensorData {
  requireOneOf(call, "dtype", dtype, ["float32", "float64"]);
  try {
    return dtype === "float64" ? new Float64Array(size) : new Float32Array(size);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const gibibytes = (size * (dtype === "float64" ? 8 : 4)) / 2 ** 30;
    throw new RangeError(
      `A tensor of ${size} values needs ${gibibytes.toPrecision(3)} GiB, which cannot be had here. Work on a part at a time, or on a smaller one.`,
      { cause },
    );
  }
}

/** What an index of 32 bits can count; also about the longest array that Node makes. */
const MOST_VALUES = 2 ** 31 - 1;

/** @internal Lets through a list of axis lengths; an axis may be empty. */
export function requireShape(call: string, shape: Shape): void {
  if (Array.isArray(shape) && shape.every((n) => Number.isInteger(n) && n >= 0)) {
    if (sizeOf(shape) <= MOST_VALUES) return;
    throw new ArgumentError({
      call,
      argument: "shape",
      expected: `of at most ${MOST_VALUES} values, 8 GiB in float32`,
      received: shape,
      receivedAs: `[${shape.join(", ")}], which are ${sizeOf(shape)}`,
      remedy: "Work on a part at a time, or on a smaller one.",
    });
  }
  const expected = "an array of non-negative integers";
  throw new ArgumentError({ call, argument: "shape", expected, received: shape });
}
