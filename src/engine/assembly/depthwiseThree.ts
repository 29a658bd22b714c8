import { clamp, multiplyAdd } from "./microKernel";
import { Depthwise } from "./jobs";

/** How many output pixels are computed side by side. */
const PIXELS: i32 = 4;

/**
 * Four channels of a row of 3×3 windows, stride 1, that lie wholly inside. The nine weights stay in registers, and so
 * do the four sums; an x is loaded once for the row of a window, and goes into each sum that sees it:
 *
 *      x at       j     j+1    j+2    j+3    j+4    j+5
 *      sum 0      w0    w1     w2
 *      sum 1            w0     w1     w2
 *      sum 2                   w0     w1     w2
 *      sum 3                          w0     w1     w2
 *
 * Half the loads of `depthwiseTile`'s way for any window, which is what bounds it.
 *
 * @param window of the first pixel, at the channel; @param address of its sum; @param count of pixels, at least 4
 */
export function threeByThree(
  job: Depthwise,
  window: usize,
  address: usize,
  count: i32,
  channel: i32,
): void {
  const pixel = job.inputPixel;
  const rowStep = job.dilationHeight * job.inputRow;
  const outputPixel = job.outputPixel;
  const low = f32x4.splat(job.low);
  const high = f32x4.splat(job.high);
  const bias = v128.load(job.bias + (channel << 2));
  const weights = job.channels << 2;
  const weight = job.filter + (channel << 2);
  const w00 = v128.load(weight);
  const w01 = v128.load(weight + weights);
  const w02 = v128.load(weight + 2 * weights);
  const w10 = v128.load(weight + 3 * weights);
  const w11 = v128.load(weight + 4 * weights);
  const w12 = v128.load(weight + 5 * weights);
  const w20 = v128.load(weight + 6 * weights);
  const w21 = v128.load(weight + 7 * weights);
  const w22 = v128.load(weight + 8 * weights);
  for (let j = 0; j < count; j += PIXELS) {
    // The last four may overlap with those before.
    const start = min(j, count - PIXELS);
    let from = window + start * pixel;
    let x = v128.load(from);
    let sum0 = multiplyAdd(x, w00, bias);
    x = v128.load(from + pixel);
    sum0 = multiplyAdd(x, w01, sum0);
    let sum1 = multiplyAdd(x, w00, bias);
    x = v128.load(from + 2 * pixel);
    sum0 = multiplyAdd(x, w02, sum0);
    sum1 = multiplyAdd(x, w01, sum1);
    let sum2 = multiplyAdd(x, w00, bias);
    x = v128.load(from + 3 * pixel);
    sum1 = multiplyAdd(x, w02, sum1);
    sum2 = multiplyAdd(x, w01, sum2);
    let sum3 = multiplyAdd(x, w00, bias);
    x = v128.load(from + 4 * pixel);
    sum2 = multiplyAdd(x, w02, sum2);
    sum3 = multiplyAdd(x, w01, sum3);
    x = v128.load(from + 5 * pixel);
    sum3 = multiplyAdd(x, w02, sum3);
    from += rowStep;
    x = v128.load(from);
    sum0 = multiplyAdd(x, w10, sum0);
    x = v128.load(from + pixel);
    sum0 = multiplyAdd(x, w11, sum0);
    sum1 = multiplyAdd(x, w10, sum1);
    x = v128.load(from + 2 * pixel);
    sum0 = multiplyAdd(x, w12, sum0);
    sum1 = multiplyAdd(x, w11, sum1);
    sum2 = multiplyAdd(x, w10, sum2);
    x = v128.load(from + 3 * pixel);
    sum1 = multiplyAdd(x, w12, sum1);
    sum2 = multiplyAdd(x, w11, sum2);
    sum3 = multiplyAdd(x, w10, sum3);
    x = v128.load(from + 4 * pixel);
    sum2 = multiplyAdd(x, w12, sum2);
    sum3 = multiplyAdd(x, w11, sum3);
    x = v128.load(from + 5 * pixel);
    sum3 = multiplyAdd(x, w12, sum3);
    from += rowStep;
    x = v128.load(from);
    sum0 = multiplyAdd(x, w20, sum0);
    x = v128.load(from + pixel);
    sum0 = multiplyAdd(x, w21, sum0);
    sum1 = multiplyAdd(x, w20, sum1);
    x = v128.load(from + 2 * pixel);
    sum0 = multiplyAdd(x, w22, sum0);
    sum1 = multiplyAdd(x, w21, sum1);
    sum2 = multiplyAdd(x, w20, sum2);
    x = v128.load(from + 3 * pixel);
    sum1 = multiplyAdd(x, w22, sum1);
    sum2 = multiplyAdd(x, w21, sum2);
    sum3 = multiplyAdd(x, w20, sum3);
    x = v128.load(from + 4 * pixel);
    sum2 = multiplyAdd(x, w22, sum2);
    sum3 = multiplyAdd(x, w21, sum3);
    x = v128.load(from + 5 * pixel);
    sum3 = multiplyAdd(x, w22, sum3);
    const y = address + start * outputPixel;
    v128.store(y, clamp(sum0, low, high));
    v128.store(y + outputPixel, clamp(sum1, low, high));
    v128.store(y + 2 * outputPixel, clamp(sum2, low, high));
    v128.store(y + 3 * outputPixel, clamp(sum3, low, high));
  }
}
