import { Sliding } from "./jobs";

/**
 * im2col for a block of output pixels: what each pixel's window sees, as one row of a matrix, so that the
 * convolution becomes a matrix product with the filters.
 *
 *      x, channels last                     rows[pixel]
 *    ┌────┬────┬────┬────┐   window at 1    ┌──── kernel row 0 ────┬──── kernel row 1 ────┐
 *    │ A  │ B  │ C  │ D  │   ───────────→   │  B    C    (2 taps)  │  F    G              │
 *    ├────┼────┼────┼────┤                  └──────────────────────┴──────────────────────┘
 *    │ E  │ F  │ G  │ H  │   each letter: `channels` numbers
 *    └────┴────┴────┴────┘
 *
 * Neighbouring taps of one kernel row are neighbours in x too (unless dilation or groups come between
 * them), so the copy runs over whole kernel rows: 21 numbers at once for a 7x7 window on RGB, not 3.
 *
 * Only the part of the row from `first` up to `last` (numbers, in the order kernel row, kernel column,
 * channel) is written: the whole matrix, kh·kw times as large as x, never exists.
 *
 * Copies run in vectors of four and may write up to three numbers too many. The next copy overwrites
 * them; behind the last row there must be room for them.
 */
export function gatherWindows(
  job: Sliding,
  input: usize,
  firstPixel: i32,
  pixels: i32,
  first: i32,
  last: i32,
  rows: usize,
  rowBytes: usize,
): void {
  const channels = job.channels;
  const wholeRows = job.dilationWidth == 1 && job.inputPixel == (<usize>channels) << 2;
  const runLength = wholeRows ? channels * job.kernelWidth : channels;
  const runsPerRow = wholeRows ? 1 : job.kernelWidth;

  let j = firstPixel % job.outputWidth;
  let i = (firstPixel / job.outputWidth) % job.outputHeight;
  let image = input + (firstPixel / job.outputWidth / job.outputHeight) * job.inputImage;

  for (let p = 0; p < pixels; p++) {
    let target = rows + p * rowBytes;
    let run = first / runLength;
    let from = first - run * runLength;
    let rest = last - first;
    while (rest > 0) {
      const length = min(runLength - from, rest);
      const row = i * job.strideHeight - job.top + (run / runsPerRow) * job.dilationHeight;
      const column = j * job.strideWidth - job.left + (run % runsPerRow) * job.dilationWidth;
      let inside = from;
      let outside = from + length;
      if (row < 0 || row >= job.height) {
        outside = inside;
      } else {
        // The run's numbers that lie within the row of x: none of them for a column far outside.
        inside = max(from, -column * channels);
        outside = min(from + length, (job.width - column) * channels);
        if (outside <= inside) outside = inside = from;
      }
      const source = image + row * job.inputRow + column * job.inputPixel;
      const start = target - (from << 2);
      fillZeros(target, inside - from);
      copyFloats(start + (inside << 2), source + (inside << 2), outside - inside);
      fillZeros(start + (outside << 2), from + length - outside);
      target += length << 2;
      rest -= length;
      from = 0;
      run++;
    }
    if (++j == job.outputWidth) {
      j = 0;
      if (++i == job.outputHeight) {
        i = 0;
        image += job.inputImage;
      }
    }
  }
}

/** Copies floats in vectors: up to three more than wanted. */
function copyFloats(target: usize, source: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) v128.store(target + (i << 2), v128.load(source + (i << 2)));
}

function fillZeros(target: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) v128.store(target + (i << 2), f32x4.splat(0));
}

/**
 * The address of each output pixel of a block, the last one repeated to fill its strip, in maps that lie at
 * `output` and whose images, rows and pixels are so far apart.
 */
export function listPixels(
  job: Sliding,
  output: usize,
  imageBytes: usize,
  rowBytes: usize,
  pixelBytes: usize,
  firstPixel: i32,
  pixels: i32,
  padded: i32,
  addresses: usize,
): void {
  let j = firstPixel % job.outputWidth;
  let i = (firstPixel / job.outputWidth) % job.outputHeight;
  let image = output + (firstPixel / job.outputWidth / job.outputHeight) * imageBytes;
  let address = image;
  for (let p = 0; p < padded; p++) {
    if (p < pixels) address = image + i * rowBytes + j * pixelBytes;
    store<u32>(addresses + (p << 2), <u32>address);
    if (++j == job.outputWidth) {
      j = 0;
      if (++i == job.outputHeight) {
        i = 0;
        image += imageBytes;
      }
    }
  }
}
