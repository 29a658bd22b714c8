import { Derivation } from "../arithmetic";
import { display, type MimeBundle } from "../notebook";
import { ArgumentError, Tensor } from "../tensor";
import { type Figure, isFigure } from "./Figure";
import { heatmap } from "./heatmap";
import { imageGrid } from "./imageGrid";

/** The MIME type that JupyterLab, VS Code and others draw with plotly.js. */
const PLOTLY_MIME = "application/vnd.plotly.v1+json";

/**
 * Displays a figure below the running cell; in a terminal, prints what it shows. A tensor becomes a heat
 * map when it is a matrix, otherwise the images that it holds. A derivation is set as mathematics.
 *
 * @example
 * show(heatmap([[1, 2], [3, 4]])) // → undefined
 */
export function show(what: Figure | Tensor | Derivation): void {
  display(what instanceof Derivation ? what.mimeBundle() : toBundle(figureOf(what)));
}

/** A figure in the forms that a notebook understands, with a text for all others. */
export function toBundle(figure: Figure): MimeBundle {
  const text = { "text/plain": figure.text };
  if (figure.kind === "svg") return { "image/svg+xml": figure.svg, ...text };
  if (figure.kind === "html") return { "text/html": figure.html, ...text };
  const { data, layout, frames } = figure;
  const config = { displaylogo: false, responsive: true };
  return { [PLOTLY_MIME]: { data, layout, config, ...(frames && { frames }) }, ...text };
}

function figureOf(what: Figure | Tensor): Figure {
  if (isFigure(what)) return what;
  if (what instanceof Tensor) return what.rank <= 2 ? heatmap(what) : imageGrid(what);
  throw new ArgumentError({
    call: "show",
    argument: "what",
    expected: "a figure, a tensor or a derivation",
    received: what,
    remedy: "A figure comes from heatmap, imageGrid, curves and their like.",
  });
}
