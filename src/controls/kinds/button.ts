import { ArgumentError, requireInteger } from "../../tensor";
import type { Control } from "../Control";

/**
 * A button for `interact`. Its value is how often it was pressed, 0 at first.
 *
 * @param label what stands on it; the control's name when left out
 *
 * @example
 * button("Draw another").read(2) // → 2
 */
export function button(label?: string): Control<number> {
  if (label !== undefined && typeof label !== "string")
    throw new ArgumentError({
      call: "button",
      argument: "label",
      expected: "a text",
      received: label,
    });
  return {
    part: { kind: "button", text: label },
    start: 0,
    read: (state) => requireInteger("button", "the count", state, 0),
  };
}
