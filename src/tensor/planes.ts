import { indexAt, rowMajorStrides, sizeOf } from "./shape";
import type { Tensor } from "./Tensor";

/** @internal A matrix out of a tensor. */
export interface Plane {
  /** In index notation: `"[0, :, :, 2]"`. */
  name: string;
  rows: number;
  columns: number;
  at(row: number, column: number): number;
}

/** Kernels are seldom larger, and batches seldom just as long as their images are high: this tells them apart. */
const LARGEST_KERNEL = 11;

/**
 * @internal The matrices that a reader wants to see of a tensor of two axes or more: of images [m, h, w, c]
 * and [h, w, c] one of each channel, of filters [k, k, cin, cout] one of each pair of channels, of anything
 * else those of the last two axes. Only the first `most` are given, and how many there are.
 */
export function planesOf(x: Tensor, most: number): { planes: Plane[]; count: number } {
  const [rowAxis, columnAxis] = planeAxes(x.shape);
  const others = x.shape.map((n, axis) => (axis === rowAxis || axis === columnAxis ? 1 : n));
  const strides = rowMajorStrides(others);
  const count = sizeOf(others);
  const planes = Array.from({ length: Math.min(count, most) }, (_, plane) => {
    const index = indexAt(strides, plane);
    const first = index.reduce((offset, i, axis) => offset + i * x.strides[axis], 0);
    const names = index.map((i, axis) => (axis === rowAxis || axis === columnAxis ? ":" : i));
    return {
      name: `[${names.join(", ")}]`,
      rows: x.shape[rowAxis],
      columns: x.shape[columnAxis],
      at: (row: number, column: number) =>
        x.data[first + row * x.strides[rowAxis] + column * x.strides[columnAxis]],
    };
  });
  return { planes, count };
}

/** @internal The two axes along which the rows and columns of those matrices run. */
export function planeAxes(shape: readonly number[]): [number, number] {
  if (shape.length === 3) return [0, 1]; // [h, w, c]
  if (shape.length !== 4) return [shape.length - 2, shape.length - 1];
  const [a, b, c, d] = shape;
  if (b === 1 && c === 1) return a === 1 ? [1, 3] : [0, 3]; // one pixel an image: images by channels
  if (a === 1 && b === 1 && d > 1) return [2, 3]; // a 1 x 1 filter: channels by channels
  return a === b && a > 1 && a <= LARGEST_KERNEL ? [0, 1] : [1, 2];
}
