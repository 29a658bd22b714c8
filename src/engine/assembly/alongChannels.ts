import { exp, log } from "./activation";
import { AlongChannels } from "./jobs";
import { storeLanes } from "./microKernel";

/** Softmax over the channels of some pixels: e^(x - largest), over the sum of all. */
export function softmaxTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<AlongChannels>(address);
  const last = min((tile + 1) * job.pixelBlock, job.pixels);
  for (let p = tile * job.pixelBlock; p < last; p++) {
    const x = job.input + p * job.inputPixel;
    const y = job.output + p * job.outputPixel;
    let largest: f32 = -Infinity;
    for (let c = 0; c < job.channels; c++) largest = max(largest, load<f32>(x + (c << 2)));
    let sum: f64 = 0;
    for (let c = 0; c < job.channels; c += 4) {
      const value = exp(f32x4.sub(v128.load(x + (c << 2)), f32x4.splat(largest)));
      storeLanes(y + (c << 2), value, job.channels - c);
      for (let i = c; i < min(c + 4, job.channels); i++) sum += load<f32>(y + (i << 2));
    }
    const factor = f32x4.splat(<f32>(1 / sum));
    for (let c = 0; c < job.channels; c += 4) {
      const value = f32x4.mul(v128.load(y + (c << 2)), factor);
      storeLanes(y + (c << 2), value, job.channels - c);
    }
  }
}

/**
 * Local response normalisation of some pixels: x / (constant + alpha · sum of x² around)^exponent. The squares are
 * put aside between zeros, so that no channel at the edge is a case of its own.
 */
export function localResponseNormTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<AlongChannels>(address);
  const before = job.size / 2;
  const padded = job.channels + job.size + 8;
  const squares = scratch + (before << 2);
  memory.fill(scratch, 0, padded << 2);
  const alpha = f32x4.splat(job.alpha);
  const constant = f32x4.splat(job.constant);
  const last = min((tile + 1) * job.pixelBlock, job.pixels);
  for (let p = tile * job.pixelBlock; p < last; p++) {
    const x = job.input + p * job.inputPixel;
    const y = job.output + p * job.outputPixel;
    for (let c = 0; c < job.channels; c += 4) {
      const value = v128.load(x + (c << 2));
      storeLanes(squares + (c << 2), f32x4.mul(value, value), job.channels - c);
    }
    for (let c = 0; c < job.channels; c += 4) {
      let sum = f32x4.splat(0);
      for (let n = 0; n < job.size; n++) sum = f32x4.add(sum, v128.load(scratch + ((c + n) << 2)));
      const divisor = power(f32x4.add(constant, f32x4.mul(alpha, sum)), job.exponent);
      const value = f32x4.div(v128.load(x + (c << 2)), divisor);
      storeLanes(y + (c << 2), value, job.channels - c);
    }
  }
}

/** base^exponent; by square roots for the exponent of AlexNet, 3/4. */
function power(base: v128, exponent: f32): v128 {
  if (exponent == 0.75) {
    const root = f32x4.sqrt(base);
    return f32x4.mul(root, f32x4.sqrt(root));
  }
  const result = exp(f32x4.mul(f32x4.splat(exponent), log(base)));
  return v128.bitselect(result, base, f32x4.lt(base, f32x4.splat(Infinity))); // NaN and infinity as they are
}
