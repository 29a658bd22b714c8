import { ArgumentError, type NestedArray, Tensor, tensor } from "../tensor";

/** Numbers as lessons have them at hand. */
export type Numbers = Tensor | NestedArray | Float32Array | Float64Array;

/**
 * A matrix, [h, w], from nested arrays or from a tensor that holds one: axes of length 1 at either end
 * are dropped, so that a convolution's [1, h, w, 1] is one, and a single row may be written as a list.
 */
export function matrixOf(call: string, argument: string, values: Numbers): Tensor {
  const given = tensorOf(call, argument, values);
  const shape = [...given.shape];
  while (shape.length > 2 && shape[0] === 1) shape.shift();
  while (shape.length > 2 && shape[shape.length - 1] === 1) shape.pop();
  if (shape.length === 1) shape.unshift(1);
  if (shape.length === 2 && given.size > 0) return given.reshape(shape);
  throw new ArgumentError({
    call,
    argument,
    expected: "a matrix, [rows, columns]",
    received: given,
    remedy: "Pick one image and one channel first.",
  });
}

/** A tensor as it is, anything else made into one. Double precision keeps the numbers as they were written. */
export function tensorOf(call: string, argument: string, values: Numbers): Tensor {
  if (values instanceof Tensor) return values;
  if (Array.isArray(values) || ArrayBuffer.isView(values))
    return tensor(values as NestedArray, undefined, "float64");
  const expected = "a tensor or an array of numbers";
  throw new ArgumentError({ call, argument, expected, received: values });
}

/** Refuses what has no colour: NaN and the infinities. */
export function requireAllFinite(call: string, argument: string, x: Tensor): void {
  const bad = x.data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new ArgumentError({
    call,
    argument,
    expected: "finite numbers",
    received: x.data[bad],
    receivedAs: `${x.data[bad]} at data[${bad}] of shape [${x.shape.join(", ")}]`,
  });
}

/** A number in at most three significant digits, with a true minus sign: what fits into a cell. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text =
    Number.isInteger(value) && size < 1e5
      ? String(value)
      : size !== 0 && (size < 1e-3 || size >= 1e5)
        ? value.toExponential(1)
        : String(Number(value.toPrecision(size >= 1000 ? 4 : 3)));
  return text.replaceAll("-", "−").replace(/^−0$/, "0");
}

/** A fraction in percent: "97.3%". */
export function percent(fraction: number, decimals = 1): string {
  return `${(100 * fraction).toFixed(decimals)}%`;
}

/** A title as the beginning of a sentence about the picture. */
export function titled(title: string | undefined): string {
  return title ? `${title}: ` : "";
}

/** "1 row", "2 rows". */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** Lets through as many names as there are things to name. */
export function requireLength(
  call: string,
  argument: string,
  names: readonly unknown[] | undefined,
  length: number,
  things: string,
): void {
  if (names === undefined || names.length === length) return;
  throw new ArgumentError({
    call,
    argument,
    expected: `as many as the ${length} ${things}`,
    received: names,
    receivedAs: `${names.length}`,
  });
}
