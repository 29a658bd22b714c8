import { escapeMarkup } from "../notebook";
import {
  blockTree,
  choices,
  type ConventionName,
  type Cost,
  cost,
  formatCount,
  formatInteger,
  kindLabel,
  type Layer,
  type LayerCost,
  type Network,
  type Part,
  RecordNetwork,
  requireNetwork,
} from "../network";
import { greatest, requireInteger, requireOptions } from "../tensor";
import { figure, type HtmlFigure } from "./Figure";
import { element } from "./svg";

export interface SummaryOptions {
  /** How parameters and multiply-adds are counted. `"paper"` when left out. */
  convention?: ConventionName;
  /**
   * How many levels of blocks are unfolded, at first in the notebook and for good in a terminal. All where
   * the network has at most 40 layers, otherwise none, when left out.
   */
  depth?: number;
}

const MOST_UNFOLDED = 40;

/**
 * A network as a table: layers by block, with their output shapes, parameters and multiply-adds. In a
 * notebook every block folds and unfolds.
 *
 * @example
 * summary(zoo.lenet5()).text.split("\n")[3] // → "C1        5×5 conv, 6 filters          28×28×6         156        117.6 k"
 */
export function summary(network: Network, options: SummaryOptions = {}): HtmlFigure {
  requireNetwork("summary", network);
  requireOptions<SummaryOptions>("summary", options, { convention: true, depth: true });
  const counted = cost(network, { convention: options.convention });
  const unfolded = network.layers.length <= MOST_UNFOLDED ? Infinity : 0;
  const depth =
    options.depth === undefined ? unfolded : requireInteger("summary", "depth", options.depth, 0);
  const rows = [...blockTree(network).map((part) => rowOf(part, counted)), ...outputRows(network)];
  return figure({
    kind: "html",
    html: toHtml(counted, rows, depth),
    text: toText(counted, rows, depth),
  });
}

interface Row {
  name: string;
  what: string;
  output: string;
  params: string;
  macs: string;
  auxiliary: boolean;
  rows?: Row[];
}

function rowOf(part: Part, counted: Cost): Row {
  const entries = part.layers.map((layer) => counted.layers[layer.index]);
  const sum = (of: (entry: LayerCost) => number) =>
    entries.reduce((total, entry) => total + of(entry), 0);
  const params = sum((entry) => entry.params);
  const macs = sum((entry) => entry.macs);
  const last = part.layers[part.layers.length - 1];
  return {
    name: part.name,
    what: part.parts ? `${part.layers.length} layers` : describeLayer(last),
    output: last.shape.join("×"),
    params: params === 0 ? "" : formatInteger(params),
    macs: macs === 0 ? "" : formatCount(macs),
    auxiliary: last.auxiliary,
    rows: part.parts?.map((inner) => rowOf(inner, counted)),
  };
}

/** Outputs with names, each with the layer that it comes out of. */
function outputRows(network: Network): Row[] {
  if (!(network instanceof RecordNetwork)) return [];
  return Object.entries(network.outputs).map(([name, { path, shape }]) => {
    const what = `output, of ${path}`;
    return { name, what, output: shape.join("×"), params: "", macs: "", auxiliary: false };
  });
}

/** `3×3 conv, 64 filters, stride 2`. */
function describeLayer(layer: Layer): string {
  const { filters, units, bias, ...others } = choices(layer);
  return [
    kindLabel(layer),
    ...(filters === undefined ? [] : [`${filters} filters`]),
    ...(units === undefined ? [] : [`${units} units`]),
    ...Object.entries(others).map(([name, value]) => `${name} ${value}`),
    ...(bias === "no" ? ["no bias"] : []),
    ...(layer.sharesWith ? [`weights of ${layer.sharesWith.path}`] : []),
  ].join(", ");
}

const heads: Row = {
  name: "layer",
  what: "what",
  output: "output",
  params: "parameters",
  macs: "multiply-adds",
  auxiliary: false,
};

function toText(counted: Cost, rows: readonly Row[], depth: number): string {
  const lines: Row[] = [heads];
  const add = (row: Row, level: number): void => {
    const mark = row.auxiliary ? " (training only)" : "";
    lines.push({ ...row, name: "  ".repeat(level) + row.name + mark });
    if (row.rows && level < depth) for (const inner of row.rows) add(inner, level + 1);
  };
  for (const row of rows) add(row, 0);
  const width = (of: (row: Row) => string) => greatest(lines.map((line) => of(line).length));
  const widths = {
    name: width(({ name }) => name),
    what: width(({ what }) => what),
    output: width(({ output }) => output),
    params: width(({ params }) => params),
    macs: width(({ macs }) => macs),
  };
  const body = lines.map(({ name, what, output, params, macs }) =>
    [
      name.padEnd(widths.name),
      what.padEnd(widths.what),
      output.padStart(widths.output),
      params.padStart(widths.params),
      macs.padStart(widths.macs),
    ]
      .join("  ")
      .trimEnd(),
  );
  return [counted.toString(), ...body].join("\n");
}

/** Rows are grids of equal columns, so that a block's row can be the summary of its details. */
const GRID =
  "display:grid;grid-template-columns:minmax(14em,2fr) minmax(14em,3fr) 8em 8em 8em;" +
  "gap:0 10px;padding:2px 4px;border-bottom:1px solid rgba(128,128,128,.2)";
const RIGHT = "text-align:right;font-variant-numeric:tabular-nums";

function toHtml(counted: Cost, rows: readonly Row[], depth: number): string {
  const look =
    "color:var(--jp-ui-font-color1,inherit);font:13px var(--jp-ui-font-family,system-ui);max-width:60em";
  const title = element("div", { style: "font-weight:600" }, escapeMarkup(counted.toString()));
  const head = element("div", { style: `${GRID};font-weight:600` }, ...cells(heads, 0, ""));
  const body = rows.map((row) => rowHtml(row, 0, depth));
  return element("div", { style: look }, title, head, ...body);
}

function rowHtml(row: Row, level: number, depth: number): string {
  if (!row.rows) return element("div", { style: GRID }, ...cells(row, level, ""));
  const inner = row.rows.map((part) => rowHtml(part, level + 1, depth));
  const open = level < depth ? { open: "" } : {};
  const style = `${GRID};cursor:pointer;list-style:none`;
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
    ...[row.output, row.params, row.macs].map((text) =>
      element("span", { style: RIGHT }, escapeMarkup(text) || "&#160;"),
    ),
  ];
}
