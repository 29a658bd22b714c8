import { fromFunction, requireOptions, type Tensor } from "../tensor";
import { entriesUnder, type Pair, pairOf, type WindowAxis } from "./axis";
import { slidingWindow, type WindowOptions } from "./window";

/**
 * How many windows look at each pixel. Without padding a corner is seen once and the middle kernel-many
 * times: the borders of a picture count for less.
 *
 * @param size height and width of the image
 * @returns the counts, [h, w]
 *
 * @example
 * borderCoverage([4, 4], 3).toArray() // → [[1, 2, 2, 1], [2, 4, 4, 2], [2, 4, 4, 2], [1, 2, 2, 1]]
 */
export function borderCoverage(
  size: Pair,
  kernelSize: number | Pair,
  options: WindowOptions = {},
): Tensor {
  requireOptions<WindowOptions>("borderCoverage", options, {
    stride: true,
    padding: true,
    dilation: true,
    ceilMode: "flag",
  });
  const [rowCount, columnCount] = pairOf("borderCoverage", "size", size, 1);
  const { height, width } = slidingWindow(
    "borderCoverage",
    [rowCount, columnCount],
    kernelSize,
    options,
  );
  const rows = usesAlong(height);
  const columns = usesAlong(width);
  // A window over a pixel is a window over its row and over its column: the counts multiply.
  return fromFunction([rowCount, columnCount], (row, column) => rows[row] * columns[column]); // [h, w]
}

function usesAlong(axis: WindowAxis): number[] {
  const uses: number[] = new Array(axis.input).fill(0);
  for (let i = 0; i < axis.output; i++) for (const entry of entriesUnder(axis, i)) uses[entry] += 1;
  return uses;
}
