import { forEachTap, sizesOf, type Walk } from "./walk";

/*
 * The convolution of volumes, [m, depth, height, width, cin], by a filter, [kd, kh, kw, cin, cout], and its gradients.
 * Sums are kept in float64.
 */

/** How many channels go in and come out. */
export interface Channels {
  readonly inputs: number;
  readonly outputs: number;
}

/** y, [m, od, oh, ow, cout]. */
export function convolved(
  walk: Walk,
  { inputs, outputs }: Channels,
  x: Float32Array,
  filter: Float32Array,
): Float32Array {
  const y = new Float64Array(walk.batch * sizesOf(walk).outputs * outputs);
  forEachTap(walk, (output, pixel, tap) => {
    for (let i = 0; i < inputs; i++) {
      const value = x[pixel * inputs + i];
      const row = (tap * inputs + i) * outputs;
      for (let o = 0; o < outputs; o++) y[output * outputs + o] += value * filter[row + o];
    }
  });
  return Float32Array.from(y);
}

/** dx, shaped as x. */
export function gradientToVolumes(
  walk: Walk,
  { inputs, outputs }: Channels,
  dy: Float32Array,
  filter: Float32Array,
): Float32Array {
  const dx = new Float64Array(walk.batch * sizesOf(walk).inputs * inputs);
  forEachTap(walk, (output, pixel, tap) => {
    for (let i = 0; i < inputs; i++) {
      const row = (tap * inputs + i) * outputs;
      let sum = 0;
      for (let o = 0; o < outputs; o++) sum += dy[output * outputs + o] * filter[row + o];
      dx[pixel * inputs + i] += sum;
    }
  });
  return Float32Array.from(dx);
}

/** dFilter, shaped as the filter. */
export function gradientToFilter(
  walk: Walk,
  { inputs, outputs }: Channels,
  dy: Float32Array,
  x: Float32Array,
): Float32Array {
  const dFilter = new Float64Array(sizesOf(walk).taps * inputs * outputs);
  forEachTap(walk, (output, pixel, tap) => {
    for (let i = 0; i < inputs; i++) {
      const value = x[pixel * inputs + i];
      const row = (tap * inputs + i) * outputs;
      for (let o = 0; o < outputs; o++) dFilter[row + o] += value * dy[output * outputs + o];
    }
  });
  return Float32Array.from(dFilter);
}
