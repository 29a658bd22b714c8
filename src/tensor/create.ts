import { ArgumentError } from "./ArgumentError";
import { requireFunction, requireNumber } from "./require";
import {
  allocate,
  type DType,
  type NestedArray,
  requireShape,
  type Shape,
  sizeOf,
  type TensorData,
} from "./shape";
import { Tensor } from "./Tensor";

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
  const isFlat = ArrayBuffer.isView(values);
  const flat = isFlat ? (values as TensorData) : flatten(values);
  const resolved = shape ?? (isFlat ? [flat.length] : nestedShape(values));
  requireShape("tensor", resolved);
  if (sizeOf(resolved) !== flat.length) {
    const expected = `${sizeOf(resolved)} numbers to fill the shape [${resolved.join(", ")}]`;
    const receivedAs = `${flat.length} numbers`;
    const problem = { argument: "values", expected, received: flat, receivedAs };
    throw new ArgumentError({ call: "tensor", ...problem });
  }
  for (const value of flat) requireNumber("tensor", "values", value);
  const data = allocate(flat.length, dtype);
  data.set(flat);
  return new Tensor(data, resolved);
}

/**
 * A tensor of zeros.
 *
 * @example
 * zeros([2, 3]).toArray() // → [[0, 0, 0], [0, 0, 0]]
 */
export function zeros(shape: Shape, dtype: DType = "float32"): Tensor {
  requireShape("zeros", shape);
  return new Tensor(allocate(sizeOf(shape), dtype, "zeros"), shape);
}

/**
 * A tensor filled with one value.
 *
 * @example
 * full([2], 7).toArray() // → [7, 7]
 */
export function full(shape: Shape, value: number, dtype: DType = "float32"): Tensor {
  requireShape("full", shape);
  requireNumber("full", "value", value);
  return new Tensor(allocate(sizeOf(shape), dtype, "full").fill(value), shape);
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
  requireShape("fromFunction", shape);
  requireFunction("fromFunction", "f", f, "from an index to a number");
  const data = allocate(sizeOf(shape), dtype, "fromFunction");
  const index: number[] = shape.map(() => 0);
  for (let offset = 0; offset < data.length; offset++) {
    data[offset] = requireNumber("fromFunction", "the value of f", f(...index));
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return new Tensor(data, shape);
}

/**
 * One image from its rows: of numbers for a grey one, of [red, green, blue] for colours.
 *
 * @returns [1, h, w, c]
 *
 * @example
 * imageOf([[1, 2, 3], [4, 5, 6]]).shape // → [1, 2, 3, 1]
 */
export function imageOf(rows: NestedArray | Tensor, dtype: DType = "float32"): Tensor {
  const x = rows instanceof Tensor ? rows : tensor(rows, undefined, dtype);
  if (x.rank === 2) return x.reshape([1, ...x.shape, 1]);
  if (x.rank === 3) return x.reshape([1, ...x.shape]);
  const expected = "rows of numbers, [h][w], or rows of pixels, [h][w][c]";
  throw new ArgumentError({ call: "imageOf", argument: "rows", expected, received: rows });
}

/**
 * A filter for one channel, from its rows.
 *
 * @returns [kh, kw, 1, 1]
 *
 * @example
 * filterOf([[1, 0, -1], [2, 0, -2], [1, 0, -1]]).shape // → [3, 3, 1, 1]
 */
export function filterOf(rows: NestedArray | Tensor, dtype: DType = "float32"): Tensor {
  const x = rows instanceof Tensor ? rows : tensor(rows, undefined, dtype);
  if (x.rank === 2) return x.reshape([...x.shape, 1, 1]);
  const expected = "rows of numbers, [kh][kw]";
  throw new ArgumentError({ call: "filterOf", argument: "rows", expected, received: rows });
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
