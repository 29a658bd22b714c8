import { type Plane, planesOf } from "./planes";
import type { Tensor } from "./Tensor";
import { greatest, least } from "./extremes";

/** Axes longer than this show their first and last three entries only. */
const LONGEST_WHOLE_AXIS = 12;
const EDGE_ENTRIES = 3;
/** No more matrices than this are shown of a tensor that holds many. */
const MOST_PLANES = 6;
/** Of numbers that stand below each other. */
const MOST_DECIMALS = 4;

/**
 * A tensor as text: its shape and type, then its values in aligned columns, at most a screen of them. Of
 * images each channel is shown as a matrix, named by its index.
 *
 * @example
 * formatTensor(tensor([[1, 20], [300, 4]]))
 * // → "Tensor [2, 2] float32\n[[  1  20]\n [300   4]]"
 * @example
 * formatTensor(tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2]))
 * // → "Tensor [1, 2, 2, 2] float32\n[0, :, :, 0]\n[[1 3]\n [5 7]]\n[0, :, :, 1]\n[[2 4]\n [6 8]]"
 */
export function formatTensor(x: Tensor): string {
  const head = `Tensor [${x.shape.join(", ")}] ${x.dtype}`;
  if (x.size === 0) return `${head}, empty`;
  if (x.rank === 0) return `${head}\n${formatNumber(x.data[0])}`;
  const { matrices, count } = shownMatrices(x);
  const width = greatest(matrices.flatMap(({ cells }) => cells.flat().map(widthOf)));
  const parts = matrices.map(({ name, cells }) => {
    const rows = cells.map((row) => formatRow(row, width));
    const matrix = x.rank === 1 ? rows[0] : `[${rows.join("\n ")}]`;
    return count === 1 ? matrix : `${name}\n${matrix}`;
  });
  const more = count - matrices.length;
  if (more > 0) parts.push(`... and ${more} more of this size`);
  return [head, ...parts].join("\n");
}

/**
 * A number in at most six significant digits, without trailing zeros.
 *
 * @example
 * formatNumber(2 / 3) // → "0.6667"
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) return value.toExponential(3);
  return String(Number(value.toPrecision(size < 1 ? 4 : 6)));
}

/**
 * Two numbers in as many digits as it takes to tell them apart, for a message about their difference.
 *
 * @example
 * formatApart(0.33331, 0.33334) // → ["0.33331", "0.33334"]
 * @example
 * formatApart(1026167.6, 1026168) // → ["1026167.6", "1026168"]
 */
export function formatApart(a: number, b: number): [string, string] {
  let shown: [string, string] = [formatNumber(a), formatNumber(b)];
  // A large fraction is written with a power of ten, a whole number is not: beside each other that would confuse.
  const isLarge = Math.min(Math.abs(a), Math.abs(b)) >= 1000;
  const differInForm = () => isLarge && shown[0].includes("e") !== shown[1].includes("e");
  for (let digits = 5; (shown[0] === shown[1] || differInForm()) && digits <= 17; digits++)
    shown = [String(Number(a.toPrecision(digits))), String(Number(b.toPrecision(digits)))];
  return shown;
}

/** @internal A matrix as it is shown; `null` stands for cells that are left out. */
export interface ShownMatrix {
  name: string;
  cells: (string | null)[][];
}

/** @internal The matrices of a tensor that are shown, in as many decimals each, and how many it has. */
export function shownMatrices(x: Tensor): { matrices: ShownMatrix[]; count: number } {
  const { planes, count } = planesOf(x.rank < 2 ? x.reshape([1, -1]) : x, MOST_PLANES);
  const values = planes.map(shownValues);
  const numbers = values.flat(2).filter((value) => value !== null);
  const format = formatterFor(numbers);
  const matrices = planes.map(({ name }, i) => ({
    name,
    cells: values[i].map((row) => row.map((value) => (value === null ? null : format(value)))),
  }));
  return { matrices, count };
}

function shownValues(plane: Plane): (number | null)[][] {
  const columns = shownIndices(plane.columns);
  return shownIndices(plane.rows).map((row) =>
    columns.map((column) => (row === null || column === null ? null : plane.at(row, column))),
  );
}

/** The indices of one axis that are shown; `null` stands for those left out. */
function shownIndices(length: number): (number | null)[] {
  const from = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
  if (length <= LONGEST_WHOLE_AXIS) return from(0, length);
  return [...from(0, EDGE_ENTRIES), null, ...from(length - EDGE_ENTRIES, EDGE_ENTRIES)];
}

/** How to write numbers below each other: with the same decimals, unless their sizes lie too far apart. */
function formatterFor(numbers: readonly number[]): (value: number) => string {
  const fractions = numbers.filter((value) => Number.isFinite(value) && !Number.isInteger(value));
  const sizes = fractions.map(Math.abs);
  if (sizes.length === 0 || least(sizes) < 1e-4 || greatest(sizes) >= 1e5) return formatNumber;
  const decimals = (value: number) =>
    String(Number(value.toFixed(MOST_DECIMALS))).split(".")[1] ?? "";
  const most = greatest(fractions.map((value) => decimals(value).length));
  return (value) => (Number.isFinite(value) ? value.toFixed(most) : String(value));
}

function formatRow(row: (string | null)[], width: number): string {
  if (row.every((cell) => cell === null)) return "...";
  return `[${row.map((cell) => cell?.padStart(width) ?? "...").join(" ")}]`;
}

function widthOf(cell: string | null): number {
  return cell?.length ?? 0;
}
