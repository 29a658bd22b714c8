import { DepthwiseFilterGradient } from "./jobs";
import { multiplyAdd, storeLanes } from "./microKernel";

/** Channels of a tile: a cache line of each pixel. */
const CHANNELS: i32 = 16;

/**
 * One tile of the gradient of a depthwise convolution to its filter: sixteen channels, every tap.
 *
 *     dFilter[a, b, c] = sum over m, i, j of  dy[m, i, j, c] · x[m, i·stride + a·dilation - top, j·stride + b·dilation - left, c]
 *
 * For each row of dy and each tap, four vectors of sums run along the row in registers; the rows' sums are
 * added up in the scratch memory, [kh, kw, 16]. (Summed in two steps, they also round less.)
 */
export function depthwiseFilterGradientTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<DepthwiseFilterGradient>(address);
  const firstChannel = tile * CHANNELS;
  const taps = job.kernelHeight * job.kernelWidth;
  memory.fill(scratch, 0, taps * CHANNELS * 4);

  for (let m = 0; m < job.batch; m++) {
    const image = job.input + m * job.inputImage + (firstChannel << 2);
    for (let i = 0; i < job.outputHeight; i++) {
      const dy = job.output + m * job.outputImage + i * job.outputRow + (firstChannel << 2);
      for (let a = 0; a < job.kernelHeight; a++) {
        const row = i * job.strideHeight + a * job.dilationHeight - job.top;
        if (row < 0 || row >= job.height) continue;
        for (let b = 0; b < job.kernelWidth; b++)
          addRow(
            job,
            image + row * job.inputRow,
            dy,
            b * job.dilationWidth - job.left,
            scratch + (a * job.kernelWidth + b) * (CHANNELS * 4),
          );
      }
    }
  }

  for (let tap = 0; tap < taps; tap++) {
    for (let c = 0; c < CHANNELS && firstChannel + c < job.channels; c += 4) {
      const target = job.gradient + ((tap * job.channels + firstChannel + c) << 2);
      const sum = v128.load(scratch + ((tap * CHANNELS + c) << 2));
      storeLanes(target, sum, job.channels - firstChannel - c);
    }
  }
}

/** Adds dy · x along one output row, for the tap that sees x's column `first` at output column 0. */
function addRow(
  job: DepthwiseFilterGradient,
  row: usize,
  dy: usize,
  first: i32,
  sums: usize,
): void {
  const from = first < 0 ? (-first + job.strideWidth - 1) / job.strideWidth : 0;
  const to =
    first < job.width ? min(job.outputWidth, (job.width - 1 - first) / job.strideWidth + 1) : 0;
  let sum0 = f32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let x = row + (first + from * job.strideWidth) * job.inputPixel;
  let d = dy + from * job.outputPixel;
  const step = job.strideWidth * job.inputPixel;
  for (let j = from; j < to; j++) {
    sum0 = multiplyAdd(v128.load(x), v128.load(d), sum0);
    sum1 = multiplyAdd(v128.load(x, 16), v128.load(d, 16), sum1);
    sum2 = multiplyAdd(v128.load(x, 32), v128.load(d, 32), sum2);
    sum3 = multiplyAdd(v128.load(x, 48), v128.load(d, 48), sum3);
    x += step;
    d += job.outputPixel;
  }
  v128.store(sums, f32x4.add(sum0, v128.load(sums)));
  v128.store(sums, f32x4.add(sum1, v128.load(sums, 16)), 16);
  v128.store(sums, f32x4.add(sum2, v128.load(sums, 32)), 32);
  v128.store(sums, f32x4.add(sum3, v128.load(sums, 48)), 48);
}
