import { roundUp } from "../blocks";
import type { PlannedBuffer } from "./maps";

/** Numbers behind each buffer that vectors may read: see `SLACK` in workspace.ts. A cache line. */
const SLACK = 16;

/**
 * Gives each buffer an offset, so that two share memory unless there is a step that needs both. The largest come first,
 * each in the lowest gap between those it meets that is large enough: greedy, and mostly as good as can be, since the
 * large buffers, which decide, find everything free.
 *
 * @returns how many numbers of each image all of them take
 * @see Pisarchyk and Lee, Efficient memory management for deep neural net inference, 2020, arXiv 2001.03288
 */
export function assignOffsets(buffers: readonly PlannedBuffer[]): number {
  const assigned: PlannedBuffer[] = [];
  let total = 0;
  for (const buffer of [...buffers].sort((a, b) => b.size - a.size)) {
    const met = assigned
      .filter((other) => other.first <= buffer.last && buffer.first <= other.last)
      .sort((a, b) => a.offset - b.offset);
    let offset = 0;
    for (const other of met) {
      if (offset + lengthOf(buffer) <= other.offset) break;
      offset = Math.max(offset, other.offset + lengthOf(other));
    }
    buffer.offset = offset;
    assigned.push(buffer);
    total = Math.max(total, offset + lengthOf(buffer));
  }
  return total;
}

function lengthOf({ size }: PlannedBuffer): number {
  return roundUp(size + SLACK, 16);
}

/** The most numbers of each image that any step needs: no plan can do with less. */
export function widestCut(buffers: readonly PlannedBuffer[]): number {
  const steps = new Set(buffers.map(({ first }) => first));
  return Math.max(
    0,
    ...[...steps].map((step) =>
      buffers
        .filter(({ first, last }) => first <= step && step <= last)
        .reduce((sum, { size }) => sum + size, 0),
    ),
  );
}
