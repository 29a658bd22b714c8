import { ArgumentError } from "../tensor";

/** Lets through the name of a block or a layer. A path joins them by `/`, so a name has none. */
export function requireName(call: string, argument: string, name: unknown): void {
  if (typeof name === "string" && name !== "" && !name.includes("/")) return;
  const isPath = typeof name === "string" && name !== "";
  const expected = isPath ? 'a text without "/"' : "a text of at least one letter";
  const remedy = isPath
    ? 'Blocks inside blocks make paths: block("a", block("b", ...)).'
    : undefined;
  throw new ArgumentError({ call, argument, expected, received: name, remedy });
}
