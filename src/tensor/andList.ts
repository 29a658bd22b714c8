/**
 * A list as a sentence has it: `"a"`, `"a and b"`, `"a, b and c"`.
 *
 * @example
 * andList(["stride", "padding", "groups"]) // → "stride, padding and groups"
 */
export function andList(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
