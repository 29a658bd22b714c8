import type ts from "typescript";
import { whereInstalled } from "../project";

/** The compiler takes a quarter of a second to load: only those who read source pay for it. */
export function loadTypeScript(): typeof ts {
  return whereInstalled("Reading TypeScript", () => require("typescript") as typeof ts);
}
