import { Pooling } from "./jobs";
import { storeLanes } from "./microKernel";
import { fromTap, toTap } from "./taps";

/** One row of a pooling's output, all channels, four at a time. */
export function poolTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Pooling>(address);
  const m = tile / job.outputHeight;
  const i = tile % job.outputHeight;
  const firstRow = i * job.strideHeight - job.top;
  const image = job.input + m * job.inputImage;
  let target = job.output + m * job.outputImage + i * job.outputRow;

  for (let j = 0; j < job.outputWidth; j++) {
    const firstColumn = j * job.strideWidth - job.left;
    const divisor = f32x4.splat(averageOver(job, firstRow, firstColumn));
    for (let c = 0; c < job.channels; c += 4) {
      const value = job.maximum
        ? largestUnder(job, image + (c << 2), firstRow, firstColumn)
        : f32x4.div(sumUnder(job, image + (c << 2), firstRow, firstColumn), divisor);
      storeLanes(target + (c << 2), value, job.channels - c);
    }
    target += job.outputPixel;
  }
}

/** What the average of a window divides by: the pixels under it, or the taps on the padded image. */
export function averageOver(job: Pooling, firstRow: i32, firstColumn: i32): f32 {
  const dh = job.dilationHeight;
  const dw = job.dilationWidth;
  let toRow = toTap(firstRow, dh, job.kernelHeight, job.height);
  let toColumn = toTap(firstColumn, dw, job.kernelWidth, job.width);
  if (job.countPadding) {
    // The image with its padding begins at -top and -left.
    toRow = toTap(firstRow + job.top, dh, job.kernelHeight, job.paddedHeight);
    toColumn = toTap(firstColumn + job.left, dw, job.kernelWidth, job.paddedWidth);
  } else {
    toRow -= fromTap(firstRow, dh, job.kernelHeight);
    toColumn -= fromTap(firstColumn, dw, job.kernelWidth);
  }
  return <f32>(toRow * toColumn);
}

/** The largest values under a window; NaN counts as larger than any number. */
function largestUnder(job: Pooling, image: usize, firstRow: i32, firstColumn: i32): v128 {
  const toRow = toTap(firstRow, job.dilationHeight, job.kernelHeight, job.height);
  const fromColumn = fromTap(firstColumn, job.dilationWidth, job.kernelWidth);
  const toColumn = toTap(firstColumn, job.dilationWidth, job.kernelWidth, job.width);
  const step = job.dilationWidth * job.inputPixel;
  const left = (firstColumn + fromColumn * job.dilationWidth) * job.inputPixel;
  let best = f32x4.splat(-Infinity);
  for (let a = fromTap(firstRow, job.dilationHeight, job.kernelHeight); a < toRow; a++) {
    let x = image + (firstRow + a * job.dilationHeight) * job.inputRow + left;
    for (let b = fromColumn; b < toColumn; b++) {
      best = f32x4.max(best, v128.load(x));
      x += step;
    }
  }
  return best;
}

function sumUnder(job: Pooling, image: usize, firstRow: i32, firstColumn: i32): v128 {
  const toRow = toTap(firstRow, job.dilationHeight, job.kernelHeight, job.height);
  const fromColumn = fromTap(firstColumn, job.dilationWidth, job.kernelWidth);
  const toColumn = toTap(firstColumn, job.dilationWidth, job.kernelWidth, job.width);
  const step = job.dilationWidth * job.inputPixel;
  const left = (firstColumn + fromColumn * job.dilationWidth) * job.inputPixel;
  let sum = f32x4.splat(0);
  for (let a = fromTap(firstRow, job.dilationHeight, job.kernelHeight); a < toRow; a++) {
    let x = image + (firstRow + a * job.dilationHeight) * job.inputRow + left;
    for (let b = fromColumn; b < toColumn; b++) {
      sum = f32x4.add(sum, v128.load(x));
      x += step;
    }
  }
  return sum;
}
