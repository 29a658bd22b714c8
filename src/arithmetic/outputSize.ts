import { type AxisOptions, slideAlong } from "./axis";
import { requireOptions } from "../tensor";

/**
 * How many outputs a window of `f` taps gives as it slides along `n` pixels: the number of positions where
 * it fits.
 *
 *     floor((n + before + after - dilation·(f - 1) - 1) / stride) + 1
 *
 * The division need not come out even; what is left over at the end is then never looked at. With
 * `ceilMode` it is rounded up, and the last window hangs over the end.
 *
 * @param n length of the input, in pixels
 * @param f taps of the kernel
 * @returns the length of the output
 * @throws ArgumentError when the kernel is longer than the padded input
 * @see Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, arXiv 1603.07285
 *
 * @example
 * outputSize(28, 5, { padding: 2 }) // → 28
 * @example
 * outputSize(112, 3, { stride: 2, ceilMode: true }) // → 56
 */
export function outputSize(n: number, f: number, options: AxisOptions = {}): number {
  requireOptions<AxisOptions>("outputSize", options, {
    stride: true,
    padding: true,
    dilation: true,
    ceilMode: "flag",
  });
  return slideAlong("outputSize", n, f, options).output;
}
