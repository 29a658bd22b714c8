import { FOREGROUND, GRID_LINE, SERIES_COLOURS } from "./colours";
import { figure, type PlotlyFigure, type PlotlyObject } from "./Figure";

/** Room around the plot, in pixels. */
export const MARGIN = { left: 64, right: 24, top: 46, bottom: 52 };
const LEGEND_HEIGHT = 22;
/** A plot as wide as the notebook is so high: two of them fit on a screen. */
const PLOT_HEIGHT = 360;

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

/**
 * A plotly figure in the course's dress: nothing behind it, so that it suits light and dark pages, and
 * letters legible on both.
 */
export function plotlyFigure(parts: {
  title: string | undefined;
  data: PlotlyObject[];
  layout: PlotlyObject;
  text: string;
}): PlotlyFigure {
  const { title, data, text } = parts;
  const layout = {
    title: title
      ? { text: title, font: { size: 15, weight: 600 }, x: 0, xref: "paper", xanchor: "left" }
      : undefined,
    font: { family: "system-ui, sans-serif", size: 13, color: FOREGROUND },
    paper_bgcolor: "rgba(0, 0, 0, 0)",
    plot_bgcolor: "rgba(0, 0, 0, 0)",
    colorway: SERIES_COLOURS,
    margin: {
      l: MARGIN.left,
      r: MARGIN.right,
      t: (title ? MARGIN.top : 16) + (parts.layout.showlegend ? LEGEND_HEIGHT : 0),
      b: MARGIN.bottom,
    },
    height: PLOT_HEIGHT,
    hovermode: "closest",
    modebar: { bgcolor: "rgba(0, 0, 0, 0)", color: FOREGROUND, activecolor: SERIES_COLOURS[0] },
    ...parts.layout,
  };
  return figure({ kind: "plotly", data, layout, text });
}
