import { FOREGROUND, GRID_LINE, SERIES_COLOURS } from "./colours";
import type { PlotlyFigure, PlotlyObject } from "./Figure";
import { figure } from "./makeFigure";
import { titleLines, titleWidth } from "./svg";

/** Room around the plot, in pixels. */
export const MARGIN = { left: 64, right: 24, top: 46, bottom: 52 };
const LEGEND_HEIGHT = 22;
/** What a figure without a width of its own is taken to have, and the most that a title asks for. */
const PAGE_WIDTH = 800;
/** A plot as wide as the notebook is so high: two of them fit on a screen. */
const PLOT_HEIGHT = 360;
/** In 15 pixels, as plotly has it. */
const TITLE_LINE = 19.5;

/** How wide a figure is at least for the sake of its title. */
export function titledWidth(title: string | undefined): number {
  return title ? Math.min(MARGIN.left + titleWidth(title) + MARGIN.right, PAGE_WIDTH) : 0;
}

/** What all axes have in common. */
export function axis(title: string | undefined, more: PlotlyObject = {}): PlotlyObject {
  return {
    title: { text: title ?? "", standoff: 8 },
    gridcolor: GRID_LINE,
    linecolor: FOREGROUND,
    zerolinecolor: GRID_LINE,
    automargin: true,
    ...more,
  };
}

interface Layout extends PlotlyObject {
  width?: number;
  height?: number;
  margin?: { l: number; r: number; t: number; b: number };
}

/**
 * A plotly figure in the course's dress: nothing behind it, so that it suits light and dark pages, and
 * letters legible on both. A title that is too long for one line takes several, and makes the figure higher.
 */
export function plotlyFigure(parts: {
  title: string | undefined;
  data: PlotlyObject[];
  layout: Layout;
  text: string;
}): PlotlyFigure {
  const { title, data, text } = parts;
  const { width = PAGE_WIDTH, height = PLOT_HEIGHT } = parts.layout;
  const lines = title ? titleLines(title, width - MARGIN.left - MARGIN.right) : [];
  const more = Math.ceil(TITLE_LINE * Math.max(lines.length - 1, 0)); // browsers' windows are whole pixels
  const margin = parts.layout.margin ?? {
    l: MARGIN.left,
    r: MARGIN.right,
    t: (title ? MARGIN.top : 16) + (parts.layout.showlegend ? LEGEND_HEIGHT : 0),
    b: MARGIN.bottom,
  };
  const layout = {
    title: title ? titleAt(lines, more) : undefined,
    font: { family: "system-ui, sans-serif", size: 13, color: FOREGROUND },
    paper_bgcolor: "rgba(0, 0, 0, 0)",
    plot_bgcolor: "rgba(0, 0, 0, 0)",
    colorway: SERIES_COLOURS,
    hovermode: "closest",
    modebar: { bgcolor: "rgba(0, 0, 0, 0)", color: FOREGROUND, activecolor: SERIES_COLOURS[0] },
    ...parts.layout,
    margin: { ...margin, t: margin.t + more },
    height: height + more,
  };
  return figure({ kind: "plotly", data, layout, text });
}

/**
 * Measured from the figure's edge, since long names beside a plot push that to the right. Plotly centres several
 * lines where it would put one.
 */
function titleAt(lines: readonly string[], more: number): PlotlyObject {
  return {
    text: lines.join("<br>"),
    font: { size: 15, weight: 600 },
    xref: "container",
    x: 0,
    xanchor: "left",
    yref: "container",
    y: 1,
    yanchor: "top",
    pad: { l: MARGIN.left, t: 10 + more / 2 },
  };
}
