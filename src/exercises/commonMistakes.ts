import { Tensor } from "../tensor";
import { inProcess } from "./boundary";
import { isNumbers } from "./data";
import type { Answer, Data, Exercise, WrongAnswer } from "./Exercise";

/** What an answer does to the right value, or undefined for values of another kind, which it cannot do it to. */
interface CommonMistake {
  says: string;
  change(right: Data, input: readonly Data[]): Data | undefined;
}

const onTensors =
  (change: (x: Tensor) => Tensor | undefined) =>
  (right: Data): Data | undefined =>
    right instanceof Tensor ? change(right) : undefined;

const onNumbers =
  (change: (x: number) => number) =>
  (right: Data): Data | undefined => {
    if (typeof right === "number") return change(right);
    if (right instanceof Tensor) return asTensor(right, (offset) => change(right.data[offset]));
    return isNumbers(right) ? right.map(change) : undefined;
  };

const onLists =
  (change: (x: Data[]) => Data[] | undefined) =>
  (right: Data): Data | undefined =>
    Array.isArray(right) ? change(right) : undefined;

/** Keeps what lies at `index` of an axis, from the front, and nothing else. */
const onlyIndex = (axis: number, index: number) =>
  onTensors((x) =>
    x.rank === 4 && x.shape[axis] > 1
      ? asTensor(x, (offset) => (x.indexAt(offset)[axis] === index ? x.data[offset] : 0))
      : undefined,
  );

/** Reads each value from another offset of the same tensor. */
const moved = (
  ranks: readonly number[],
  from: (index: number[], shape: readonly number[]) => void,
) =>
  onTensors((x) =>
    ranks.includes(x.rank)
      ? asTensor(x, (offset) => {
          const index = x.indexAt(offset);
          from(index, x.shape);
          return x.get(...index);
        })
      : undefined,
  );

/** Rows and columns: axes 1 and 2 of a batch, 0 and 1 of a matrix. */
const rowAxis = (shape: readonly number[]): number => (shape.length === 4 ? 1 : 0);

/**
 * What any answer may do to the right value, in sentences that say no more than what is seen. They come behind
 * an exercise's own wrong answers, which know its subject.
 */
const COMMON: readonly CommonMistake[] = [
  {
    says: "All values that you return are 0: nothing was written into what you return.",
    change: onNumbers(() => 0),
  },
  { says: "Every value has the wrong sign.", change: onNumbers((value) => -value) },
  { says: "Every value is twice as large as it should be.", change: onNumbers((v) => 2 * v) },
  { says: "Every value is half of what it should be.", change: onNumbers((v) => v / 2) },
  { says: "Every value is too large by 1.", change: onNumbers((value) => value + 1) },
  { says: "Every value is too small by 1.", change: onNumbers((value) => value - 1) },
  { says: "Your result is rounded down; it should not be.", change: onNumbers(Math.floor) },
  { says: "Your result is rounded up; it should not be.", change: onNumbers(Math.ceil) },
  { says: "Your result is rounded; it should not be.", change: onNumbers(Math.round) },
  ...[1, 2, 3, 4].map((digits) => ({
    says: `Your result is rounded to ${digits} decimal${digits > 1 ? "s" : ""}; it should not be.`,
    change: onNumbers((value) => Math.round(value * 10 ** digits) / 10 ** digits),
  })),
  { says: "The signs are lost: every value came out positive.", change: onNumbers(Math.abs) },
  {
    says: "Rows and columns have changed places in what you return: it is the right result, transposed.",
    change: onTensors((x) =>
      x.rank === 4 ? x.transpose([0, 2, 1, 3]) : x.rank === 2 ? x.transpose([1, 0]) : undefined,
    ),
  },
  {
    says: "The values are right, but the channels stand in front of the rows: [m, c, h, w]. Here the order is [m, h, w, c].",
    change: onTensors((x) => (x.rank === 4 ? x.transpose([0, 3, 1, 2]) : undefined)),
  },
  {
    says: "Only the first image of the batch is right, the others are 0. What does the first axis of [m, h, w, c] count?",
    change: onlyIndex(0, 0),
  },
  {
    says: "Only the first channel is right, the others are 0. What does the last axis count?",
    change: onlyIndex(3, 0),
  },
  {
    says: "All channels of your result are like the first one.",
    change: moved([4], (index) => void (index[3] = 0)),
  },
  {
    says: "All images of your result are like the first one.",
    change: moved([4], (index) => void (index[0] = 0)),
  },
  {
    says: "Your result is upside down: the last row comes first.",
    change: moved([2, 4], (index, shape) => {
      const axis = rowAxis(shape);
      index[axis] = shape[axis] - 1 - index[axis];
    }),
  },
  {
    says: "Your result is mirrored: the last column comes first.",
    change: moved([2, 4], (index, shape) => {
      const axis = rowAxis(shape) + 1;
      index[axis] = shape[axis] - 1 - index[axis];
    }),
  },
  { says: "Your list is in the reverse order.", change: onLists((list) => [...list].reverse()) },
  { says: "The last entry of your list is missing.", change: onLists((list) => list.slice(0, -1)) },
  { says: "The first entry of your list is missing.", change: onLists((list) => list.slice(1)) },
  { says: "Your list is empty.", change: onLists(() => []) },
  {
    says: "You return the first argument as it came.",
    change: (_, input) => (input.length > 0 ? input[0] : undefined),
  },
];

/** These, as wrong answers of an exercise. An answer that is of another kind than they change is none of them. */
export function commonMistakes<F extends Answer>({ solution }: Exercise<F>): WrongAnswer<F>[] {
  const right = inProcess(solution);
  return COMMON.map(({ says, change }) => {
    const answer = async (...input: Data[]): Promise<Data> => {
      const { outcome } = await right.call(input);
      const changed = "value" in outcome ? change(outcome.value, input) : undefined;
      if (changed === undefined) throw new Error("No such mistake can be made here."); // nobody's answer does so
      return changed;
    };
    return { says, answer: answer as unknown as F };
  });
}

function asTensor(like: Tensor, value: (offset: number) => number): Tensor {
  return new Tensor(
    like.data.map((_: number, offset: number) => value(offset)),
    like.shape,
  );
}
