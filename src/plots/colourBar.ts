import { colourAt, cssColour } from "./colours";
import type { Scale } from "./scale";
import { element, letters } from "./svg";
import { shortNumber } from "./values";

/** The room that a colour bar takes, in pixels. */
export const COLOUR_BAR = { width: 220, height: 34 };
const STEPS = 44;

/** A strip that says which colour is which number. */
export function colourBar(scale: Scale, left: number, top: number): string {
  const [low, high] = scale.range;
  const step = COLOUR_BAR.width / STEPS;
  const strip = Array.from({ length: STEPS }, (_, i) =>
    element("rect", {
      x: i * step,
      width: step + 0.5, // no seams
      height: 10,
      fill: cssColour(colourAt(scale.colours, i / (STEPS - 1))),
    }),
  );
  const marks = [
    { value: low, anchor: "start" },
    { value: (low + high) / 2, anchor: "middle" },
    { value: high, anchor: "end" },
  ].map(({ value, anchor }, i) =>
    letters(shortNumber(value), {
      x: (i * COLOUR_BAR.width) / 2,
      y: 25,
      "font-size": 12,
      "text-anchor": anchor,
    }),
  );
  return element("g", { transform: `translate(${left} ${top})` }, ...strip, ...marks);
}
