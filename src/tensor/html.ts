import { formatNumber, MOST_PLANES, shownCells } from "./format";
import { type Plane, planesOf } from "./planes";
import type { Tensor } from "./Tensor";

/**
 * A tensor as HTML for a notebook: what it is, how its values spread, and as tables the same matrices that
 * `formatTensor` shows.
 *
 * @example
 * tensorHtml(tensor([[1, 2], [3, 4]])).includes("from 1 to 4, mean 2.5") // → true
 */
export function tensorHtml(x: Tensor): string {
  const title = `<b>Tensor</b> [${x.shape.join(", ")}] ${x.dtype}`;
  const heading = `<div>${title}${x.size > 0 ? `, ${spread(x)}` : ", empty"}</div>`;
  const planes = x.size === 0 ? [] : planesOf(x.rank < 2 ? x.reshape([1, -1]) : x);
  const tables = planes.slice(0, MOST_PLANES).map((plane) => {
    const caption =
      planes.length > 1 ? `<caption style="text-align:left">${plane.name}</caption>` : "";
    return `<table style="display:inline-table;margin:4px 16px 4px 0;font-variant-numeric:tabular-nums">${caption}${rowsHtml(plane)}</table>`;
  });
  const more = planes.length - tables.length;
  const rest = more > 0 ? `<div>... and ${more} more of this size</div>` : "";
  return `<div style="color:var(--jp-ui-font-color1,inherit)">${heading}${tables.join("")}${rest}</div>`;
}

function rowsHtml(plane: Plane): string {
  const rows = shownCells(plane).map((cells) => {
    const columns = cells.map((cell) => `<td style="text-align:right">${cell ?? "⋯"}</td>`);
    return `<tr>${columns.join("")}</tr>`;
  });
  return rows.join("");
}

/** Where the values lie; those that are no numbers are counted apart. */
function spread(x: Tensor): string {
  const numbers = x.data.filter((value) => !Number.isNaN(value));
  const missing = x.size - numbers.length;
  const warning = missing > 0 ? `, <b>${missing} of ${x.size} NaN</b>` : "";
  if (numbers.length === 0) return "all NaN";
  let [least, most, sum] = [Infinity, -Infinity, 0];
  for (const value of numbers) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
  }
  const mean = sum / numbers.length;
  return `from ${formatNumber(least)} to ${formatNumber(most)}, mean ${formatNumber(mean)}${warning}`;
}
