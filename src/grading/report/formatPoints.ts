/**
 * Points to be read: two decimals at most, and no more than are needed.
 *
 * A penalty of a third of a point would otherwise show sixteen digits.
 */
export function formatPoints(points: number): string {
  return String(roundPoints(points));
}

/** The same as a number, for formats that want one. */
export function roundPoints(points: number): number {
  return Math.round(points * 100) / 100;
}
