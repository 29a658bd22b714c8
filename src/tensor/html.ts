import { formatNumber, shownMatrices } from "./format";
import type { Tensor } from "./Tensor";

const STYLE = 'style="color:var(--jp-ui-font-color1,inherit)"';

/**
 * A tensor as HTML for a notebook: what it is, how its values spread, and as tables the same matrices that
 * `formatTensor` shows.
 *
 * @example
 * tensorHtml(tensor([[1, 2], [3, 4]])).includes("from 1 to 4, mean 2.5") // → true
 */
export function tensorHtml(x: Tensor): string {
  const title = `<b>Tensor</b> [${x.shape.join(", ")}] ${x.dtype}`;
  if (x.size === 0) return `<div ${STYLE}>${title}, empty</div>`;
  const { matrices, count } = shownMatrices(x);
  const tables = matrices.map(({ name, cells }) => {
    const caption = count > 1 ? `<caption style="text-align:left">${name}</caption>` : "";
    const rows = cells.map((row) => `<tr>${row.map(cellHtml).join("")}</tr>`);
    return `<table style="display:inline-table;margin:4px 16px 4px 0;font-variant-numeric:tabular-nums">${caption}${rows.join("")}</table>`;
  });
  const more = count - matrices.length;
  const rest = more > 0 ? `<div>... and ${more} more of this size</div>` : "";
  return `<div ${STYLE}><div>${title}, ${spread(x)}</div>${tables.join("")}${rest}</div>`;
}

function cellHtml(cell: string | null): string {
  return `<td style="text-align:right">${cell ?? "⋯"}</td>`;
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
