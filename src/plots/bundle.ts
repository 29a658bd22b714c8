import type { MimeBundle } from "../notebook";
import type { Figure } from "./Figure";

/** The MIME type that JupyterLab, VS Code and others draw with plotly.js. */
const PLOTLY_MIME = "application/vnd.plotly.v1+json";

/** A figure in the forms that a notebook understands, with a text for all others. */
export function toBundle(figure: Figure): MimeBundle {
  const text = { "text/plain": figure.text };
  if (figure.kind === "svg") return { "image/svg+xml": figure.svg, ...text };
  if (figure.kind === "html") return { "text/html": figure.html, ...text };
  const { data, layout, frames } = figure;
  const config = { displaylogo: false, responsive: true };
  return { [PLOTLY_MIME]: { data, layout, config, ...(frames && { frames }) }, ...text };
}
