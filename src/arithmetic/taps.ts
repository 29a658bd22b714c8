import type { WindowAxis } from "./axis";

/** A tap of the kernel that lies on the image, and the pixel under it. */
export interface Tap {
  tap: number;
  pixel: number;
}

/**
 * Along one axis, for each position of the window, the taps that lie on the image. Those over the padding
 * are left out: they would meet zeros only.
 *
 *     pixel = position · stride + tap · dilation - before
 *
 * @example
 * const { height } = slidingWindow("conv2d", [3, 3], 3, { stride: 2, padding: 1 });
 * tapsOnImage(height) // → [[{ tap: 1, pixel: 0 }, { tap: 2, pixel: 1 }], [{ tap: 0, pixel: 1 }, { tap: 1, pixel: 2 }]]
 */
export function tapsOnImage(axis: WindowAxis): Tap[][] {
  return Array.from({ length: axis.output }, (_, position) => {
    const taps: Tap[] = [];
    for (let tap = 0; tap < axis.kernel; tap++) {
      const pixel = position * axis.stride + tap * axis.dilation - axis.before;
      if (pixel >= 0 && pixel < axis.input) taps.push({ tap, pixel });
    }
    return taps;
  });
}
