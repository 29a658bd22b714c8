import { ArgumentError, describeValue } from "./ArgumentError";
import type { DType, Shape } from "./shape";
import { Tensor } from "./Tensor";

/**
 * Lets through a tensor of any shape.
 *
 * @example
 * requireAnyTensor("zip", "a", [1, 2]) // throws a must be a tensor, but got [1, 2]. Wrap it
 */
export function requireAnyTensor(call: string, argument: string, x: unknown): asserts x is Tensor {
  if (x instanceof Tensor) return;
  const remedy = Array.isArray(x) ? howToMakeTensor(x) : undefined;
  throw new ArgumentError({ call, argument, expected: "a tensor", received: x, remedy });
}

/**
 * Lets through a tensor whose axes are those named, none of them empty, and whose precision is `dtype`
 * where one is given: an operation on tensors of both precisions is refused, for its result would have
 * the accuracy of neither.
 *
 * @example
 * requireTensor("dense", "x", zeros([2, 3, 4]), ["batch", "features"])
 * // throws x must be a tensor of shape [batch, features], but got a tensor of shape [2, 3, 4]
 */
export function requireTensor(
  call: string,
  argument: string,
  x: unknown,
  axes: readonly string[],
  dtype?: DType,
): asserts x is Tensor {
  if (!(x instanceof Tensor && x.rank === axes.length && x.size > 0)) {
    const expected = `a tensor of shape [${axes.join(", ")}]`;
    throw new ArgumentError({ call, argument, expected, received: x });
  }
  if (dtype) requireDtype(call, argument, x, dtype);
}

/**
 * Lets through a batch of images, [m, h, w, c].
 *
 * @example
 * requireImages("conv2d", "x", zeros([28, 28]))
 * // throws x must be a tensor of shape [batch, height, width, channels], but got a tensor of shape [28, 28]
 */
export function requireImages(call: string, argument: string, x: unknown): asserts x is Tensor {
  requireTensor(call, argument, x, ["batch", "height", "width", "channels"]);
}

/**
 * Lets through a tensor of exactly this shape, and of this precision where one is given.
 *
 * @example
 * requireSameShape("conv2d", "bias", zeros([3]), [4])
 * // throws bias must be a tensor of shape [4], but got a tensor of shape [3]
 */
export function requireSameShape(
  call: string,
  argument: string,
  x: unknown,
  shape: Shape,
  dtype?: DType,
): asserts x is Tensor {
  const fits =
    x instanceof Tensor && x.rank === shape.length && x.shape.every((n, axis) => n === shape[axis]);
  if (!fits) {
    const expected = `a tensor of shape [${shape.join(", ")}]`;
    throw new ArgumentError({ call, argument, expected, received: x });
  }
  if (dtype) requireDtype(call, argument, x, dtype);
}

function requireDtype(call: string, argument: string, x: Tensor, dtype: DType): void {
  if (x.dtype === dtype) return;
  throw new ArgumentError({
    call,
    argument,
    expected: `${dtype} like the other tensors`,
    received: x,
    receivedAs: `${describeValue(x)} in ${x.dtype}`,
    remedy: `Convert one of them with .as("${dtype}") or .as("${x.dtype}").`,
  });
}

/**
 * What makes a tensor of a list: of numbers, or of tensors.
 *
 * @example
 * howToMakeTensor([1, 2]) // → "Wrap it: tensor(values)."
 * howToMakeTensor([zeros([2])]) // → "Join them: concat(list) puts tensors end to end."
 */
export function howToMakeTensor(list: readonly unknown[]): string {
  return list.length > 0 && list.every((entry) => entry instanceof Tensor)
    ? "Join them: concat(list) puts tensors end to end."
    : "Wrap it: tensor(values).";
}
