import type { Tensor } from "../tensor";
import { type CellFormat, cellFormat } from "./cellFormat";
import { cssColour, letterColourOn, type Rgb } from "./colours";
import { colourOf, type Scale } from "./scale";
import { element, letters } from "./svg";

/** A matrix as coloured squares with its numbers in them, from (0, 0) on. */
export function drawCells(
  matrix: Tensor,
  scale: Scale,
  size: number,
  label: CellFormat = cellFormat(matrix.data),
): string {
  const [rows, columns] = matrix.shape;
  const cells: string[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      cells.push(
        drawCell({ x: column * size, y: row * size, size }, matrix.get(row, column), scale, label),
      );
  return cells.join("");
}

export interface CellBox {
  x: number;
  y: number;
  size: number;
}

/** One square with its number. */
export function drawCell(box: CellBox, value: number, scale: Scale, label: CellFormat): string {
  return drawColoured(box, colourOf(scale, value), value, label);
}

/**
 * One square of a colour with its number.
 *
 * @param high the part of the square, from its upper edge, in whose middle the number stands
 */
export function drawColoured(
  { x, y, size }: CellBox,
  colour: Rgb,
  value: number,
  label: CellFormat,
  high = size,
): string {
  const font = Math.min(label.letters(size), high - 4);
  return (
    element("rect", {
      x: x + 0.5,
      y: y + 0.5,
      width: size - 1,
      height: size - 1,
      rx: 2,
      fill: cssColour(colour),
    }) +
    letters(label.text(value), {
      x: x + size / 2,
      y: y + high / 2 + 0.35 * font,
      "font-size": font,
      "text-anchor": "middle",
      fill: letterColourOn(colour),
    })
  );
}
