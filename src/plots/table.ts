import { escapeMarkup } from "../notebook";
import { ArgumentError, greatest, requireOptions } from "../tensor";
import type { HtmlFigure } from "./Figure";
import { figure } from "./makeFigure";
import { element } from "./svg";

/** What stands in a cell. Nothing stands in a cell that is left out. */
export type TableCell = string | number | undefined;
export type TableRow = Readonly<Record<string, TableCell>>;

export interface TableOptions {
  title?: string | undefined;
}

/**
 * Rows of figures to be compared, given as `console.table` takes them: one object a row, its keys the heads of
 * the columns. Numbers stand on the right, their thousands parted. Where there are fractions, all numbers
 * of the column have the decimals that its largest needs for three digits, or fewer where fewer say it all.
 * Whatever is to be written otherwise comes as text.
 *
 * @throws ArgumentError when there is no row, or a cell holds neither text nor a number
 *
 * @example
 * table([{ layer: "convolution", parameters: 156 }, { layer: "dense", parameters: 4821600 }]).text
 * // → "layer        parameters\nconvolution         156\ndense         4,821,600"
 */
export function table(rows: readonly TableRow[], options: TableOptions = {}): HtmlFigure {
  requireOptions<TableOptions>("table", options, { title: true });
  requireRows(rows);
  const heads = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = heads.map((head) => columnOf(head, rows));
  const title = options.title ? [options.title] : [];
  return figure({
    kind: "html",
    html: tableHtml(columns, rows.length, title),
    text: [...title, ...tableText(columns, rows.length)].join("\n"),
  });
}

interface Column {
  head: string;
  cells: string[];
  numeric: boolean;
}

function columnOf(head: string, rows: readonly TableRow[]): Column {
  const values = rows.map((row) => row[head]);
  const numbers = values.filter((value): value is number => typeof value === "number");
  const decimals = decimalsFor(numbers);
  const cells = values.map((value) =>
    typeof value === "number" ? numberText(value, decimals) : (value ?? ""),
  );
  return { head, cells, numeric: numbers.length > 0 };
}

function decimalsFor(numbers: readonly number[]): number {
  const finite = numbers.filter(Number.isFinite);
  if (finite.every(Number.isInteger)) return 0;
  const largest = greatest(finite.map(Math.abs));
  let decimals = Math.min(Math.max(2 - Math.floor(Math.log10(largest)), 1), 6);
  const suffice = (fewer: number): boolean =>
    finite.every((value) => Number(value.toFixed(fewer)) === value);
  while (decimals > 1 && suffice(decimals - 1)) decimals--;
  return decimals;
}

function numberText(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "NaN";
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString("en-GB", options).replace("-", "−");
}

function tableHtml(columns: readonly Column[], rows: number, title: readonly string[]): string {
  const style = (numeric: boolean, more = ""): string =>
    `text-align:${numeric ? "right" : "left"};padding:3px 14px 3px 6px;${more}`;
  const line = "border-bottom:1px solid rgba(128,128,128,.5);vertical-align:bottom";
  const heads = columns.map(({ head, numeric }) =>
    element("th", { style: style(numeric, line) }, escapeMarkup(head)),
  );
  const body = Array.from({ length: rows }, (_, row) => {
    const cells = columns.map(({ cells, numeric }) =>
      element("td", { style: style(numeric) }, escapeMarkup(cells[row]) || "&#160;"),
    );
    return element("tr", {}, ...cells);
  });
  const captions = title.map((text) => element("div", {}, element("b", {}, escapeMarkup(text))));
  const look = "border-collapse:collapse;font-variant-numeric:tabular-nums;margin:4px 0";
  const parts = [element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...body)];
  const colour = "color:var(--jp-ui-font-color1,inherit)";
  return element(
    "div",
    { style: colour },
    ...captions,
    element("table", { style: look }, ...parts),
  );
}

function tableText(columns: readonly Column[], rows: number): string[] {
  const padded = columns.map(({ head, cells, numeric }) => {
    const entries = [head, ...cells];
    const width = greatest(entries.map((entry) => entry.length));
    return entries.map((entry) => (numeric ? entry.padStart(width) : entry.padEnd(width)));
  });
  return Array.from({ length: rows + 1 }, (_, row) =>
    padded
      .map((entries) => entries[row])
      .join("  ")
      .trimEnd(),
  );
}

function requireRows(rows: readonly TableRow[]): void {
  if (!Array.isArray(rows) || rows.length === 0) {
    const expected = "at least one row, {head: value, ...}";
    throw new ArgumentError({ call: "table", argument: "rows", expected, received: rows });
  }
  rows.forEach((row: unknown, i) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      const expected = "an object, {head: value, ...}";
      throw new ArgumentError({ call: "table", argument: `rows[${i}]`, expected, received: row });
    }
    for (const [head, value] of Object.entries(row)) {
      if (value === undefined || typeof value === "number" || typeof value === "string") continue;
      const argument = `rows[${i}]["${head}"]`;
      throw new ArgumentError({
        call: "table",
        argument,
        expected: "text or a number",
        received: value,
      });
    }
  });
}
