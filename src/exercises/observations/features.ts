import { Tensor } from "../../tensor";
import { isRecord } from "../data";
import type { Data } from "../Exercise";

/** Something that an input has or has not: `when` and `otherwise` are said after "where". */
export interface Feature {
  /** What it is about, for the question: "`pad`". */
  subject: string;
  when: string;
  otherwise: string;
  /** How many calls on each side make it worth telling: fewer may agree by chance. */
  fewest: number;
  /** Whether it is said only where it holds: what is not "max" may be anything. */
  oneSided: boolean;
}

/** What can be said of one call's input, and whether it holds: by a key that is the same for all calls. */
export type Features = Map<string, Feature & { holds: boolean }>;

/**
 * What may decide whether an answer is right: an argument that is 0 or 1, odd, or equal to another; a batch of one
 * image; a choice of words.
 *
 * @param names of the parameters
 */
export function featuresOf(
  input: readonly Data[],
  names: readonly (string | undefined)[],
): Features {
  const features: Features = new Map();
  const numbers: [string, number][] = [];
  const add: Add = (subject, when, otherwise, holds, fewest = 3, oneSided = false) =>
    void features.set(when, { subject, when, otherwise, holds, fewest, oneSided });

  const look = (name: string, value: Data, isInside: boolean): void => {
    const it = `\`${name}\``;
    if (typeof value === "number") {
      if (!isInside) numbers.push([name, value]);
      for (const special of [0, 1])
        add(it, `${it} is ${special}`, `${it} is not ${special}`, value === special);
      if (Number.isInteger(value)) add(it, `${it} is even`, `${it} is odd`, value % 2 === 0, 6);
      add(it, `${it} is not negative`, `${it} is negative`, value >= 0);
    } else if (typeof value === "boolean") {
      add(it, `${it} is true`, `${it} is false`, value, 2);
    } else if (typeof value === "string") {
      add(it, `${it} is "${value}"`, `${it} is not "${value}"`, true, 2, true);
    } else if (value === undefined) {
      add(it, `${it} is left out`, `${it} is given`, true, 2, true);
    } else if (value instanceof Tensor) {
      lookAtTensor(it, value, add);
    } else if (Array.isArray(value)) {
      add(it, `${it} has one entry`, `${it} has not exactly one entry`, value.length === 1);
      const entries = value as Data[];
      if (!isInside && value.length > 0 && entries.every(isRecord)) lookAtRows(it, entries, add);
    } else if (!isInside && isRecord(value)) {
      for (const [key, part] of Object.entries(value)) look(`${name}.${key}`, part, true);
    }
  };
  input.forEach((value, k) => {
    const name = names[k];
    if (name !== undefined) look(name, value, false);
  });
  for (const [k, [one, a]] of numbers.entries())
    for (const [other, b] of numbers.slice(k + 1)) {
      const both = `\`${one}\` and \`${other}\``;
      add(both, `${both} are equal`, `${both} differ`, a === b, 6);
    }
  return features;
}

type Add = (
  subject: string,
  when: string,
  otherwise: string,
  holds: boolean,
  fewest?: number,
  oneSided?: boolean,
) => void;

function lookAtTensor(it: string, x: Tensor, add: Add): void {
  const isNegative = (value: number): boolean => value < 0;
  const hasNegative = Array.prototype.some.call(x.data, isNegative);
  add(it, `${it} has no negative value`, `${it} has negative values`, !hasNegative);
  // What an axis means is not known here: [m, h, w, c] may be images, or a filter.
  if (x.rank !== 4) return;
  for (const axis of [0, 3]) {
    const length = `the length of ${it} along axis ${axis}`;
    add(it, `${length} is 1`, `${length} is not 1`, x.shape[axis] === 1);
  }
  const lengths = `the lengths of ${it} along axes 1 and 2`;
  add(it, `${lengths} are equal`, `${lengths} differ`, x.shape[1] === x.shape[2]);
}

/** A list of settings, one a layer: `[{ f: 3, s: 1 }, { f: 3, s: 2 }]`. */
function lookAtRows(it: string, rows: readonly Record<string, Data>[], add: Add): void {
  for (const key of Object.keys(rows[0])) {
    const column = rows.map((row) => row[key]);
    if (!column.every((value) => typeof value === "number")) continue;
    for (const special of [0, 1]) {
      const when = `\`${key}\` is ${special} throughout ${it}`;
      const otherwise = `\`${key}\` is not ${special} throughout ${it}`;
      add(
        `\`${key}\``,
        when,
        otherwise,
        column.every((value) => value === special),
      );
    }
  }
}
