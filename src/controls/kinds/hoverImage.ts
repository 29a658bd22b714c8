import { encodePng } from "../../data";
import { ArgumentError, Tensor } from "../../tensor";
import type { Control } from "../Control";

/** The pixel below the pointer. */
export interface HoveredPixel {
  row: number;
  column: number;
}

/**
 * An image for `interact` that reports the pixel below the pointer, `{ row, column }`; at first that in the middle.
 *
 * @param image [h, w, c] or [1, h, w, c], with one channel or three, 0 to 1
 *
 * @example
 * const image = hoverImage(zeros([1, 5, 7, 1]));
 * image.read(image.start) // → { row: 2, column: 3 }
 */
export function hoverImage(image: Tensor): Control<HoveredPixel> {
  const shape = image instanceof Tensor ? image.shape : [];
  const [height, width, channels] = shape.slice(-3);
  const one = shape.length === 3 || (shape.length === 4 && shape[0] === 1);
  if (!one || height * width === 0 || (channels !== 1 && channels !== 3))
    throw new ArgumentError({
      call: "hoverImage",
      argument: "image",
      expected: "one image, [h, w, c] or [1, h, w, c], with one channel or three",
      received: image,
    });
  const inside = (n: number | undefined, size: number): n is number =>
    n !== undefined && Number.isInteger(n) && n >= 0 && n < size;
  const png = Buffer.from(encodePng(image)).toString("base64");
  return {
    part: { kind: "hoverImage", height, width, png },
    start: { row: Math.floor(height / 2), column: Math.floor(width / 2) },
    read(state) {
      const { row, column } = (state ?? {}) as Partial<HoveredPixel>;
      if (inside(row, height) && inside(column, width)) return { row, column };
      const expected = `inside the image of ${height} x ${width} pixels`;
      throw new ArgumentError({
        call: "hoverImage",
        argument: "the pixel",
        expected,
        received: state,
      });
    },
  };
}
