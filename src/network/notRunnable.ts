import { ArgumentError } from "../tensor";

/**
 * What is said where a network is to run that holds an operation known by its shapes alone.
 *
 * @example
 * notRunnable("runNetwork", "Resize").name // → "ArgumentError"
 */
export function notRunnable(call: string, type: string): ArgumentError {
  return new ArgumentError({
    call,
    argument: "network",
    expected: "made of layers that can be computed",
    received: type,
    receivedAs: `one with "${type}", of which only the shapes are known`,
    remedy: "It can be counted and drawn, but not run.",
  });
}
