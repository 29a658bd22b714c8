import type { Line, Tap, Term } from "./Scene";
import { greatest } from "../../tensor";

/** How the numbers of a scene are written, in the cells and in the calculation alike. */
export interface NumberTexts {
  input(value: number): string;
  filter(value: number): string;
  output(value: number): string;
}

/** One product of the sum, as text, and where its tap stands in the filter. */
interface Product extends Pick<Tap, "a" | "b" | "channel"> {
  terms: Line;
}

/** The most letters of a calculation that fit on a line. */
const LONGEST_LINE = 84;

/** The products of one position of the window. */
export function productsOf(
  taps: readonly Tap[],
  weight: (tap: Tap) => number,
  texts: NumberTexts,
): Product[] {
  return taps.map((tap) => ({
    ...tap,
    terms: [
      tap.value === undefined
        ? { text: "0", role: "padding" }
        : { text: factor(texts.input(tap.value)), role: "input" },
      { text: "·" },
      { text: factor(texts.filter(weight(tap))), role: "filter" },
    ],
  }));
}

/**
 * The sum of the products: a line for each row of the filter, with as many channels side by side as fit.
 *
 * @param channelName what stands above the products of a channel, where there are several
 * @param widths the letters that the products of a column take, so that columns stand still while the window moves
 */
export function sumOfProducts(
  products: readonly Product[],
  widths: ColumnWidths,
  end: { bias?: string | undefined; result: string },
  channelName: (channel: number) => string = (channel) => `channel ${channel}`,
): Line[] {
  const lines: Line[] = [];
  const rows = 1 + greatest(products.map(({ a }) => a));
  /** How much wider the name of a channel is than its products. */
  const missingFor = (channel: number): number =>
    widths.length > 1 ? Math.max(channelName(channel).length - blockWidth(widths[channel]), 0) : 0;
  for (const channels of groupChannels(widths)) {
    if (widths.length > 1) {
      const names = channels.map((channel) =>
        channelName(channel).padEnd(blockWidth(widths[channel]) + missingFor(channel) + 3),
      );
      lines.push([{ text: `  ${names.join("").trimEnd()}`, role: "padding" }]);
    }
    for (let a = 0; a < rows; a++) {
      const first = channels[0] === 0 && a === 0;
      const line: Term[] = [{ text: first ? "  " : "+ " }];
      for (const product of products) {
        if (product.a !== a || !channels.includes(product.channel)) continue;
        if (line.length > 1) line.push({ text: " + " });
        const opens = product.b === 0 && product.channel !== channels[0];
        const missing =
          widths[product.channel][product.b] -
          textOf(product.terms).length +
          (opens ? missingFor(product.channel - 1) : 0);
        line.push({ text: " ".repeat(missing) }, ...product.terms);
      }
      lines.push(line);
    }
  }
  if (end.bias !== undefined) lines.push([{ text: "+ bias " }, { text: end.bias, role: "filter" }]);
  return [...lines, equals(end.result)];
}

/** For each channel and column of the filter, the letters of its longest product. */
export type ColumnWidths = number[][];

/** Widens columns to hold some products. */
export function widen(widths: ColumnWidths, products: readonly Product[]): void {
  for (const { channel, b, terms } of products) {
    const columns = (widths[channel] ??= []);
    columns[b] = Math.max(columns[b] ?? 0, textOf(terms).length);
  }
}

/** "max(1, 3, 2, 4)" or "(1 + 3 + 2 + 4) / 4"; what lies in the padding does not count. */
export function poolingOf(
  mode: "max" | "average",
  values: readonly number[],
  result: number,
  texts: Omit<NumberTexts, "filter">,
): Line[] {
  const separator = mode === "max" ? ", " : " + ";
  const terms = values.flatMap((value, i): Term[] => [
    ...(i > 0 ? [{ text: separator }] : []),
    {
      text: mode === "max" || i === 0 ? texts.input(value) : factor(texts.input(value)),
      role: mode === "max" && value === result ? "output" : "input",
    },
  ]);
  const line =
    mode === "max"
      ? [{ text: "  max(" }, ...terms, { text: ")" }]
      : [{ text: "  (" }, ...terms, { text: `) / ${values.length}` }];
  return [...broken(line), equals(texts.output(result))];
}

/** The letters of a line. */
export function textOf(line: Line): string {
  return line.map(({ text }) => text).join("");
}

function factor(text: string): string {
  return text.startsWith("−") ? `(${text})` : text;
}

function equals(result: string): Line {
  return [{ text: "= " }, { text: result, role: "output" }];
}

function blockWidth(columns: readonly number[]): number {
  return columns.reduce((sum, width) => sum + width, 0) + 3 * (columns.length - 1);
}

/** The channels that stand side by side, one group below the other. */
function groupChannels(widths: ColumnWidths): number[][] {
  const groups: number[][] = [];
  let width = Infinity;
  widths.forEach((columns, channel) => {
    width += blockWidth(columns) + 3;
    if (width > LONGEST_LINE) {
      groups.push([]);
      width = blockWidth(columns) + 2;
    }
    groups[groups.length - 1].push(channel);
  });
  return groups;
}

/** A line broken after the separators at which it gets too long. */
function broken(line: Line): Line[] {
  const lines: Term[][] = [[]];
  for (const term of line) {
    const current = lines[lines.length - 1];
    const full = textOf(current).length + term.text.length > LONGEST_LINE;
    if (full && term.role) lines.push([{ text: "    " }, term]);
    else current.push(term);
  }
  return lines;
}
