import { Depthwise } from "./jobs";
import { fromTap, toTap } from "./taps";
import { activate, NONE } from "./activation";
import { threeByThree } from "./depthwiseThree";
import { clamp, multiplyAdd, storeLanes } from "./microKernel";

/** How many output pixels of a row are computed side by side. */
const PIXELS: i32 = 4;

/**
 * One tile of a depthwise convolution: some output rows, all channels.
 *
 * Each channel has a filter of its own, so there is no matrix product: a weight meets only the pixels of its
 * channel. What can be shared is the weight, among neighbouring pixels:
 *
 *      four channels of a weight ──┬────────┬────────┬────────┐
 *                                  ×        ×        ×        ×
 *      x at                      j·s      j·s+s    j·s+2s   j·s+3s     (plus the tap)
 *                                  ↓        ↓        ↓        ↓
 *      sums for output           j        j+1      j+2      j+3
 *
 * Channels lie next to each other in x, in the filter and in y, so vectors of four need no rearranging.
 */
export function depthwiseTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Depthwise>(address);
  const rows = job.batch * job.outputHeight;
  const lastRow = min((tile + 1) * job.rowBlock, rows);
  listTaps(job, scratch);
  for (let row = tile * job.rowBlock; row < lastRow; row++) {
    const m = row / job.outputHeight;
    const i = row % job.outputHeight;
    const firstRow = i * job.strideHeight - job.top;
    const from = fromTap(firstRow, job.dilationHeight, job.kernelHeight);
    const to = toTap(firstRow, job.dilationHeight, job.kernelHeight, job.height);
    const image = job.input + m * job.inputImage + firstRow * job.inputRow;
    const output = job.output + m * job.outputImage + i * job.outputRow;
    depthwiseRow(job, image, output, from, to, scratch);
    if (job.activation == NONE) continue;
    for (let j = 0; j < job.outputWidth; j++)
      activate(job.activation, output + j * job.outputPixel, job.channels);
  }
}

/** How far from the first tap each tap sees x, so that all of them are one loop. */
function listTaps(job: Depthwise, taps: usize): void {
  for (let a = 0; a < job.kernelHeight; a++)
    for (let b = 0; b < job.kernelWidth; b++) {
      const offset = a * job.dilationHeight * job.inputRow + b * job.dilationWidth * job.inputPixel;
      store<u32>(taps + ((a * job.kernelWidth + b) << 2), <u32>offset);
    }
}

function depthwiseRow(
  job: Depthwise,
  image: usize,
  output: usize,
  fromRow: i32,
  toRow: i32,
  taps: usize,
): void {
  // The pixels whose windows lie wholly between the left and the right edge.
  const reach = (job.kernelWidth - 1) * job.dilationWidth;
  const stride = job.strideWidth;
  const last = job.width - 1 - reach + job.left;
  const inside = job.left > 0 ? (job.left + stride - 1) / stride : 0;
  const outside = last < 0 ? 0 : min(job.outputWidth, last / stride + 1);
  const vectors = outside - inside >= PIXELS ? job.channels & ~3 : 0;

  for (let j = 0; j < job.outputWidth; j++) {
    const firstChannel = j >= inside && j < outside ? vectors : 0;
    const address = output + j * job.outputPixel;
    onePixel(job, image, j * stride - job.left, address, firstChannel, fromRow, toRow);
  }
  if (vectors == 0) return;
  if (isThreeByThree(job) && toRow - fromRow == 3) {
    const window = image + (inside - job.left) * job.inputPixel;
    const address = output + inside * job.outputPixel;
    for (let c = 0; c < vectors; c += 4)
      threeByThree(job, window + (c << 2), address + (c << 2), outside - inside, c);
    return;
  }
  for (let j = inside; j < outside; j += PIXELS) {
    // The last four may overlap with those before: the same once more is cheaper than pixels one by one.
    const start = min(j, outside - PIXELS);
    const window = image + (start * stride - job.left) * job.inputPixel;
    const address = output + start * job.outputPixel;
    for (let c = 0; c < vectors; c += 4)
      fourPixels(job, window + (c << 2), address + (c << 2), c, fromRow, toRow, taps);
  }
}

