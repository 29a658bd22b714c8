import type { Tensor } from "convbook";
import { assertClose } from "../kernels/assertClose";

/**
 * Fails where a result is off by more than `relative` times the largest value expected. Rounding errors are as
 * large as the products that are summed, not as their sum: a value that is small because large ones cancel
 * cannot be held to its own size.
 */
export function assertAgree(actual: Tensor, expected: Tensor, relative = 1e-5): void {
  const largest = Math.max(Math.abs(expected.min()), Math.abs(expected.max()));
  assertClose(actual, expected, { absolute: relative * largest });
}

/** The same for several results under one name each. */
export function assertAllAgree(actual: object, expected: object, relative = 1e-5): void {
  for (const [name, tensor] of Object.entries(expected))
    assertAgree((actual as Record<string, Tensor>)[name], tensor as Tensor, relative);
}
