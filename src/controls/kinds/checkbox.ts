import { ArgumentError } from "../../tensor";
import type { Control } from "../Control";

/**
 * A box to tick, for `interact`.
 *
 * @param start whether it is ticked at first
 *
 * @example
 * checkbox(true).start // → true
 */
export function checkbox(start = false): Control<boolean> {
  const read = (state: unknown): boolean => {
    if (typeof state === "boolean") return state;
    const expected = "true or false";
    throw new ArgumentError({ call: "checkbox", argument: "start", expected, received: state });
  };
  return { part: { kind: "checkbox" }, start: read(start), read };
}
