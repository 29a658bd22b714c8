import { extent } from "./scale";
import { shortNumber } from "./values";
import { greatest } from "../tensor";

/** How the numbers of one picture are written into its cells: all with the same decimals. */
export interface CellFormat {
  text(value: number): string;
  /** The size of letters with which the longest of them fits into a cell of a given size. */
  letters(cell: number): number;
  /** Whether they can be read in a cell of a given size. */
  fits(cell: number): boolean;
}

const READABLE = 8;
const LARGEST = 14;
/** A digit is so wide for its height. */
const DIGIT = 0.61;

/**
 * Finds the format for some numbers: integers stay as they are, others get three significant digits at the
 * largest, and as many decimals everywhere.
 */
export function cellFormat(values: ArrayLike<number>): CellFormat {
  const list = Array.from(values);
  const [low, high] = extent(list) ?? [0, 0];
  const reach = Math.max(Math.abs(low), Math.abs(high));
  const decimals = list.every((value) => Number.isInteger(value) || !Number.isFinite(value))
    ? undefined
    : 2 - Math.floor(Math.log10(reach));
  const text = (value: number): string =>
    decimals === undefined || decimals < 0 || decimals > 5 || !Number.isFinite(value)
      ? shortNumber(value)
      : trimmed(value.toFixed(decimals));
  const longest = greatest(list.map((value) => text(value).length));
  const letters = (cell: number): number =>
    Math.min(LARGEST, Math.floor((cell - 5) / (DIGIT * longest)));
  return { text, letters, fits: (cell) => letters(cell) >= READABLE };
}

/** Without zeros at the end, unless they are all there is: 0.00 is a small number, 0 is none. */
function trimmed(text: string): string {
  const signed = text.replace("-", "−");
  return /[1-9]/.test(text) ? signed.replace(/\.?0+$/, "") : signed;
}
