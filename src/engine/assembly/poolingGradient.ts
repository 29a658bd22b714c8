import { Pooling } from "./jobs";
import { storeLanes } from "./microKernel";
import { averageOver } from "./pooling";
import { fromTap, toTap } from "./taps";

/** Channels of a tile: a cache line of each pixel. */
const CHANNELS: i32 = 16;

/**
 * The gradient of a pooling for sixteen channels of one image. Windows may overlap, so that several send
 * their gradient to one pixel of dx; no other tile has these channels.
 */
export function poolGradientTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Pooling>(address);
  const blocks = (job.channels + CHANNELS - 1) / CHANNELS;
  const m = tile / blocks;
  const firstChannel = (tile % blocks) * CHANNELS;
  const lastChannel = min(firstChannel + CHANNELS, job.channels);
  const gradient = job.gradient + m * job.inputImage;
  clear(job, gradient, firstChannel, lastChannel);

  for (let i = 0; i < job.outputHeight; i++) {
    const firstRow = i * job.strideHeight - job.top;
    for (let j = 0; j < job.outputWidth; j++) {
      const firstColumn = j * job.strideWidth - job.left;
      const dy = job.output + m * job.outputImage + i * job.outputRow + j * job.outputPixel;
      const fraction = f32x4.splat(1 / averageOver(job, firstRow, firstColumn));
      for (let c = firstChannel; c < lastChannel; c += 4) {
        const slope = v128.load(dy + (c << 2));
        const lanes = lastChannel - c;
        if (job.maximum) toLargest(job, m, firstRow, firstColumn, c, slope, lanes);
        else
          toAll(job, gradient + (c << 2), firstRow, firstColumn, f32x4.mul(slope, fraction), lanes);
      }
    }
  }
}

function clear(job: Pooling, gradient: usize, firstChannel: i32, lastChannel: i32): void {
  for (let p = 0; p < job.height * job.width; p++)
    for (let c = firstChannel; c < lastChannel; c += 4)
      storeLanes(gradient + p * job.inputPixel + (c << 2), f32x4.splat(0), lastChannel - c);
}

/** The average: each pixel under the window gets the same part. */
function toAll(
  job: Pooling,
  gradient: usize,
  firstRow: i32,
  firstColumn: i32,
  part: v128,
  lanes: i32,
): void {
  const toRow = toTap(firstRow, job.dilationHeight, job.kernelHeight, job.height);
  const toColumn = toTap(firstColumn, job.dilationWidth, job.kernelWidth, job.width);
  for (let a = fromTap(firstRow, job.dilationHeight, job.kernelHeight); a < toRow; a++) {
    const row = gradient + (firstRow + a * job.dilationHeight) * job.inputRow;
    for (let b = fromTap(firstColumn, job.dilationWidth, job.kernelWidth); b < toColumn; b++) {
      const address = row + (firstColumn + b * job.dilationWidth) * job.inputPixel;
      storeLanes(address, f32x4.add(v128.load(address), part), lanes);
    }
  }
}

/** The maximum: the first of the largest values, in row-major order, gets it all. Each lane finds its own. */
function toLargest(
  job: Pooling,
  m: i32,
  firstRow: i32,
  firstColumn: i32,
  channel: i32,
  slope: v128,
  lanes: i32,
): void {
  const image = m * job.inputImage + (channel << 2);
  const fromRow = fromTap(firstRow, job.dilationHeight, job.kernelHeight);
  const toRow = toTap(firstRow, job.dilationHeight, job.kernelHeight, job.height);
  const fromColumn = fromTap(firstColumn, job.dilationWidth, job.kernelWidth);
  const toColumn = toTap(firstColumn, job.dilationWidth, job.kernelWidth, job.width);
  let offsets = i32x4.splat(0);
  let best = f32x4.splat(0);
  for (let a = fromRow; a < toRow; a++) {
    const row = image + (firstRow + a * job.dilationHeight) * job.inputRow;
    for (let b = fromColumn; b < toColumn; b++) {
      const offset = row + (firstColumn + b * job.dilationWidth) * job.inputPixel;
      const x = v128.load(job.input + offset);
      const isFirst = a == fromRow && b == fromColumn;
      const larger = v128.or(f32x4.gt(x, best), f32x4.ne(x, x));
      const better = isFirst ? i32x4.splat(-1) : larger;
      best = v128.bitselect(x, best, better);
      offsets = v128.bitselect(i32x4.splat(offset), offsets, better);
    }
  }
  add(job.gradient + i32x4.extract_lane(offsets, 0), f32x4.extract_lane(slope, 0));
  if (lanes > 1)
    add(job.gradient + i32x4.extract_lane(offsets, 1) + 4, f32x4.extract_lane(slope, 1));
  if (lanes > 2)
    add(job.gradient + i32x4.extract_lane(offsets, 2) + 8, f32x4.extract_lane(slope, 2));
  if (lanes > 3)
    add(job.gradient + i32x4.extract_lane(offsets, 3) + 12, f32x4.extract_lane(slope, 3));
}

function add(address: usize, value: f32): void {
  store<f32>(address, load<f32>(address) + value);
}
