import { andList } from "./andList";
import { ArgumentError, describeValue } from "./ArgumentError";
import { nearest } from "./nearest";
import { requireBoolean } from "./require";

/**
 * The names of all options of a kind; those that are true or false are marked. The compiler sees to it that none is
 * forgotten.
 */
export type OptionNames<Options> = {
  readonly [Name in keyof Options]-?: NonNullable<Options[Name]> extends boolean ? "flag" : true;
};

/** Options of which all are decided: one that was left out has its default. */
export type Decided<Options> = {
  [Name in keyof Options]-?: Exclude<Options[Name], undefined>;
};

/**
 * Lets through an object of options that are all known: one that nobody knows would be ignored, and the result be
 * that of another call than the one that was meant. What is true or false has to be so: `"no"` would count as true.
 *
 * @param names every option that there is
 *
 * @example
 * requireOptions("conv2d", { strides: 2 }, { stride: true, padding: true })
 * // throws options must be of stride and padding, but got "strides" (2). Did you mean "stride"?
 */
export function requireOptions<Options extends object>(
  call: string,
  options: unknown,
  names: OptionNames<Options>,
): void {
  if (!isOptions(options)) {
    const expected = `an object of options, { ${Object.keys(names)[0]}: ... }`;
    throw new ArgumentError({ call, argument: "options", expected, received: options });
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(names, name)) {
      const isFlag = (names as Readonly<Record<string, unknown>>)[name] === "flag";
      if (isFlag && options[name] !== undefined) requireBoolean(call, name, options[name]);
      continue;
    }
    const known = Object.keys(names);
    const begins = known.find((other) => other.startsWith(name) || name.startsWith(other));
    const near = begins ?? nearest(name.slice(0, 50), known)[0];
    throw new ArgumentError({
      call,
      argument: "options",
      expected: `of ${andList(known)}`,
      received: name,
      receivedAs: `${JSON.stringify(name)} (${describeValue(options[name])})`,
      remedy: near === undefined ? undefined : `Did you mean "${near}"?`,
    });
  }
}

/** Plain objects only: a tensor, an array or a function instead of options is a mistake. */
function isOptions(options: unknown): options is Record<string, unknown> {
  if (typeof options !== "object" || options === null || Array.isArray(options)) return false;
  const prototype = Object.getPrototypeOf(options) as object | null;
  // Objects of another realm (a sandbox, a cell) have an Object.prototype of their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
