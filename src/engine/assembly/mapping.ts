import { activate } from "./activation";
import { Mapping } from "./jobs";
import { clamp, storeLanes } from "./microKernel";

/** What is done, in the order of `mappings` in src/engine/finish.ts. */
const ADD: i32 = 1;
const MULTIPLY: i32 = 2;
const SCALE_CHANNELS: i32 = 3;

/** One tile of a function of maps, value by value: some pixels, all channels, then limits and an activation. */
export function mapTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Mapping>(address);
  const first = tile * job.pixelBlock;
  const last = min(first + job.pixelBlock, job.pixels);
  const low = f32x4.splat(job.low);
  const high = f32x4.splat(job.high);
  const scale = f32x4.splat(job.scale);
  for (let p = first; p < last; p++) {
    const x = job.input + p * job.inputPixel;
    const second = job.second + (p / job.repeat) * job.secondPixel;
    const y = job.output + p * job.outputPixel;
    const count = job.channels;
    if (job.operation == ADD) {
      for (let c = 0; c < count; c += 4) {
        const other = f32x4.mul(v128.load(second + (c << 2)), scale);
        storeLanes(
          y + (c << 2),
          clamp(f32x4.add(v128.load(x + (c << 2)), other), low, high),
          count - c,
        );
      }
    } else if (job.operation == MULTIPLY) {
      for (let c = 0; c < count; c += 4) {
        const product = f32x4.mul(v128.load(x + (c << 2)), v128.load(second + (c << 2)));
        storeLanes(y + (c << 2), clamp(product, low, high), count - c);
      }
    } else if (job.operation == SCALE_CHANNELS) {
      for (let c = 0; c < count; c += 4) {
        const product = f32x4.mul(v128.load(x + (c << 2)), v128.load(job.factors + (c << 2)));
        const value = f32x4.add(product, v128.load(job.shifts + (c << 2)));
        storeLanes(y + (c << 2), clamp(value, low, high), count - c);
      }
    } else {
      for (let c = 0; c < count; c += 4)
        storeLanes(y + (c << 2), clamp(v128.load(x + (c << 2)), low, high), count - c);
    }
    activate(job.activation, y, count);
  }
}
