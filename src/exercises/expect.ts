import {
  describeValue,
  firstDifference,
  formatApart,
  formatNumber,
  howToMakeTensor,
  isClose,
  type OptionNames,
  requireOptions,
  Tensor,
} from "../tensor";

/** What a failed comparison knows, for the picture beside the message. */
export interface Difference {
  expected: unknown;
  actual: unknown;
  /** The first index at which the two differ. */
  index?: readonly number[];
  /** The input that the expected value at `index` comes from. */
  window?: ComputedFrom;
}

/** How one output value comes about: shown as patch · filter = value. */
export interface ComputedFrom {
  /** [rows, columns] */
  patch: Tensor;
  /** [rows, columns], when the patch is multiplied cell by cell and summed. */
  filter?: Tensor | undefined;
  /** What the value is, in words: `"the largest of the window"`. */
  caption?: string | undefined;
}

/** An answer that is not what was asked for. The message speaks to the learner. */
export class AnswerError extends Error {
  readonly difference: Difference | undefined;

  constructor(message: string, difference?: Difference) {
    super(message);
    this.name = "AnswerError";
    this.stack = `${this.name}: ${message}`; // where in the checker it was found is of no use to a learner
    this.difference = difference;
  }
}

export interface ExpectOptions {
  /** What was called, as the learner would type it: `"zeroPad(x, 2)"`. */
  of?: string | undefined;
  /**
   * Relative to the larger number (absolute below 1). 1e-5 when left out; but a number by itself that is
   * expected to be whole, a count say, must then be that very number.
   */
  tolerance?: number | undefined;
  /** The part of the input that one output value comes from. */
  window?: ((index: readonly number[]) => ComputedFrom) | undefined;
}

const EXPECT_OPTIONS: OptionNames<ExpectOptions> = { of: true, tolerance: true, window: true };

/**
 * Passes when `actual` is a tensor of the expected shape and values.
 *
 * @example
 * expectTensor(tensor([1, 2]), tensor([1, 3])) // throws at [1] expected 3, got 2
 */
export function expectTensor(actual: unknown, expected: Tensor, options: ExpectOptions = {}): void {
  requireOptions<ExpectOptions>("expectTensor", options, EXPECT_OPTIONS);
  const { of = "Your answer", tolerance, window } = options;
  if (!(actual instanceof Tensor))
    throw new AnswerError(wrongKind(of, actual, expected), { expected, actual });
  if (actual.shape.join() !== expected.shape.join()) {
    const message = `${of} has shape [${actual.shape.join(", ")}], expected [${expected.shape.join(", ")}].`;
    throw new AnswerError(message, { expected, actual });
  }
  const differs = firstDifference(actual, expected, { tolerance });
  if (!differs) return;
  const { index, a: got, b: want, count } = differs;
  const others = count === 1 ? "" : ` (${count} of ${expected.size} values differ)`;
  const [wanted, gotten] = formatApart(want, got);
  const message = `${of}: at [${index.join(", ")}] expected ${wanted}, got ${gotten}${others}.`;
  throw new AnswerError(message, {
    expected,
    actual,
    index,
    ...(window && { window: window(index) }),
  });
}

/**
 * Passes when `actual` is the expected number.
 *
 * @example
 * expectNumber(54, 55, { of: "outputSize(227, 11)" }) // throws expected 55, got 54
 */
export function expectNumber(actual: unknown, expected: number, options: ExpectOptions = {}): void {
  requireOptions<ExpectOptions>("expectNumber", options, EXPECT_OPTIONS);
  const { of = "Your answer", tolerance } = options;
  if (typeof actual !== "number") {
    const message = `${of} must be a number, got ${describeValue(actual)}.${numberRemedy(actual)}`;
    throw new AnswerError(message, { expected, actual });
  }
  if (isSameNumber(actual, expected, tolerance)) return;
  const [wanted, gotten] = formatApart(expected, actual);
  throw new AnswerError(`${of}: expected ${wanted}, got ${gotten}.`, { expected, actual });
}

/**
 * Passes when `actual` is a list of the expected numbers: a shape, say, or a row of a table.
 *
 * @example
 * expectNumbers([28, 28], [28, 28, 8]) // throws expected 3 numbers
 */
