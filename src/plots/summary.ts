import { escapeMarkup } from "../notebook";
import {
  blockTree,
  layerOptions,
  type ConventionName,
  conventionNames,
  type Cost,
  cost,
  formatCount,
  formatInteger,
  kindLabel,
  type Layer,
  type Network,
  type Part,
  RecordNetwork,
  requireNetwork,
} from "../network";
import {
  ArgumentError,
  greatest,
  requireBoolean,
  requireInteger,
  requireOneOf,
  requireOptions,
  sizeOf,
} from "../tensor";
import type { HtmlFigure } from "./Figure";
import { figure } from "./makeFigure";
import { element } from "./svg";
import { count } from "./values";

export interface SummaryOptions {
  /** How parameters and multiply-adds are counted. `"paper"` when left out. */
  convention?: ConventionName | undefined;
  /**
   * How many levels of blocks are unfolded, at first in the notebook and for good in a terminal. All where
   * the network has at most 40 layers, otherwise none, when left out.
   */
  depth?: number | undefined;
  /**
   * Whether a column has the memory of what each layer puts out for one image, in float32: what training keeps for the
   * way back. Flatten and dropout put out what came in. False when left out.
   */
  activations?: boolean | undefined;
  /** Milliseconds of each layer by its path, which become a column: `layerTimings` measures them. */
  times?: LayerTimes | undefined;
}

/** How long layers take, by their paths: milliseconds, or what `layerTimings` gives. */
export type LayerTimes = Readonly<Record<string, number | { readonly median: number }>>;

const MOST_UNFOLDED = 40;

/**
 * A network as a table: layers by block, with their output shapes, parameters and multiply-adds, and on request the
 * memory and the time of each. In a notebook every block folds and unfolds.
 *
 * @example
 * summary(zoo.lenet5()).text.split("\n")[3] // → "C1        5×5 conv, 6 filters          28×28×6         156        117.6 k"
 * @example
 * const net = network("net", [8, 8, 3], layers.conv({ filters: 4, kernelSize: 3 }), layers.relu());
 * summary(net, { activations: true, times: { conv1: 0.25, relu1: 0.05 } }).text.split("\n")[3]
 * // → "conv1  3×3 conv, 4 filters   6×6×4         112          3,888      0.6 kB   0.250 ms"
 */
export function summary(network: Network, options: SummaryOptions = {}): HtmlFigure {
  requireNetwork("summary", network);
  requireOptions<SummaryOptions>("summary", options, {
    convention: true,
    depth: true,
    activations: "flag",
    times: true,
  });
  const { convention = "paper", activations = false } = options;
  requireOneOf("summary", "convention", convention, conventionNames);
  requireBoolean("summary", "activations", activations);
  const counted = cost(network, { convention });
  const unfolded = network.layers.length <= MOST_UNFOLDED ? Infinity : 0;
  const depth =
    options.depth === undefined ? unfolded : requireInteger("summary", "depth", options.depth, 0);
  const columns = columnsOf(counted, options);
  const table: Table = {
    title: counted.toString(),
    heads: ["output", ...columns.map(({ head }) => head)],
    rows: [
      ...blockTree(network).map((part) => rowOf(part, columns)),
      ...outputRows(network, columns),
    ],
    depth,
  };
  return figure({ kind: "html", html: toHtml(table), text: toText(table) });
}

/** A number of each layer, which adds up over a block. */
interface Column {
  head: string;
  of(layer: Layer): number;
  /** Of a sum above 0. */
  format(sum: number): string;
}

function columnsOf(counted: Cost, { activations, times }: SummaryOptions): Column[] {
  const { layers } = counted;
  const columns: Column[] = [
    { head: "parameters", of: ({ index }) => layers[index].params, format: formatInteger },
    { head: "multiply-adds", of: ({ index }) => layers[index].macs, format: formatCount },
  ];
  if (activations) columns.push({ head: "activation", of: bytesOf, format: formatBytes });
  if (times !== undefined) {
    const timeOf = requireTimes(counted.network, times);
    columns.push({ head: "time", of: timeOf, format: (sum) => `${sum.toPrecision(3)} ms` });
  }
  return columns;
}

/** Of the output in float32; flatten and dropout put out what came in. */
function bytesOf({ operation, shape }: Layer): number {
  if (operation.kind === "flatten" || operation.kind === "dropout") return 0;
  return 4 * sizeOf(shape);
}

function formatBytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** One that is no layer's would be left out of the table in silence. */
function requireTimes(network: Network, times: LayerTimes): (layer: Layer) => number {
  const refuse = (argument: string, expected: string, received: unknown): never => {
    const remedy = "layerTimings(network, weights, x) measures them.";
    throw new ArgumentError({ call: "summary", argument, expected, received, remedy });
  };
  if (typeof times !== "object" || times === null)
    return refuse("times", "milliseconds by the paths of layers", times);
  const paths = new Set(network.layers.map(({ path }) => path));
  const entries = Object.entries(times).map(([path, time]): [string, number] => {
    if (!paths.has(path)) refuse("times", `by the paths of layers of ${network.name}`, path);
    const milliseconds = typeof time === "number" ? time : time?.median;
    if (!Number.isFinite(milliseconds) || milliseconds < 0)
      refuse(`times["${path}"]`, "milliseconds, or a timing with a median", time);
    return [path, milliseconds];
  });
  const timeOf = new Map(entries);
  return ({ path }) => timeOf.get(path) ?? 0;
}

