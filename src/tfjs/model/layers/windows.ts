import * as tf from "@tensorflow/tfjs";
import type { Pair, Window, WindowAxis } from "../../../arithmetic";

/** The distances between the taps of a window, down and across. */
export function dilationsOf({ height, width }: Window): Pair {
  return [height.dilation, width.dilation];
}

/** Zeros around maps, for each axis of [m, h, w, c]. */
export type Frame = [[0, 0], [number, number], [number, number], [0, 0]];

/** The padding of a window; below and to the right no more than its last position reaches. */
export function frameOf({ height, width }: Window): Frame {
  return [[0, 0], sides(height), sides(width), [0, 0]];
}

function sides({ input, kernel, stride, dilation, before, output }: WindowAxis): [number, number] {
  const reach = (output - 1) * stride + dilation * (kernel - 1) + 1;
  return [before, Math.max(reach - before - input, 0)];
}

/**
 * A filter with zeros between its taps, [kh, kw, ...] → [dilation·(kh - 1) + 1, ...]: a convolution by it is
 * the dilated one, and tfjs knows its gradient.
 */
export function spread(filter: tf.Tensor4D, [vertical, horizontal]: Pair): tf.Tensor4D {
  if (vertical === 1 && horizontal === 1) return filter;
  const [kernelHeight, kernelWidth, inputs, outputs] = filter.shape;
  const apart = tf.pad(filter.reshape([kernelHeight, 1, kernelWidth, 1, inputs * outputs]), [
    [0, 0],
    [0, vertical - 1],
    [0, 0],
    [0, horizontal - 1],
    [0, 0],
  ]); // [kh, dilation, kw, dilation, cin · cout]
  const rows = kernelHeight * vertical;
  const columns = kernelWidth * horizontal;
  const whole: tf.Tensor4D = apart.reshape([rows, columns, inputs, outputs]);
  return whole.slice([0, 0, 0, 0], [rows - vertical + 1, columns - horizontal + 1, -1, -1]);
}

/** Equal parts along the last axis. A single one is not split, for which tfjs (4.22) fails to find a gradient. */
export function split(x: tf.Tensor4D, parts: number): tf.Tensor4D[] {
  return parts === 1 ? [x] : tf.split(x, parts, 3);
}
