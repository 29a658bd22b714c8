/** What an error about an argument says: who was called, what it wanted, what it got, what to do. */
export interface ArgumentProblem {
  /** The function that was called, without parentheses: `"conv2d"`. */
  call: string;
  /** The argument or option at fault: `"stride"`. */
  argument: string;
  /** What it must be, as the end of "must be ...": `"a positive integer"`. */
  expected: string;
  /** The value that came. It is shown shortened; a long array is not printed whole. */
  received: unknown;
  /** How to say `received`, where its value alone would not tell: `"4 numbers"`. */
  receivedAs?: string | undefined;
  /** What the caller can do about it, a whole sentence. */
  remedy?: string | undefined;
}

/**
 * An argument that does not fit, reported before any work is done.
 *
 * @example
 * new ArgumentError({ call: "conv2d", argument: "stride", expected: "a positive integer", received: 0 }).message
 * // → "conv2d(): stride must be a positive integer, but got 0."
 */
export class ArgumentError extends Error {
  /** What the message is made of. It is not listed among the keys: where nobody catches the error, Node would print all that came. */
  declare readonly problem: ArgumentProblem;

  constructor(problem: ArgumentProblem) {
    const {
      call,
      argument,
      expected,
      received,
      receivedAs = describeValue(received),
      remedy,
    } = problem;
    const sentence = `${call}(): ${argument} must be ${expected}, but got ${receivedAs}.`;
    super(escapeDirections(remedy ? `${sentence} ${remedy}` : sentence));
    this.name = "ArgumentError";
    Object.defineProperty(this, "problem", { value: problem, enumerable: false });
  }
}

/** Marks that turn the direction of writing would show the sentence in another order than it has: they are written out. */
function escapeDirections(text: string): string {
  return text.replace(
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A value in a few words, for the end of a sentence.
 *
 * @example
 * describeValue(zeros([2, 3])) // → "a tensor of shape [2, 3]"
 */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n, a BigInt`;
  if (typeof value === "function") return `the function ${value.name || "(anonymous)"}`;
  if (isShaped(value)) return `a tensor of shape ${shownShape(value.shape)}`;
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name} of ${(value as Float32Array).length} values`;
  if (Array.isArray(value)) {
    const shown = value.slice(0, 8).map(describeValue).join(", ");
    return value.length > 8 ? `[${shown}, ... ${value.length} in all]` : `[${shown}]`;
  }
  if (typeof value === "object" && value !== null) {
    const keys = Object.keys(value);
    const more = keys.length > 16 ? `, ... ${keys.length} in all` : "";
    return `an object with keys {${keys.slice(0, 16).join(", ")}${more}}`;
  }
  return String(value);
}

function shownShape(shape: readonly number[]): string {
  if (shape.length <= 8) return `[${shape.join(", ")}]`;
  return `[${shape.slice(0, 8).join(", ")}, ... ${shape.length} axes in all]`;
}

function isShaped(value: unknown): value is { shape: readonly number[] } {
  return (
    typeof value === "object" &&
    value !== null &&
    "shape" in value &&
    Array.isArray(value.shape) &&
    value.shape.every((n) => typeof n === "number")
  );
}
