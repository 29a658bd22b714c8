/**
 * Points to two decimals, which every reader of marks takes.
 *
 * @example
 * roundPoints(0.1 + 0.2) // → 0.3
 */
export function roundPoints(points: number): number {
  return Math.round((points + Number.EPSILON) * 100) / 100;
}
