import { describe, firstDifference, formatApart, formatNumber, isClose, Tensor } from "../tensor";

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
  filter?: Tensor;
  /** What the value is, in words: `"the largest of the window"`. */
  caption?: string;
}

/** An answer that is not what was asked for. The message speaks to the learner. */
export class AnswerError extends Error {
  readonly difference?: Difference;

  constructor(message: string, difference?: Difference) {
    super(message);
    this.name = "AnswerError";
    this.stack = `${this.name}: ${message}`; // where in the checker it was found is of no use to a learner
    this.difference = difference;
  }
}

export interface ExpectOptions {
  /** What was called, as the learner would type it: `"zeroPad(x, 2)"`. */
  of?: string;
  /** Relative to the larger number (absolute below 1). 1e-5 when left out. */
  tolerance?: number;
  /** The part of the input that one output value comes from. */
  window?: (index: readonly number[]) => ComputedFrom;
}

/**
 * Passes when `actual` is a tensor of the expected shape and values.
 *
 * @example
 * expectTensor(tensor([1, 2]), tensor([1, 3])) // throws at [1] expected 3, got 2
 */
export function expectTensor(actual: unknown, expected: Tensor, options: ExpectOptions = {}): void {
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
  throw new AnswerError(message, { expected, actual, index, window: window?.(index) });
}

/**
 * Passes when `actual` is the expected number.
 *
 * @example
 * expectNumber(54, 55, { of: "outputSize(227, 11)" }) // throws expected 55, got 54
 */
export function expectNumber(actual: unknown, expected: number, options: ExpectOptions = {}): void {
  const { of = "Your answer", tolerance } = options;
  if (typeof actual !== "number") {
    throw new AnswerError(`${of} must be a number, got ${describe(actual)}.`, { expected, actual });
  }
  if (isClose(actual, expected, { tolerance })) return;
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
  const { of = "Your answer", tolerance } = options;
  if (!Array.isArray(actual)) {
    throw new AnswerError(`${of} must be a list of numbers, got ${describe(actual)}.`, {
      expected,
      actual,
    });
  }
  if (actual.length !== expected.length) {
    const message = `${of}: expected ${expected.length} numbers, got ${actual.length}: ${describe(actual)}.`;
    throw new AnswerError(message, { expected, actual });
  }
  const at = expected.findIndex(
    (want, i) => typeof actual[i] !== "number" || !isClose(actual[i], want, { tolerance }),
  );
  if (at === -1) return;
  const message = `${of}: at [${at}] expected ${formatNumber(expected[at])}, got ${describe(actual[at])}.`;
  throw new AnswerError(message, { expected, actual, index: [at] });
}

/** Passes when the condition holds; else says `message` to the learner. */
export function expectThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AnswerError(message);
}

function wrongKind(of: string, actual: unknown, expected: Tensor): string {
  const wanted = `a Tensor of shape [${expected.shape.join(", ")}]`;
  if (actual === undefined)
    return `${of} returned nothing, expected ${wanted}. Is there a return at the end?`;
  const remedy = Array.isArray(actual) ? " Wrap it: tensor(values)." : "";
  return `${of} must be ${wanted}, got ${describe(actual)}.${remedy}`;
}
