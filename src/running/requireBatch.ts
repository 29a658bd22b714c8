import { ArgumentError, Tensor } from "../tensor";

/** Lets through a batch of what a network takes in. */
export function requireBatch(
  call: string,
  shape: readonly number[],
  x: unknown,
  argument = "x",
): void {
  const fits = x instanceof Tensor && x.size > 0 && String(x.shape.slice(1)) === String(shape);
  if (fits) return;
  const expected = `a tensor of shape [batch, ${shape.join(", ")}]`;
  throw new ArgumentError({ call, argument, expected, received: x });
}
