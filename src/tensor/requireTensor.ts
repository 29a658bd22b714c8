import { ArgumentError } from "./ArgumentError";
import { type Shape, Tensor } from "./Tensor";

/** Lets through a tensor whose axes are those named, none of them empty. */
export function requireTensor(
  call: string,
  argument: string,
  x: unknown,
  axes: readonly string[],
): asserts x is Tensor {
  const fits = x instanceof Tensor && x.rank === axes.length && x.size > 0;
  if (fits) return;
  throw new ArgumentError({
    call,
    argument,
    expected: `a tensor of shape [${axes.join(", ")}]`,
    received: x,
  });
}

/** Lets through a batch of images, [m, h, w, c]. */
export function requireImages(call: string, argument: string, x: unknown): asserts x is Tensor {
  requireTensor(call, argument, x, ["batch", "height", "width", "channels"]);
}

/** Lets through a tensor of exactly this shape. */
export function requireSameShape(
  call: string,
  argument: string,
  x: unknown,
  shape: Shape,
): asserts x is Tensor {
  const fits =
    x instanceof Tensor && x.rank === shape.length && x.shape.every((n, axis) => n === shape[axis]);
  if (fits) return;
  throw new ArgumentError({
    call,
    argument,
    expected: `a tensor of shape [${shape.join(", ")}]`,
    received: x,
  });
}
