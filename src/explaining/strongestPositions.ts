import { ArgumentError, requireImages, requireInteger, type Tensor } from "../tensor";

/** Where a unit has a value: the image, and the row and column of its map. */
export interface UnitPosition {
  readonly image: number;
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/**
 * The images that excite a unit most, and where: one position of each image, that of its largest value (the first, where
 * several are alike), the largest first. `receptiveBox` says which part of the image such a position sees.
 *
 * @param maps what a layer makes of m images, [m, h, w, c]
 * @param unit the channel, from 0
 * @param count how many images, at most m
 * @throws ArgumentError when something does not fit, and where a value is not a number
 * @see Zeiler and Fergus, Visualizing and understanding convolutional networks, 2013, arXiv 1311.2901
 *
 * @example
 * const maps = tensor([1, 7, 2, 9, 0, 3], [2, 1, 3, 1]); // two images, maps of 1×3, one unit
 * strongestPositions(maps, 0, 1) // → [{ image: 1, row: 0, column: 0, value: 9 }]
 */
export function strongestPositions(maps: Tensor, unit: number, count: number): UnitPosition[] {
  const call = "strongestPositions";
  requireImages(call, "maps", maps);
  const [m, height, width, channels] = maps.shape;
  if (requireInteger(call, "unit", unit, 0) >= channels)
    throw new ArgumentError({
      call,
      argument: "unit",
      expected: `below ${channels}, the number of channels`,
      received: unit,
    });
  if (requireInteger(call, "count", count, 1) > m)
    throw new ArgumentError({
      call,
      argument: "count",
      expected: `at most ${m}, the number of images`,
      received: count,
    });
  const best: UnitPosition[] = [];
  for (let image = 0; image < m; image++) {
    let top: UnitPosition | undefined;
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const value = maps.get(image, row, column, unit);
        if (Number.isNaN(value))
          throw new ArgumentError({
            call,
            argument: "maps",
            expected: "numbers",
            received: value,
            receivedAs: `NaN in image ${image}`,
          });
        if (!top || value > top.value) top = { image, row, column, value };
      }
    best.push(top!);
  }
  return best.sort((a, b) => b.value - a.value).slice(0, count);
}
