import { inspect } from "node:util";
import { DISPLAY } from "../notebook";
import { toBundle } from "./bundle";
import type { Figure } from "./Figure";

/**
 * Lets a figure that a cell ends in show itself, or where the kernel cannot, print what it shows and not all
 * its data.
 */
export function figure<F extends Figure>(parts: F): F {
  Object.defineProperty(parts, DISPLAY, { value: () => toBundle(parts), enumerable: false });
  return Object.defineProperty(parts, inspect.custom, {
    value: () => `${parts.text}\n(a figure: show(...) draws it)`,
    enumerable: false,
  });
}
