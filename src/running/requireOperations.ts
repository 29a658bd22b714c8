import { ArgumentError } from "../tensor";
import type { NetworkGradientOperations } from "./backward";
import type { NetworkOperations } from "./forward";

/** What a pass forward computes with. */
export const FORWARD: readonly (keyof NetworkOperations)[] = [
  "conv2d",
  "conv2dTranspose",
  "dense",
  "pool2d",
];

/** What a pass forward and one backward are. */
export const BOTH_WAYS: readonly (keyof NetworkOperations | keyof NetworkGradientOperations)[] = [
  ...FORWARD,
  "conv2dBackward",
  "conv2dTransposeBackward",
  "denseBackward",
  "pool2dBackward",
];

/** Lets through what has all these functions; `engine` has more. */
export function requireOperations(
  call: string,
  operations: unknown,
  names: readonly string[],
): void {
  const given = operations as Record<string, unknown> | null;
  const missing =
    typeof given === "object" && given !== null
      ? names.filter((name) => typeof given[name] !== "function")
      : names;
  if (missing.length === 0) return;
  throw new ArgumentError({
    call,
    argument: "operations",
    expected: `an object with the functions ${names.join(", ")}`,
    received: operations,
    receivedAs: missing.length < names.length ? `one without ${missing.join(", ")}` : undefined,
    remedy: "`engine` has them all. To change one of them: { ...engine, conv2d: mine }.",
  });
}
