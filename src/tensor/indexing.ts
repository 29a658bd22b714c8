import { ArgumentError } from "./ArgumentError";
import { requireInteger } from "./require";
import type { Tensor } from "./Tensor";

/** @internal Lets through the number of one of `length` entries. */
export function requireIndex(call: string, argument: string, i: unknown, length: number): number {
  if (typeof i === "number" && Number.isInteger(i) && i >= 0 && i < length) return i;
  const expected =
    length === 0 ? "left alone, for there is none" : `an integer from 0 to ${length - 1}`;
  throw new ArgumentError({ call, argument, expected, received: i });
}

const VALUE_FIRST = "The value stands first: x.set(value, ...index).";

/** @internal Where in `data` the value at an index lies. */
export function offsetOf(call: string, x: Tensor, index: readonly number[]): number {
  requireOneAnAxis(call, "index", x, index);
  let offset = 0;
  for (let axis = 0; axis < index.length; axis++) {
    const i = index[axis];
    if (!(i >= 0 && i < x.shape[axis]) || !Number.isInteger(i)) {
      const expected = `an integer from 0 to ${x.shape[axis] - 1} on axis ${axis} of shape [${x.shape.join(", ")}]`;
      throw new ArgumentError({
        call,
        argument: "index",
        expected,
        received: index,
        ...(call === "tensor.set" && { remedy: VALUE_FIRST }),
      });
    }
    offset += i * x.strides[axis];
  }
  return offset;
}

/** @internal The shape of the block that begins at an index and has a size, where -1 reaches to the end. */
export function sliceShape(
  call: string,
  x: Tensor,
  begin: readonly number[],
  size: readonly number[],
): number[] {
  requireOneAnAxis(call, "begin", x, begin);
  requireOneAnAxis(call, "size", x, size);
  return x.shape.map((length, axis) => {
    const from = requireInteger(call, `begin[${axis}]`, begin[axis], 0);
    const count = size[axis] === -1 ? length - from : size[axis];
    requireInteger(call, `size[${axis}]`, count, 0);
    if (from + count <= length) return count;
    throw new ArgumentError({
      call,
      argument: `begin[${axis}] + size[${axis}]`,
      expected: `at most ${length}, the length of axis ${axis}`,
      received: from + count,
      receivedAs: `${from} + ${count}`,
    });
  });
}

function requireOneAnAxis(
  call: string,
  argument: string,
  x: Tensor,
  numbers: readonly number[],
): void {
  if (Array.isArray(numbers) && numbers.length === x.rank) return;
  const expected = `${x.rank} ${x.rank === 1 ? "number" : "numbers"} for a tensor of shape [${x.shape.join(", ")}]`;
  throw new ArgumentError({ call, argument, expected, received: numbers });
}
