import { SERIES_COLOURS } from "./colours";
import { element, letters } from "./svg";

/** An outline drawn over an image, in the image's own pixels: a window, or what a unit sees. */
export interface Box {
  top: number;
  left: number;
  height: number;
  width: number;
  /** Which image of several; the first when left out. */
  image?: number;
  label?: string;
  /** A CSS colour. */
  colour?: string;
}

/** The outline around whole pixels, with a light edge so that it shows on dark and on bright ones. */
export function drawBox(box: Box, pixel: number): string {
  const colour = box.colour ?? SERIES_COLOURS[1];
  const frame = {
    x: box.left * pixel,
    y: box.top * pixel,
    width: box.width * pixel,
    height: box.height * pixel,
    fill: "none",
  };
  const label = box.label
    ? letters(box.label, {
        x: frame.x + 3,
        y: frame.y + 14,
        "font-size": 12,
        "font-weight": 600,
        fill: colour,
        stroke: "#fff",
        "stroke-width": 3,
        "paint-order": "stroke",
      })
    : "";
  return (
    element("rect", { ...frame, stroke: "#fff", "stroke-opacity": 0.7, "stroke-width": 4 }) +
    element("rect", { ...frame, stroke: colour, "stroke-width": 2 }) +
    label
  );
}
