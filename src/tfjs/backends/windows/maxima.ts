import { forEachTap, sizesOf, type Walk } from "./walk";

/** The greatest under each window, channel by channel, and where it was: the first of several, and NaN before any. */
export interface Maxima {
  readonly values: Float32Array;
  /** Index into x. */
  readonly pixels: Int32Array;
  /** Index into the filter of a dilation; of a pooling, the entry of the window and the channel. */
  readonly taps: Int32Array;
}

/**
 * @param x channels last
 * @param filter what is added under the window before the greatest is taken, as by a dilation
 */
export function maxima(
  walk: Walk,
  channels: number,
  x: Float32Array,
  filter?: Float32Array,
): Maxima {
  const size = walk.batch * sizesOf(walk).outputs * channels;
  const values = new Float64Array(size).fill(-Infinity);
  const [pixels, taps] = [new Int32Array(size).fill(-1), new Int32Array(size)];
  forEachTap(walk, (output, pixel, tap) => {
    for (let c = 0; c < channels; c++) {
      const at = output * channels + c;
      const value = x[pixel * channels + c] + (filter ? filter[tap * channels + c] : 0);
      const first = pixels[at] < 0;
      if (!first && !(value > values[at]) && !(Number.isNaN(value) && !Number.isNaN(values[at])))
        continue;
      values[at] = value;
      pixels[at] = pixel * channels + c;
      taps[at] = tap * channels + c;
    }
  });
  return { values: Float32Array.from(values), pixels, taps };
}

/** What each window got, to where its greatest was. */
export function handedTo(indices: Int32Array, dy: Float32Array, size: number): Float32Array {
  const gradient = new Float64Array(size);
  for (let i = 0; i < dy.length; i++) gradient[indices[i]] += dy[i];
  return Float32Array.from(gradient);
}
