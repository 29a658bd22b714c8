/** A trace, layout or frame of plotly.js, as its reference names the attributes: https://plotly.com/javascript/reference. */
export type PlotlyObject = Record<string, unknown>;

/** An interactive plot, drawn by plotly.js in the notebook. */
export interface PlotlyFigure {
  kind: "plotly";
  data: PlotlyObject[];
  layout: PlotlyObject;
  frames?: PlotlyObject[];
  /** What the picture shows, in words and numbers. */
  text: string;
}

/** A picture of lines, letters and embedded images, sharp at every size. */
export interface SvgFigure {
  kind: "svg";
  svg: string;
  text: string;
}

/** A picture with a script of its own. */
export interface HtmlFigure {
  kind: "html";
  html: string;
  text: string;
}

/** A picture as data. `show` displays it; everything that makes one is a pure function. */
export type Figure = PlotlyFigure | SvgFigure | HtmlFigure;

export function isFigure(value: unknown): value is Figure {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  return value.kind === "plotly" || value.kind === "svg" || value.kind === "html";
}