export function expectNumbers(
  actual: unknown,
  expected: readonly number[],
  options: ExpectOptions = {},
): void {
  requireOptions<ExpectOptions>("expectNumbers", options, EXPECT_OPTIONS);
  const { of = "Your answer", tolerance } = options;
  if (!Array.isArray(actual)) {
    const message = `${of} must be a list of numbers, got ${describeValue(actual)}.${listRemedy(actual)}`;
    throw new AnswerError(message, { expected, actual });
  }
  if (actual.length !== expected.length) {
    const message = `${of}: expected ${expected.length} numbers, got ${actual.length}: ${describeValue(actual)}.`;
    throw new AnswerError(message, { expected, actual });
  }
  const at = expected.findIndex(
    (want, i) => typeof actual[i] !== "number" || !isSameNumber(actual[i], want, tolerance),
  );
  if (at === -1) return;
  const [wanted, gotten] =
    typeof actual[at] === "number"
      ? formatApart(expected[at], actual[at])
      : [formatNumber(expected[at]), describeValue(actual[at])];
  const message = `${of}: at [${at}] expected ${wanted}, got ${gotten}.${numberRemedy(actual[at])}`;
  throw new AnswerError(message, { expected, actual, index: [at] });
}

/** Passes when the condition holds; else says `message` to the learner. */
export function expectThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AnswerError(message);
}

/**
 * Passes when `actual` is an object that has these parts.
 * @param names of what is expected, as the learner writes them: `"dw"`, `"db"`
 * @param options `of` is the call, `parts` what is expected, with the names as the learner writes them: `"{ dw, db }"`
 *
 * @example
 * expectParts([1, 2], ["dw", "db"], { of: "backward(dz)" }) // throws must be an object { dw, db }, got [1, 2]
 */
export function expectParts(
  actual: unknown,
  names: readonly string[],
  options: Pick<ExpectOptions, "of"> = {},
): asserts actual is Record<string, unknown> {
  requireOptions<Pick<ExpectOptions, "of">>("expectParts", options, { of: true });
  const { of = "Your answer" } = options;
  const wanted = `an object { ${names.join(", ")} }`;
  const fail = (message: string): never => {
    throw new AnswerError(message, { expected: wanted, actual });
  };
  if (actual === undefined)
    fail(`${of} returned nothing, expected ${wanted}. Is there a return at the end?`);
  if (Array.isArray(actual))
    fail(
      `${of} must be ${wanted}, got ${describeValue(actual)}, a list. Name its parts: return { ${names.join(", ")} }, with braces.`,
    );
  const isObject = typeof actual === "object" && actual !== null && !(actual instanceof Tensor);
  if (!isObject || ArrayBuffer.isView(actual))
    fail(`${of} must be ${wanted}, got ${describeValue(actual)}.`);
  const missing = names.filter((name) => !(name in (actual as object)));
  if (missing.length > 0)
    fail(
      `${of} must be ${wanted}, but ${missing.join(" and ")} is missing: ${describeValue(actual)}.`,
    );
}

/** What a sum of doubles may lose. */
const DOUBLE_ROUNDING = 4 * Number.EPSILON;

/** Whole numbers are counts, and counts are exact; only what is no whole number may come from rounding. */
function isSameNumber(actual: number, expected: number, tolerance?: number): boolean {
  if (tolerance !== undefined || !Number.isInteger(expected))
    return isClose(actual, expected, { tolerance });
  if (Number.isInteger(actual)) return actual === expected;
  return Math.abs(actual - expected) <= Math.max(1e-9, DOUBLE_ROUNDING * Math.abs(expected));
}

function numberRemedy(actual: unknown): string {
  if (typeof actual === "bigint")
    return " A BigInt is not a number here: leave out the n, or Number(value) turns it into one.";
  if (typeof actual === "string" && actual.trim() !== "" && Number.isFinite(Number(actual)))
    return " That is text: leave out the quotes.";
  if (actual === undefined) return " Is there a return at the end?";
  return "";
}

function listRemedy(actual: unknown): string {
  if (actual === undefined) return " Is there a return at the end?";
  if (actual instanceof Tensor) return " A tensor's values as a list: [...x.data].";
  if (ArrayBuffer.isView(actual)) return " Make a list of it: [...values].";
  return "";
}

function wrongKind(of: string, actual: unknown, expected: Tensor): string {
  const wanted = `a Tensor of shape [${expected.shape.join(", ")}]`;
  if (actual === undefined)
    return `${of} returned nothing, expected ${wanted}. Is there a return at the end?`;
  return `${of} must be ${wanted}, got ${describeValue(actual)}.${tensorRemedy(actual)}`;
}

function tensorRemedy(actual: unknown): string {
  if (Array.isArray(actual)) return ` ${howToMakeTensor(actual)}`;
  if (ArrayBuffer.isView(actual))
    return " That is a tensor's data without its shape: return the tensor itself, or new Tensor(data, shape).";
  if (typeof actual === "number")
    return " That is one number: is there a return inside a loop? Collect the values in a tensor, zeros([...]), and return it at the end.";
  return "";
}
