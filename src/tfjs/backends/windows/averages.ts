import { forEachTap, sizesOf, type Walk } from "./walk";

/** How many pixels lie under the window at each position: padding does not count. */
function pixelsUnder(walk: Walk): Uint32Array {
  const pixels = new Uint32Array(walk.batch * sizesOf(walk).outputs);
  forEachTap(walk, (output) => void pixels[output]++);
  return pixels;
}

/** The average under each window, channel by channel. */
export function averages(walk: Walk, channels: number, x: Float32Array): Float32Array {
  const pixels = pixelsUnder(walk);
  const y = new Float64Array(pixels.length * channels);
  forEachTap(walk, (output, pixel) => {
    for (let c = 0; c < channels; c++)
      y[output * channels + c] += x[pixel * channels + c] / pixels[output];
  });
  return Float32Array.from(y);
}

/** What each window got, in equal parts to the pixels under it. */
export function averagesBack(walk: Walk, channels: number, dy: Float32Array): Float32Array {
  const pixels = pixelsUnder(walk);
  const dx = new Float64Array(walk.batch * sizesOf(walk).inputs * channels);
  forEachTap(walk, (output, pixel) => {
    for (let c = 0; c < channels; c++)
      dx[pixel * channels + c] += dy[output * channels + c] / pixels[output];
  });
  return Float32Array.from(dx);
}
