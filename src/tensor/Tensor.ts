import { inspect } from "node:util";
import { ArgumentError } from "./ArgumentError";
import { formatTensor } from "./format";

export type DType = "float32" | "float64";
export type Shape = readonly number[];
export type NestedArray = number | readonly NestedArray[];
export type TensorData = Float32Array | Float64Array;

/**
 * An array of numbers with a shape. The values lie in `data` in row-major order: the last index runs
 * fastest. Images are NHWC, `[batch, height, width, channels]`, as in tfjs and Keras.
 *
 * Functions of this library never change a tensor they are given; `set` is there for code, yours
 * included, that fills a tensor it has just made.
 *
 * @example
 * tensor([[1, 2, 3], [4, 5, 6]]).get(1, 2) // → 6
 */
export class Tensor {
  readonly shape: Shape;
  readonly dtype: DType;
  /** The values, row by row. `data[offset]` with the offset from `strides`. */
  readonly data: TensorData;
  /** How far apart in `data` two neighbours along each axis lie: [3, 1] for a shape of [2, 3]. */
  readonly strides: readonly number[];

  constructor(data: TensorData, shape: Shape) {
    this.shape = Object.freeze([...shape]);
    this.dtype = data instanceof Float64Array ? "float64" : "float32";
    this.data = data;
    this.strides = Object.freeze(rowMajorStrides(shape));
  }

  /** The number of values. */
  get size(): number {
    return this.data.length;
  }

  /** The number of axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** The value at an index, one number an axis. An index outside the tensor is an error, not `undefined`. */
  get(...index: number[]): number {
    return this.data[this.offset("get", index)];
  }

  /** Puts `value` at an index, one number an axis: `x.set(7, row, column)`. */
  set(value: number, ...index: number[]): void {
    const offset = this.offset("set", index);
    if (typeof value !== "number") {
      throw new ArgumentError({
        call: "tensor.set",
        argument: "value",
        expected: "a number",
        received: value,
      });
    }
    this.data[offset] = value;
  }

  /** A tensor of the same values in another shape; one axis may be -1 and is worked out. */
  reshape(shape: Shape): Tensor {
    const known = shape.reduce((product, n) => (n === -1 ? product : product * n), 1);
    const resolved = shape.map((n) => (n === -1 ? this.size / known : n));
    const fits =
      resolved.every((n) => Number.isInteger(n) && n >= 0) && sizeOf(resolved) === this.size;
    if (!fits || shape.filter((n) => n === -1).length > 1) {
      const expected = `a shape that holds ${this.size} values (this tensor is [${this.shape.join(", ")}])`;
      throw new ArgumentError({
        call: "tensor.reshape",
        argument: "shape",
        expected,
        received: [...shape],
      });
    }
    return new Tensor(this.data.slice(), resolved);
  }

  /** A copy whose axes are reordered: `transpose([0, 3, 1, 2])` turns NHWC into NCHW. */
  transpose(axes: readonly number[]): Tensor {
    const sorted = [...axes].sort((a, b) => a - b);
    if (axes.length !== this.rank || sorted.some((axis, i) => axis !== i)) {
      const expected = `each of the axes 0 to ${this.rank - 1} once`;
      throw new ArgumentError({
        call: "tensor.transpose",
        argument: "axes",
        expected,
        received: [...axes],
      });
    }
    const result = zeros(
      axes.map((axis) => this.shape[axis]),
      this.dtype,
    );
    const steps = axes.map((axis) => this.strides[axis]);
    for (let i = 0; i < this.size; i++) {
      let rest = i;
      let source = 0;
      for (let axis = 0; axis < this.rank; axis++) {
        const index = Math.floor(rest / result.strides[axis]);
        rest -= index * result.strides[axis];
        source += index * steps[axis];
      }
      result.data[i] = this.data[source];
    }
    return result;
  }

  /** The values nested as deep as the shape is long. */
  toArray(): NestedArray {
    const nest = (axis: number, offset: number): NestedArray =>
      axis === this.rank
        ? this.data[offset]
        : Array.from({ length: this.shape[axis] }, (_, i) =>
            nest(axis + 1, offset + i * this.strides[axis]),
          );
    return nest(0, 0);
  }

  /** A copy that shares nothing with this tensor. */
  clone(): Tensor {
    return new Tensor(this.data.slice(), this.shape);
  }

  /** The same values in another precision. */
  as(dtype: DType): Tensor {
    return new Tensor(
      dtype === "float64" ? Float64Array.from(this.data) : Float32Array.from(this.data),
      this.shape,
    );
  }

  /** A tensor of the same shape, each value passed through `f`. */
  map(f: (value: number, offset: number) => number): Tensor {
    return new Tensor(this.data.map(f) as TensorData, this.shape);
  }

  sum(): number {
    let sum = 0;
    for (const value of this.data) sum += value;
    return sum;
  }

  mean(): number {
    return this.sum() / this.size;
  }

  min(): number {
    let least = Infinity;
    for (const value of this.data) least = Math.min(least, value);
    return least;
  }

  max(): number {
    let most = -Infinity;
    for (const value of this.data) most = Math.max(most, value);
    return most;
  }

  toString(): string {
    return formatTensor(this);
  }

