/**
 * The name of the method that says how `console.log` shows an object: Node's `util.inspect.custom`, by the key under
 * which it is registered everywhere, so that what shows itself also runs where there is no Node.
 */
export const inspectCustom: unique symbol = Symbol.for("nodejs.util.inspect.custom");
