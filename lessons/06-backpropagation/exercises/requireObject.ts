import { describe, expectThat, Tensor } from "convbook";

/** Refuses what is not an object with parts, so that the parts can be looked at. */
export function requireObject<T>(
  actual: unknown,
  call: string,
  parts: string,
): asserts actual is T {
  const nothing = `${call} returned nothing, expected ${parts}. Is there a return at the end?`;
  expectThat(actual !== undefined, nothing);
  const isObject = typeof actual === "object" && actual !== null && !(actual instanceof Tensor);
  expectThat(isObject, `${call} must be ${parts}, got ${describe(actual)}.`);
}