  /** What a notebook cell and `console.log` print. */
  [inspect.custom](): string {
    return this.toString();
  }

  private offset(method: string, index: readonly number[]): number {
    if (index.length !== this.rank) {
      const expected = `${this.rank} numbers for a tensor of shape [${this.shape.join(", ")}]`;
      throw new ArgumentError({
        call: `tensor.${method}`,
        argument: "index",
        expected,
        received: index,
      });
    }
    let offset = 0;
    for (let axis = 0; axis < index.length; axis++) {
      const i = index[axis];
      if (!(i >= 0 && i < this.shape[axis]) || !Number.isInteger(i)) {
        const expected = `an integer from 0 to ${this.shape[axis] - 1} on axis ${axis} of shape [${this.shape.join(", ")}]`;
        throw new ArgumentError({
          call: `tensor.${method}`,
          argument: "index",
          expected,
          received: index,
        });
      }
      offset += i * this.strides[axis];
    }
    return offset;
  }
}

/**
 * Makes a tensor from nested arrays, or from a flat array and a shape.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).shape // → [2, 2]
 * @example
 * tensor([1, 2, 3, 4], [1, 2, 2, 1]).get(0, 1, 0, 0) // → 3
 */
export function tensor(
  values: NestedArray | TensorData,
  shape?: Shape,
  dtype: DType = "float32",
): Tensor {
  const flat: number[] | TensorData = ArrayBuffer.isView(values)
    ? (values as TensorData)
    : flatten(values);
  const resolved = shape ?? (ArrayBuffer.isView(values) ? [flat.length] : nestedShape(values));
  requireShape("tensor", resolved);
  if (sizeOf(resolved) !== flat.length) {
    const expected = `${sizeOf(resolved)} numbers to fill the shape [${resolved.join(", ")}]`;
    throw new ArgumentError({
      call: "tensor",
      argument: "values",
      expected,
      received: flat,
      receivedAs: `${flat.length} numbers`,
    });
  }
  for (const value of flat) {
    if (typeof value !== "number") {
      throw new ArgumentError({
        call: "tensor",
        argument: "values",
        expected: "numbers",
        received: value,
      });
    }
  }
  return new Tensor(
    dtype === "float64" ? Float64Array.from(flat) : Float32Array.from(flat),
    resolved,
  );
}

/**
 * A tensor of zeros.
 *
 * @example
 * zeros([2, 3]).toArray() // → [[0, 0, 0], [0, 0, 0]]
 */
export function zeros(shape: Shape, dtype: DType = "float32"): Tensor {
  requireShape("zeros", shape);
  return new Tensor(
    dtype === "float64" ? new Float64Array(sizeOf(shape)) : new Float32Array(sizeOf(shape)),
    shape,
  );
}

/**
 * A tensor filled with one value.
 *
 * @example
 * full([2], 7).toArray() // → [7, 7]
 */
export function full(shape: Shape, value: number, dtype: DType = "float32"): Tensor {
  const result = zeros(shape, dtype);
  result.data.fill(value);
  return result;
}

/**
 * A tensor whose values are computed from their index.
 *
 * @example
 * fromFunction([2, 3], (row, column) => 10 * row + column).toArray() // → [[0, 1, 2], [10, 11, 12]]
 */
export function fromFunction(
  shape: Shape,
  f: (...index: number[]) => number,
  dtype: DType = "float32",
): Tensor {
  const result = zeros(shape, dtype);
  const index: number[] = shape.map(() => 0);
  for (let offset = 0; offset < result.size; offset++) {
    result.data[offset] = f(...index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return result;
}

/**
 * The number of values that a shape holds.
 *
 * @example
 * sizeOf([2, 3, 4]) // → 24
 */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}

function rowMajorStrides(shape: Shape): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

function requireShape(call: string, shape: Shape): void {
  if (Array.isArray(shape) && shape.every((n) => Number.isInteger(n) && n >= 0)) return;
  throw new ArgumentError({
    call,
    argument: "shape",
    expected: "an array of non-negative integers",
    received: shape,
  });
}

function nestedShape(values: NestedArray): number[] {
  const shape: number[] = [];
  let level: NestedArray = values;
  while (Array.isArray(level)) {
    shape.push(level.length);
    level = level[0];
  }
  return shape;
}

/** Flattens nested arrays and refuses ragged ones, naming the first row whose length differs. */
function flatten(values: NestedArray): number[] {
  const shape = nestedShape(values);
  const flat: number[] = [];
  const walk = (level: NestedArray, depth: number, path: string): void => {
    const length = Array.isArray(level) ? level.length : undefined;
    if (length !== shape[depth]) {
      const expected =
        shape[depth] === undefined ? "a number" : `${shape[depth]} entries, like its siblings`;
      const receivedAs = length === undefined ? undefined : `${length} entries`;
      throw new ArgumentError({
        call: "tensor",
        argument: `values${path}`,
        expected,
        received: level,
        receivedAs,
      });
    }
    if (Array.isArray(level)) level.forEach((entry, i) => walk(entry, depth + 1, `${path}[${i}]`));
    else flat.push(level as number);
  };
  walk(values, 0, "");
  return flat;
}
