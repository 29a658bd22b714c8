import type ts from "typescript";

/** The compiler takes a quarter of a second to load: only those who read source pay for it. */
export function loadTypeScript(): typeof ts {
  return require("typescript") as typeof ts;
}
