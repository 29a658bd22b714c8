import type { Tensor } from "./Tensor";

/** Axes longer than this show their first and last three entries only. */
const LONGEST_WHOLE_AXIS = 12;
const EDGE_ENTRIES = 3;

/**
 * A tensor as text: its shape and type, then its values in aligned columns, at most a screen of them.
 *
 * @example
 * formatTensor(tensor([[1, 20], [300, 4]]))
 * // → "Tensor [2, 2] float32\n[[  1  20]\n [300   4]]"
 */
export function formatTensor(x: Tensor): string {
  const head = `Tensor [${x.shape.join(", ")}] ${x.dtype}`;
  if (x.size === 0) return head;
  const cells = visible(x).map(formatNumber);
  const width = Math.max(...cells.map((cell) => cell.length));
  let next = 0;
  const draw = (axis: number, indent: string): string => {
    if (axis === x.rank) return cells[next++].padStart(width);
    const parts = shownIndices(x.shape[axis]).map((i) =>
      i === null ? "..." : draw(axis + 1, `${indent} `),
    );
    const innermost = axis === x.rank - 1;
    return `[${parts.join(innermost ? " " : `\n${indent} `)}]`;
  };
  return `${head}\n${draw(0, "")}`;
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

/** The indices of one axis that are shown; `null` stands for those left out. */
function shownIndices(length: number): (number | null)[] {
  const all = Array.from({ length }, (_, i) => i);
  if (length <= LONGEST_WHOLE_AXIS) return all;
  return [...all.slice(0, EDGE_ENTRIES), null, ...all.slice(-EDGE_ENTRIES)];
}

function visible(x: Tensor): number[] {
  const values: number[] = [];
  const walk = (axis: number, offset: number): void => {
    if (axis === x.rank) values.push(x.data[offset]);
    else
      for (const i of shownIndices(x.shape[axis]))
        if (i !== null) walk(axis + 1, offset + i * x.strides[axis]);
  };
  walk(0, 0);
  return values;
}
