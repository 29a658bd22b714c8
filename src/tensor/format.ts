import { type Plane, planesOf } from "./planes";
import type { Tensor } from "./Tensor";

/** Axes longer than this show their first and last three entries only. */
const LONGEST_WHOLE_AXIS = 12;
const EDGE_ENTRIES = 3;
/** No more matrices than this are shown of a tensor that holds many. */
/** @internal */
export const MOST_PLANES = 6;

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
  if (x.rank < 2) return `${head}\n${formatRow(x)}`;
  const planes = planesOf(x);
  const shown = planes.slice(0, MOST_PLANES);
  const width = Math.max(
    ...shown
      .flatMap(shownCells)
      .flat()
      .map((cell) => cell?.length ?? 0),
  );
  const parts = shown.map((plane) => {
    const matrix = formatMatrix(plane, width);
    return planes.length === 1 ? matrix : `${plane.name}\n${matrix}`;
  });
  if (shown.length < planes.length)
    parts.push(`... and ${planes.length - shown.length} more of this size`);
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
 */
export function formatApart(a: number, b: number): [string, string] {
  let shown: [string, string] = [formatNumber(a), formatNumber(b)];
  for (let digits = 5; shown[0] === shown[1] && digits <= 17; digits++)
    shown = [String(Number(a.toPrecision(digits))), String(Number(b.toPrecision(digits)))];
  return shown;
}

/** @internal The numbers of a matrix that are shown; `null` stands for those left out. */
export function shownCells(plane: Plane): (string | null)[][] {
  const columns = shownIndices(plane.columns);
  return shownIndices(plane.rows).map((row) =>
    columns.map((column) =>
      row === null || column === null ? null : formatNumber(plane.at(row, column)),
    ),
  );
}

/** The indices of one axis that are shown; `null` stands for those left out. */
function shownIndices(length: number): (number | null)[] {
  const all = Array.from({ length }, (_, i) => i);
  if (length <= LONGEST_WHOLE_AXIS) return all;
  return [...all.slice(0, EDGE_ENTRIES), null, ...all.slice(-EDGE_ENTRIES)];
}

function formatRow(x: Tensor): string {
  if (x.rank === 0) return formatNumber(x.data[0]);
  const cells = shownIndices(x.size).map((i) => (i === null ? "..." : formatNumber(x.data[i])));
  return `[${cells.join(" ")}]`;
}

function formatMatrix(plane: Plane, width: number): string {
  const rows = shownCells(plane).map((cells) => {
    if (cells.every((cell) => cell === null)) return "...";
    return `[${cells.map((cell) => cell?.padStart(width) ?? "...").join(" ")}]`;
  });
  return `[${rows.join("\n ")}]`;
}
