import "./selfDisplay"; // whoever can show, has values that show themselves
import { Derivation } from "../arithmetic";
import { display } from "../notebook";
import { ArgumentError, Tensor } from "../tensor";
import { toBundle } from "./bundle";
import { type Figure, isFigure } from "./Figure";
import { heatmap } from "./heatmap";
import { imageGrid } from "./imageGrid";

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