interface Table {
  title: string;
  heads: readonly string[];
  rows: readonly Row[];
  depth: number;
}

interface Row {
  name: string;
  what: string;
  /** What stands on the right, the shape of the output first. */
  cells: readonly string[];
  auxiliary: boolean;
  rows?: readonly Row[];
}

function rowOf(part: Part, columns: readonly Column[]): Row {
  const last = part.layers[part.layers.length - 1];
  const numbers = columns.map(({ of, format }) => {
    const sum = part.layers.reduce((total, layer) => total + of(layer), 0);
    return sum === 0 ? "" : format(sum);
  });
  return {
    name: part.name,
    what: part.parts ? count(part.layers.length, "layer") : describeLayer(last),
    cells: [last.shape.join("×"), ...numbers],
    auxiliary: last.auxiliary,
    ...(part.parts && { rows: part.parts.map((inner) => rowOf(inner, columns)) }),
  };
}

/** Outputs with names, each with the layer that it comes out of. */
function outputRows(network: Network, columns: readonly Column[]): Row[] {
  if (!(network instanceof RecordNetwork)) return [];
  return Object.entries(network.outputs).map(([name, { path, shape }]) => {
    const cells = [shape.join("×"), ...columns.map(() => "")];
    return { name, what: `output, of ${path}`, cells, auxiliary: false };
  });
}

/** `3×3 conv, 64 filters, stride 2`. */
function describeLayer(layer: Layer): string {
  const { filters, units, bias, ...others } = layerOptions(layer);
  return [
    kindLabel(layer),
    ...(filters === undefined ? [] : [`${filters} filters`]),
    ...(units === undefined ? [] : [`${units} units`]),
    ...Object.entries(others).map(([name, value]) => `${name} ${value}`),
    ...(bias === "no" ? ["no bias"] : []),
    ...(layer.sharesWith ? [`weights of ${layer.sharesWith.path}`] : []),
  ].join(", ");
}

function toText({ title, heads, rows, depth }: Table): string {
  const lines: Row[] = [{ name: "layer", what: "what", cells: heads, auxiliary: false }];
  const add = (row: Row, level: number): void => {
    const mark = row.auxiliary ? " (training only)" : "";
    lines.push({ ...row, name: "  ".repeat(level) + row.name + mark });
    if (row.rows && level < depth) for (const inner of row.rows) add(inner, level + 1);
  };
  for (const row of rows) add(row, 0);
  const width = (of: (row: Row) => string) => greatest(lines.map((line) => of(line).length));
  const widths = heads.map((_, i) => width(({ cells }) => cells[i]));
  const [names, whats] = [width(({ name }) => name), width(({ what }) => what)];
  const body = lines.map(({ name, what, cells }) =>
    [name.padEnd(names), what.padEnd(whats), ...cells.map((cell, i) => cell.padStart(widths[i]))]
      .join("  ")
      .trimEnd(),
  );
  return [title, ...body].join("\n");
}

/** Rows are grids of equal columns, so that a block's row can be the summary of its details. */
const gridOf = (columns: number): string =>
  `display:grid;grid-template-columns:minmax(14em,2fr) minmax(14em,3fr) repeat(${columns},8em);` +
  "gap:0 10px;padding:2px 4px;border-bottom:1px solid rgba(128,128,128,.2)";
const RIGHT = "text-align:right;font-variant-numeric:tabular-nums";

function toHtml({ title: said, heads, rows, depth }: Table): string {
  const look =
    "color:var(--jp-ui-font-color1,inherit);font:13px var(--jp-ui-font-family,system-ui);" +
    `max-width:${36 + 8 * heads.length}em`;
  const grid = gridOf(heads.length);
  const title = element("div", { style: "font-weight:600" }, escapeMarkup(said));
  const names: Row = { name: "layer", what: "what", cells: heads, auxiliary: false };
  const head = element("div", { style: `${grid};font-weight:600` }, ...cells(names, 0, ""));
  const body = rows.map((row) => rowHtml(row, 0, depth, grid));
  return element("div", { style: look }, title, head, ...body);
}

function rowHtml(row: Row, level: number, depth: number, grid: string): string {
  if (!row.rows) return element("div", { style: grid }, ...cells(row, level, ""));
  const inner = row.rows.map((part) => rowHtml(part, level + 1, depth, grid));
  const open = level < depth ? { open: "" } : {};
  const style = `${grid};cursor:pointer;list-style:none`;
  return element(
    "details",
    open,
    element("summary", { style }, ...cells(row, level, "▸ ")),
    ...inner,
  );
}

function cells(row: Row, level: number, mark: string): string[] {
  const name = mark + row.name + (row.auxiliary ? " (training only)" : "");
  return [
    element("span", { style: `padding-left:${1.2 * level}em` }, escapeMarkup(name)),
    element("span", { style: "opacity:.75" }, escapeMarkup(row.what) || "&#160;"),
    ...row.cells.map((text) => element("span", { style: RIGHT }, escapeMarkup(text) || "&#160;")),
  ];
}
