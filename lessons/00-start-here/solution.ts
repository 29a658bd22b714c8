import { Tensor } from "convbook";

/** How many numbers a batch of photographs holds. */
export function countValues(shape: number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** A photographic negative: black becomes white. Values run from 0 (black) to 1 (white). */
export function negative(image: Tensor): Tensor {
  return image.map((value) => 1 - value);
}

/** Row and column of the brightest pixel of a grey image, [1, h, w, 1]; the first one in reading order. */
export function brightest(image: Tensor): [number, number] {
  const [, height, width] = image.shape;
  let best: [number, number] = [0, 0];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (image.get(0, row, column, 0) > image.get(0, best[0], best[1], 0)) best = [row, column];
  return best;
}
