import type { MimeBundle } from "./display";

/**
 * The name of the method by which a value decides what it looks like as the last line of a cell. Deno's
 * kernel has the same convention: https://docs.deno.com/runtime/reference/cli/jupyter/
 */
export const DISPLAY = Symbol.for("Jupyter.display");

/**
 * Gives all values of a class a look of their own in notebooks.
 *
 * @param type the class
 * @param bundle what a value of it shows
 *
 * @example
 * class Dog {}
 * showsAs(Dog, () => ({ "text/plain": "a dog" })) // → undefined
 */
export function showsAs<T>(type: { prototype: T }, bundle: (value: T) => MimeBundle): void {
  Object.defineProperty(type.prototype, DISPLAY, {
    configurable: true,
    value(this: T) {
      return bundle(this);
    },
  });
}
