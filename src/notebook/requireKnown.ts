/**
 * Lets through options that are all known, and true or false where they are so: this room stands below the one that
 * checks the options of all others.
 *
 * @param names of the options, with whether they are true or false
 */
export function requireKnown(
  call: string,
  options: object,
  names: Readonly<Record<string, boolean>>,
): void {
  const known = Object.keys(names);
  if (typeof options !== "object" || options === null)
    throw new TypeError(
      `${call}(): options must be an object, { ${known[0]}: ... }, but got ${String(options)}.`,
    );
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name))
      throw new TypeError(
        `${call}(): options must be of ${known.join(" and ")}, but got ${JSON.stringify(name)}.`,
      );
    if (names[name] && value !== undefined && typeof value !== "boolean")
      throw new TypeError(
        `${call}(): ${name} must be true or false, but got ${JSON.stringify(value)}.`,
      );
  }
}