function isThreeByThree(job: Depthwise): bool {
  const narrow = job.kernelWidth == 3 && job.kernelHeight == 3;
  return narrow && job.strideWidth == 1 && job.dilationWidth == 1;
}

/** Four channels of four pixels. */
function fourPixels(
  job: Depthwise,
  window: usize,
  address: usize,
  channel: i32,
  fromRow: i32,
  toRow: i32,
  taps: usize,
): void {
  const next = job.strideWidth * job.inputPixel;
  const weights = job.channels << 2;
  const end = taps + ((toRow * job.kernelWidth) << 2);
  let tap = taps + ((fromRow * job.kernelWidth) << 2);
  let weight = job.filter + fromRow * job.kernelWidth * weights + (channel << 2);
  let sum0 = v128.load(job.bias + (channel << 2));
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  while (tap < end) {
    const w = v128.load(weight);
    const x0 = window + load<u32>(tap);
    const x2 = x0 + 2 * next;
    sum0 = multiplyAdd(v128.load(x0), w, sum0);
    sum1 = multiplyAdd(v128.load(x0 + next), w, sum1);
    sum2 = multiplyAdd(v128.load(x2), w, sum2);
    sum3 = multiplyAdd(v128.load(x2 + next), w, sum3);
    weight += weights;
    tap += 4;
  }
  const low = f32x4.splat(job.low);
  const high = f32x4.splat(job.high);
  v128.store(address, clamp(sum0, low, high));
  v128.store(address + job.outputPixel, clamp(sum1, low, high));
  v128.store(address + 2 * job.outputPixel, clamp(sum2, low, high));
  v128.store(address + 3 * job.outputPixel, clamp(sum3, low, high));
}

/** One pixel near an edge, or the channels behind the last whole vector. */
function onePixel(
  job: Depthwise,
  image: usize,
  first: i32,
  address: usize,
  firstChannel: i32,
  fromRow: i32,
  toRow: i32,
): void {
  const weights = job.channels << 2;
  const from = fromTap(first, job.dilationWidth, job.kernelWidth);
  const to = toTap(first, job.dilationWidth, job.kernelWidth, job.width);
  const low = f32x4.splat(job.low);
  const high = f32x4.splat(job.high);
  let c = firstChannel;
  // Sixteen channels at a time: a sum waits for its last product, four sums wait together.
  for (; c + 16 <= job.channels; c += 16) {
    const bias = job.bias + (c << 2);
    let sum0 = v128.load(bias);
    let sum1 = v128.load(bias, 16);
    let sum2 = v128.load(bias, 32);
    let sum3 = v128.load(bias, 48);
    for (let a = fromRow; a < toRow; a++) {
      const row = image + a * job.dilationHeight * job.inputRow + (c << 2);
      const rowWeights = job.filter + a * job.kernelWidth * weights + (c << 2);
      for (let b = from; b < to; b++) {
        const x = row + (first + b * job.dilationWidth) * job.inputPixel;
        const weight = rowWeights + b * weights;
        sum0 = multiplyAdd(v128.load(x), v128.load(weight), sum0);
        sum1 = multiplyAdd(v128.load(x, 16), v128.load(weight, 16), sum1);
        sum2 = multiplyAdd(v128.load(x, 32), v128.load(weight, 32), sum2);
        sum3 = multiplyAdd(v128.load(x, 48), v128.load(weight, 48), sum3);
      }
    }
    const y = address + (c << 2);
    v128.store(y, clamp(sum0, low, high));
    v128.store(y, clamp(sum1, low, high), 16);
    v128.store(y, clamp(sum2, low, high), 32);
    v128.store(y, clamp(sum3, low, high), 48);
  }
  for (; c < job.channels; c += 4) {
    let sum = v128.load(job.bias + (c << 2));
    for (let a = fromRow; a < toRow; a++) {
      const row = image + a * job.dilationHeight * job.inputRow + (c << 2);
      const weight = job.filter + a * job.kernelWidth * weights + (c << 2);
      for (let b = from; b < to; b++) {
        const x = row + (first + b * job.dilationWidth) * job.inputPixel;
        sum = multiplyAdd(v128.load(x), v128.load(weight + b * weights), sum);
      }
    }
    sum = clamp(sum, low, high);
    storeLanes(address + (c << 2), sum, job.channels - c);
  }
}
