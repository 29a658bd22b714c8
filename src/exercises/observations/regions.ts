import { Tensor } from "../../tensor";
import { isNumbers, sameData } from "../data";
import type { Observed } from "./Observed";

/** A part of a result that can be named. */
interface Region {
  says: string;
  contains(index: readonly number[], shape: readonly number[]): boolean;
}

const AXES: Record<number, readonly string[]> = {
  1: ["entry"],
  2: ["row", "column"],
  // What they mean is not known here: images, or a filter.
  4: [0, 1, 2, 3].map((axis) => `index along axis ${axis}`),
};

/**
 * The one part of the results in which they differ from ours, in every call that differs: "only the last row
 * differs". Undefined when there is none, or when results are no tensors or lists of numbers of the right shape.
 */
export function differingRegion(calls: readonly Observed[]): string | undefined {
  const pairs = calls
    .filter(({ agrees }) => !agrees)
    .map(({ right, value }) => [asTensor(right), asTensor(value)] as const);
  if (pairs.length < 2) return undefined;
  const rank = pairs[0][0]?.rank ?? 0;
  const regions = regionsOf(rank);
  if (!regions) return undefined;
  const wrong: { index: number[]; shape: readonly number[] }[][] = [];
  for (const [right, value] of pairs) {
    if (!right || !value || right.rank !== rank || !sameData(right.shape, value.shape))
      return undefined;
    const differing: { index: number[]; shape: readonly number[] }[] = [];
    for (let offset = 0; offset < right.size; offset++)
      if (!sameData(right.data[offset], value.data[offset]))
        differing.push({ index: right.indexAt(offset), shape: right.shape });
    // A result that is wrong throughout has no part to name.
    if (differing.length === right.size && right.size > 1) return undefined;
    wrong.push(differing);
  }
  const region = regions.find(({ contains }) =>
    wrong.every((differing) => differing.every(({ index, shape }) => contains(index, shape))),
  );
  return region?.says;
}

function regionsOf(rank: number): Region[] | undefined {
  const names = AXES[rank];
  if (!names) return undefined;
  const along = (make: (axis: number, name: string) => Region): Region[] =>
    names.map((name, axis) => make(axis, name));
  const border: Region = {
    says: "only the border along axes 1 and 2 of what you return differs from ours, and what lies inside agrees. What happens at the edge?",
    contains: (index, shape) =>
      [1, 2].some((axis) => index[axis] === 0 || index[axis] === shape[axis] - 1) &&
      shape[1] > 2 &&
      shape[2] > 2,
  };
  return [
    ...along((axis, name) => ({
      says: `only the last ${name} of what you return differs from ours. Does your code get as far?`,
      contains: (index, shape) => shape[axis] > 1 && index[axis] === shape[axis] - 1,
    })),
    ...along((axis, name) => ({
      says: `only the first ${name} of what you return differs from ours. Where does your code begin?`,
      contains: (index, shape) => shape[axis] > 1 && index[axis] === 0,
    })),
    ...along((axis, name) => ({
      says: `in what you return every second ${name} agrees with ours, beginning with the first; the others do not all.`,
      contains: (index, shape) => shape[axis] > 3 && index[axis] % 2 === 1,
    })),
    ...along((axis, name) => ({
      says: `the first ${name} of what you return agrees with ours; what differs is behind it. What changes from one ${name} to the next?`,
      contains: (index) => index[axis] > 0,
    })),
    ...(rank === 4 ? [border] : []),
  ];
}

function asTensor(value: unknown): Tensor | undefined {
  if (value instanceof Tensor) return value;
  if (isNumbers(value)) return new Tensor(Float64Array.from(value), [value.length]);
  return undefined;
}
