import { Reduction } from "./jobs";
import { storeLanes } from "./microKernel";

/**
 * One cell of a grid laid over the maps, for a block of channels: cell (i, j) of `rows` by `columns` reaches from
 * floor(i · height / rows) to ceil((i + 1) · height / rows), so that neighbours share what lies between them.
 */
export function reduceTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Reduction>(address);
  const blocks = (job.channels + job.channelBlock - 1) / job.channelBlock;
  const cell = (tile / blocks) % (job.rows * job.columns);
  const m = tile / blocks / (job.rows * job.columns);
  const firstChannel = (tile % blocks) * job.channelBlock;
  const lastChannel = min(firstChannel + job.channelBlock, job.channels);

  const i = cell / job.columns;
  const j = cell % job.columns;
  const top = (i * job.height) / job.rows;
  const bottom = ((i + 1) * job.height + job.rows - 1) / job.rows;
  const left = (j * job.width) / job.columns;
  const right = ((j + 1) * job.width + job.columns - 1) / job.columns;
  const image = job.input + m * job.inputImage;
  const target = job.output + m * job.outputImage + cell * job.outputPixel;
  const count = f32x4.splat(<f32>((bottom - top) * (right - left)));

  for (let c = firstChannel; c < lastChannel; c += 4) {
    let total = f32x4.splat(job.maximum ? -Infinity : 0);
    for (let row = top; row < bottom; row++) {
      let x = image + row * job.inputRow + left * job.inputPixel + (c << 2);
      const end = x + (right - left) * job.inputPixel;
      // Each row has a sum of its own: fewer values of very different size meet.
      let sum = v128.load(x);
      for (x += job.inputPixel; x < end; x += job.inputPixel)
        sum = job.maximum ? f32x4.max(sum, v128.load(x)) : f32x4.add(sum, v128.load(x));
      total = job.maximum ? f32x4.max(total, sum) : f32x4.add(total, sum);
    }
    const value = job.maximum ? total : f32x4.div(total, count);
    storeLanes(target + (c << 2), value, lastChannel - c);
  }
}
