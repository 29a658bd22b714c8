/** How shapes and counts are written everywhere in this book. */

/**
 * A shape as it is written.
 *
 * @example
 * formatShape([56, 56, 64]) // → "[56, 56, 64]"
 */
export function formatShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/**
 * A count with its thousands parted.
 *
 * @example
 * formatInteger(25557032) // → "25,557,032"
 */
export function formatInteger(count: number): string {
  return count.toLocaleString("en-GB");
}

/**
 * A large count in four figures with its unit: `4.089 G`, `25.56 M`, `1,000`.
 *
 * @example
 * formatCount(4089184256) // → "4.089 G"
 */
export function formatCount(count: number): string {
  const [divisor, unit] = unitOf(count);
  if (divisor === 1) return formatInteger(count);
  const value = count / divisor;
  const whole = Math.floor(Math.abs(value)).toString().length;
  return `${value.toFixed(Math.max(0, 4 - whole))}${unit}`;
}

/** The same with a sign, for differences. */
export function formatDifference(count: number): string {
  if (count === 0) return "±0";
  return count > 0 ? `+${formatCount(count)}` : `−${formatCount(-count)}`;
}

/** The divisor, the unit with a space before it, and the decimals that suit a count of this size. */
export function unitOf(count: number): readonly [divisor: number, unit: string, decimals: number] {
  const size = Math.abs(count);
  if (size >= 1e9) return [1e9, " G", 3];
  if (size >= 1e6) return [1e6, " M", 2];
  if (size >= 1e4) return [1e3, " k", 1];
  return [1, "", 0];
}
