import { ArgumentError } from "./ArgumentError";
import { requireIndex } from "./indexing";
import { requireFunction, requireNumber } from "./require";
import { requireAnyTensor, requireSameShape } from "./requireTensor";
import { allocate, sizeOf } from "./shape";
import { Tensor } from "./Tensor";

/**
 * A tensor of what `f` makes of each pair of values.
 *
 * @param b shaped as a
 *
 * @example
 * zip(tensor([3, 5]), tensor([4, 12]), Math.hypot).toArray() // → [5, 13]
 */
export function zip(a: Tensor, b: Tensor, f: (a: number, b: number) => number): Tensor {
  requireAnyTensor("zip", "a", a);
  requireSameShape("zip", "b", b, a.shape, a.dtype);
  requireFunction("zip", "f", f, "of two numbers");
  const data = allocate(a.size, a.dtype);
  for (let i = 0; i < data.length; i++)
    data[i] = requireNumber("zip", "the value of f", f(a.data[i], b.data[i]));
  return new Tensor(data, a.shape);
}

/**
 * Tensors end to end along an axis that they have; the others must be alike.
 *
 * @example
 * concat([tensor([[1, 2]]), tensor([[3, 4], [5, 6]])]).toArray() // → [[1, 2], [3, 4], [5, 6]]
 * concat([tensor([[1], [2]]), tensor([[3], [4]])], 1).toArray() // → [[1, 3], [2, 4]]
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  requireTensors("concat", tensors);
  const [first] = tensors;
  requireIndex("concat", "axis", axis, first.rank);
  const along = (length: number) => first.shape.map((n, i) => (i === axis ? length : n));
  tensors.forEach((x, i) =>
    requireSameShape("concat", `tensors[${i}]`, x, along(x.shape[axis] ?? 0), first.dtype),
  );
  const shape = along(tensors.reduce((sum, x) => sum + x.shape[axis], 0));
  const data = allocate(sizeOf(shape), first.dtype);
  const blocks = sizeOf(shape.slice(0, axis));
  let offset = 0;
  for (let block = 0; block < blocks; block++)
    for (const x of tensors) {
      const size = x.size / blocks;
      data.set(x.data.subarray(block * size, (block + 1) * size), offset);
      offset += size;
    }
  return new Tensor(data, shape);
}

/**
 * Tensors of one shape, side by side along a new axis.
 *
 * @example
 * stack([tensor([1, 2]), tensor([3, 4]), tensor([5, 6])]).shape // → [3, 2]
 */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  requireTensors("stack", tensors);
  const { shape, dtype, rank } = tensors[0];
  requireIndex("stack", "axis", axis, rank + 1);
  tensors.forEach((x, i) => requireSameShape("stack", `tensors[${i}]`, x, shape, dtype));
  const withAxis = [...shape.slice(0, axis), 1, ...shape.slice(axis)];
  return concat(
    tensors.map((x) => x.reshape(withAxis)),
    axis,
  );
}

function requireTensors(call: string, tensors: readonly Tensor[]): void {
  if (!Array.isArray(tensors) || tensors.length === 0) {
    const expected = "an array of at least one tensor";
    throw new ArgumentError({ call, argument: "tensors", expected, received: tensors });
  }
  tensors.forEach((x, i) => requireAnyTensor(call, `tensors[${i}]`, x));
}
