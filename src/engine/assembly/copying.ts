import { Copying, Filling } from "./jobs";
import { storeLanes } from "./microKernel";

/** Copies one row of maps, all channels of each pixel. */
export function copyTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Copying>(address);
  const m = tile / job.height;
  const i = tile % job.height;
  const input = job.input + m * job.inputImage + i * job.inputRow;
  const output = job.output + m * job.outputImage + i * job.outputRow;
  for (let j = 0; j < job.width; j++) {
    const source = input + j * job.inputPixel;
    const target = output + j * job.outputPixel;
    if (job.groups > 1) shuffle(source, target, job.channels, job.groups);
    else
      for (let c = 0; c < job.channels; c += 4)
        storeLanes(target + (c << 2), v128.load(source + (c << 2)), job.channels - c);
  }
}

/** The channels of one pixel, written in `groups` rows and read in columns. */
function shuffle(source: usize, target: usize, channels: i32, groups: i32): void {
  const each = channels / groups;
  let i = 0;
  if (groups == 2) {
    const second = source + (each << 2);
    for (; i + 4 <= each; i += 4) {
      const a = v128.load(source + (i << 2));
      const b = v128.load(second + (i << 2));
      v128.store(target + (i << 3), i32x4.shuffle(a, b, 0, 4, 1, 5));
      v128.store(target + (i << 3), i32x4.shuffle(a, b, 2, 6, 3, 7), 16);
    }
  }
  for (; i < each; i++)
    for (let g = 0; g < groups; g++)
      store<f32>(target + ((i * groups + g) << 2), load<f32>(source + ((g * each + i) << 2)));
}

/** Writes zeros. */
export function fillTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Filling>(address);
  const first = tile * job.block;
  memory.fill(job.output + (first << 2), 0, min(job.block, job.length - first) << 2);
}
