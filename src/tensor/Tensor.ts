import { inspectCustom } from "./inspectCustom";
import { ArgumentError } from "./ArgumentError";
import { refuseBrackets } from "./brackets";
import { formatTensor } from "./format";
import { offsetOf, requireIndex, sliceShape } from "./indexing";
import { requireFunction, requireNumber } from "./require";
import {
  allocate,
  type DType,
  indexAt,
  type NestedArray,
  requireShape,
  rowMajorStrides,
  type Shape,
  sizeOf,
  type TensorData,
} from "./shape";

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

  /** A view of `data`, which is not copied. `tensor(values, shape)` copies, and takes plain arrays. */
  constructor(data: TensorData, shape: Shape) {
    const call = "new Tensor";
    if (!(data instanceof Float32Array || data instanceof Float64Array)) {
      const expected = "a Float32Array or a Float64Array";
      const remedy = "tensor(values, shape) takes plain arrays.";
      throw new ArgumentError({ call, argument: "data", expected, received: data, remedy });
    }
    requireShape(call, shape);
    if (sizeOf(shape) !== data.length) {
      const expected = `${sizeOf(shape)} values, as shape [${shape.join(", ")}] holds`;
      throw new ArgumentError({ call, argument: "data", expected, received: data });
    }
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

  /** The value at an index, with a number for each axis. An index outside the tensor is an error, not `undefined`. */
  get(...index: number[]): number {
    return this.data[offsetOf("tensor.get", this, index)];
  }

  /** Puts `value` at an index, with a number for each axis: `x.set(7, row, column)`. */
  set(value: number, ...index: number[]): void {
    const offset = offsetOf("tensor.set", this, index);
    this.data[offset] = requireNumber("tensor.set", "value", value);
  }

  /** A tensor of the same values in another shape; one axis may be -1 and is worked out. */
  reshape(shape: Shape): Tensor {
    requireList("tensor.reshape", "shape", shape, this.shape);
    const known = shape.reduce((product, n) => (n === -1 ? product : product * n), 1);
    const resolved = shape.map((n) => (n === -1 ? this.size / known : n));
    const fits =
      resolved.every((n) => Number.isInteger(n) && n >= 0) && sizeOf(resolved) === this.size;
    if (!fits || shape.filter((n) => n === -1).length > 1) {
      const expected = `a shape that holds ${this.size} values (this tensor is [${this.shape.join(", ")}])`;
      const received = [...shape];
      throw new ArgumentError({ call: "tensor.reshape", argument: "shape", expected, received });
    }
    return new Tensor(this.data.slice(), resolved);
  }

  /** A copy whose axes are reordered: `transpose([0, 3, 1, 2])` turns NHWC into NCHW. */
  transpose(axes: readonly number[]): Tensor {
    requireList("tensor.transpose", "axes", axes, this.shape);
    const sorted = [...axes].sort((a, b) => a - b);
    if (axes.length !== this.rank || sorted.some((axis, i) => axis !== i)) {
      const expected = `each of the axes 0 to ${this.rank - 1} once`;
      const received = [...axes];
      throw new ArgumentError({ call: "tensor.transpose", argument: "axes", expected, received });
    }
    const result = new Tensor(
      allocate(this.size, this.dtype),
      axes.map((axis) => this.shape[axis]),
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

  /**
   * A copy of the block that begins at an index and has a size, both with a number for each axis. A size of -1 reaches
   * to the end.
   *
   * @example
   * tensor([[1, 2, 3], [4, 5, 6]]).slice([0, 1], [-1, 2]).toArray() // → [[2, 3], [5, 6]]
   */
  slice(begin: readonly number[], size: readonly number[]): Tensor {
    const shape = sliceShape("tensor.slice", this, begin, size);
    const result = new Tensor(allocate(sizeOf(shape), this.dtype), shape);
    const copy = (axis: number, from: number, to: number): void => {
      if (axis === this.rank - 1) {
        const first = from + begin[axis];
        result.data.set(this.data.subarray(first, first + shape[axis]), to);
        return;
      }
      for (let i = 0; i < shape[axis]; i++)
        copy(
          axis + 1,
          from + (begin[axis] + i) * this.strides[axis],
          to + i * result.strides[axis],
        );
    };
    if (this.rank === 0) return this.clone();
    copy(0, 0, 0);
    return result;
  }

  /** One image of a batch, [1, h, w, c]. */
  image(i: number): Tensor {
    this.requireImage("image", 0, i);
    return this.slice([i, 0, 0, 0], [1, -1, -1, -1]);
  }

  /** One channel of a batch of images, [m, h, w, 1]. */
  channel(c: number): Tensor {
    this.requireImage("channel", 3, c);
    return this.slice([0, 0, 0, c], [-1, -1, -1, 1]);
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

  /**
   * The rows of a matrix, or of one image with one channel, [1, h, w, 1].
   *
   * @example
   * imageOf([[1, 2], [3, 4]]).toMatrix() // → [[1, 2], [3, 4]]
   */
  toMatrix(): number[][] {
    const isImage = this.rank === 4 && this.shape[0] === 1 && this.shape[3] === 1;
    if (this.rank !== 2 && !isImage) {
      const expected = "a matrix, or one image with one channel, [1, h, w, 1]";
      const remedy = "Choose one with image(i) and channel(c).";
      const call = "tensor.toMatrix";
      throw new ArgumentError({ call, argument: "the tensor", expected, received: this, remedy });
    }
    const [height, width] = isImage ? this.shape.slice(1) : this.shape;
    return Array.from({ length: height }, (_, row) =>
      Array.from(this.data.subarray(row * width, (row + 1) * width)),
    );
  }

  /** A copy that shares nothing with this tensor. */
  clone(): Tensor {
    return new Tensor(this.data.slice(), this.shape);
  }

  /** The same values in another precision. */
  as(dtype: DType): Tensor {
    const data = allocate(this.size, dtype, "tensor.as");
    data.set(this.data);
    return new Tensor(data, this.shape);
  }

  /** A tensor of the same shape, each value passed through `f`. */
  map(f: (value: number, offset: number) => number): Tensor {
    requireFunction("tensor.map", "f", f, "from a value and its offset to a number");
    const data = allocate(this.size, this.dtype);
    for (let i = 0; i < data.length; i++)
      data[i] = requireNumber("tensor.map", "the value of f", f(this.data[i], i));
    return new Tensor(data, this.shape);
  }

  sum(): number {
    let sum = 0;
    for (const value of this.data) sum += value;
    return sum;
  }

  mean(): number {
    this.requireValues("mean");
    return this.sum() / this.size;
  }

  min(): number {
    this.requireValues("min");
    let least = Infinity;
    for (const value of this.data) least = Math.min(least, value);
    return least;
  }

  max(): number {
    this.requireValues("max");
    let most = -Infinity;
    for (const value of this.data) most = Math.max(most, value);
    return most;
  }

  /**
   * The index of the largest value, with a number for each axis; of the first where several are alike. As in NumPy,
   * NaN counts as the largest.
   *
   * @example
   * tensor([[1, 2], [9, 4]]).argmax() // → [1, 0]
   */
  argmax(): number[] {
    this.requireValues("argmax");
    let best = 0;
    for (let i = 0; i < this.size; i++) {
      if (Number.isNaN(this.data[i])) return this.indexAt(i);
      if (this.data[i] > this.data[best]) best = i;
    }
    return this.indexAt(best);
  }

  /** The index of the value at an offset in `data`. */
  indexAt(offset: number): number[] {
    return indexAt(this.strides, offset);
  }

  toString(): string {
    return formatTensor(this);
  }

  /** What a notebook cell and `console.log` print. */
  [inspectCustom](): string {
    return this.toString();
  }

  private requireImage(method: string, axis: number, i: number): void {
    const call = `tensor.${method}`;
    if (this.rank !== 4) {
      const expected = "of shape [batch, height, width, channels]";
      throw new ArgumentError({ call, argument: "the tensor", expected, received: this });
    }
    requireIndex(call, method, i, this.shape[axis]);
  }

  private requireValues(method: string): void {
    if (this.size > 0) return;
    const call = `tensor.${method}`;
    const expected = "one with at least one value";
    throw new ArgumentError({ call, argument: "the tensor", expected, received: this });
  }
}

refuseBrackets(Tensor.prototype);

function requireList(call: string, argument: string, value: unknown, shape: Shape): void {
  if (Array.isArray(value)) return;
  const expected = `a list of numbers (this tensor is [${shape.join(", ")}])`;
  throw new ArgumentError({ call, argument, expected, received: value });
}
