import type { Tensor } from "./Tensor";

/**
 * Makes `x[0]` and `x[i][j]` of a tensor speak: without this they are `undefined`, and a sum over them NaN.
 * It lies behind the prototype, where only names are looked up that a tensor does not have, so that it costs
 * nothing.
 */
export function refuseBrackets(prototype: object): void {
  const refuse = (key: string | symbol, receiver: unknown, write: boolean): void => {
    if (typeof key !== "string" || !/^(?:-?\d+|NaN)$/.test(key)) return;
    const { shape } = receiver as Tensor;
    const index = shape.map((_, axis) => ["i", "j", "k", "c"][axis] ?? `n${axis}`).join(", ");
    const instead = write ? `x.set(value, ${index})` : `x.get(${index})`;
    throw new TypeError(
      `A Tensor is no list, and has no [${key}]: write ${instead}, one index for each axis of [${shape.join(", ")}].`,
    );
  };
  // Its own prototype is Object's, so that all that objects have is found behind it.
  const beyond = new Proxy(
    {},
    {
      get(target, key, receiver) {
        refuse(key, receiver, false);
        return Reflect.get(target, key, receiver) as unknown;
      },
      set(target, key, value, receiver) {
        refuse(key, receiver, true);
        return Reflect.set(target, key, value, receiver);
      },
    },
  );
  Object.setPrototypeOf(prototype, beyond);
}
