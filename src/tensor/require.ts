import { ArgumentError } from "./ArgumentError";
import { didYouMean } from "./nearest";

/** The checks that many functions make of a number, in one voice. Each returns the value it let through. */

/**
 * Lets through an integer of at least `least` (any, when left out) and refuses the rest, NaN and fractions included.
 *
 * @example
 * requireInteger("pool2d", "size", 2.5, 1) // throws size must be a positive integer, but got 2.5
 */
export function requireInteger(
  call: string,
  argument: string,
  value: unknown,
  least = -Infinity,
): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
  const bounded = Number.isFinite(least) ? `an integer of at least ${least}` : "an integer";
  const expected = least === 1 ? "a positive integer" : bounded;
  throw new ArgumentError({ call, argument, expected, received: value });
}

/**
 * Lets through a number, NaN and infinity included.
 *
 * @example
 * requireNumber("tensor.set", "value", "7") // throws value must be a number, but got "7"
 */
export function requireNumber(call: string, argument: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw new ArgumentError({ call, argument, expected: "a number", received: value });
}

/**
 * Lets through a finite number.
 *
 * @example
 * requireFinite("batchNorm", "epsilon", NaN) // throws epsilon must be a finite number, but got NaN
 */
export function requireFinite(call: string, argument: string, value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new ArgumentError({ call, argument, expected: "a finite number", received: value });
}

/**
 * Lets through a finite number above 0.
 *
 * @example
 * requirePositive("batchNorm", "epsilon", 0) // throws epsilon must be more than 0, but got 0
 */
export function requirePositive(call: string, argument: string, value: unknown): number {
  const number = requireFinite(call, argument, value);
  if (number > 0) return number;
  throw new ArgumentError({ call, argument, expected: "more than 0", received: number });
}

/**
 * Lets through a fraction: a number from 0 to 1.
 *
 * @example
 * requireFraction("fit", "labelSmoothing", 10) // throws labelSmoothing must be from 0 to 1, but got 10
 */
export function requireFraction(call: string, argument: string, value: unknown): number {
  const number = requireFinite(call, argument, value);
  if (number >= 0 && number <= 1) return number;
  throw new ArgumentError({ call, argument, expected: "from 0 to 1", received: number });
}

/**
 * Lets through true or false: `"no"` would count as true.
 *
 * @example
 * requireBoolean("summary", "activations", "no") // throws activations must be true or false, but got "no"
 */
export function requireBoolean(call: string, argument: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new ArgumentError({ call, argument, expected: "true or false", received: value });
}

/**
 * Lets through a function.
 *
 * @param kind what it is a function of: `"of two numbers"`
 *
 * @example
 * requireFunction("zip", "f", 5, "of two numbers") // throws f must be a function of two numbers, but got 5
 */
export function requireFunction(call: string, argument: string, f: unknown, kind: string): void {
  if (typeof f === "function") return;
  throw new ArgumentError({ call, argument, expected: `a function ${kind}`, received: f });
}

/**
 * Lets through one of the named choices.
 *
 * @example
 * requireOneOf("pool2d", "mode", "min", ["max", "average"])
 * // throws mode must be "max" or "average", but got "min"
 */
export function requireOneOf<T extends string>(
  call: string,
  argument: string,
  value: unknown,
  choices: readonly T[],
): T {
  if (choices.includes(value as T)) return value as T;
  const expected = choices.map((choice) => `"${choice}"`).join(" or ");
  throw new ArgumentError({
    call,
    argument,
    expected,
    received: value,
    remedy: didYouMean(value, choices),
  });
}
