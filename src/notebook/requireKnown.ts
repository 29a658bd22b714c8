/** Lets through options that are all known: this room stands below the one that checks those of all others. */
export function requireKnown(call: string, options: object, names: readonly string[]): void {
  if (typeof options !== "object" || options === null)
    throw new TypeError(
      `${call}(): options must be an object, { ${names[0]}: ... }, but got ${String(options)}.`,
    );
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new TypeError(
      `${call}(): options must be of ${names.join(" and ")}, but got ${JSON.stringify(unknown)}.`,
    );
}
