import { type Tensor, zeros } from "../../tensor";

/** What lies beyond the border: black, or the nearest pixel of the image. */
export type Outside = "black" | "edge";

/** Where a pixel of the result takes its value from: row and column of the image, fractions too. */
export type Source = (row: number, column: number) => readonly [row: number, column: number];

/**
 * Images whose pixels come from other positions, between pixels by bilinear interpolation.
 *
 * @param images [m, h, w, c]
 * @param sourceOf says for each image where its pixels come from
 */
export function resample(
  images: Tensor,
  sourceOf: (image: number) => Source,
  outside: Outside,
): Tensor {
  const [batch, height, width, channels] = images.shape;
  const result = zeros(images.shape, images.dtype); // [m, h, w, c]
  const clamp = (at: number, length: number): number => Math.min(Math.max(at, 0), length - 1);
  const beyond = (at: number, length: number): boolean => at < 0 || at >= length;
  for (let m = 0; m < batch; m++) {
    const source = sourceOf(m);
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const [y, x] = source(row, column);
        const [top, left] = [Math.floor(y), Math.floor(x)];
        const to = ((m * height + row) * width + column) * channels;
        for (const [down, right] of CORNERS) {
          const weight = Math.abs(1 - down - (y - top)) * Math.abs(1 - right - (x - left));
          const [i, j] = [top + down, left + right];
          if (weight === 0 || (outside === "black" && (beyond(i, height) || beyond(j, width))))
            continue;
          const from = ((m * height + clamp(i, height)) * width + clamp(j, width)) * channels;
          for (let c = 0; c < channels; c++) result.data[to + c] += weight * images.data[from + c];
        }
      }
  }
  return result;
}

const CORNERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;
