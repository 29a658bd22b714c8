import { Folding } from "./jobs";

/**
 * col2im for one row of images: adds up what the windows that see the row hold of it, a matrix with a row for
 * each window. Written from the side of the image, so that no two tiles write the same address.
 */
export function foldTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Folding>(address);
  const m = tile / job.height;
  const row = tile % job.height;
  const target = job.input + m * job.inputImage + row * job.inputRow;
  for (let column = 0; column < job.width; column++)
    for (let c = 0; c < job.channels; c++)
      store<f32>(target + column * job.inputPixel + (c << 2), load<f32>(job.bias + (c << 2)));

  // Neighbouring taps of a kernel row are neighbours in the image, unless dilation comes between them.
  const runs = job.dilationWidth == 1 ? 1 : job.kernelWidth;
  const length = (job.kernelWidth / runs) * job.channels;
  for (let a = 0; a < job.kernelHeight; a++) {
    const first = row + job.top - a * job.dilationHeight;
    if (first < 0 || first % job.strideHeight != 0) continue;
    const i = first / job.strideHeight;
    if (i >= job.outputHeight) continue;
    let windows = job.output + m * job.outputImage + i * job.outputRow;
    windows += (a * job.kernelWidth * job.channels) << 2;
    for (let j = 0; j < job.outputWidth; j++) {
      for (let run = 0; run < runs; run++) {
        const column = j * job.strideWidth - job.left + run * job.dilationWidth;
        const from = max(0, -column * job.channels);
        const to = min(length, (job.width - column) * job.channels);
        const source = windows + ((run * length) << 2);
        const address = target + column * job.inputPixel;
        addFloats(address + (from << 2), source + (from << 2), to - from);
      }
      windows += job.outputPixel;
    }
  }
}

function addFloats(target: usize, source: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const address = target + (i << 2);
    v128.store(address, f32x4.add(v128.load(address), v128.load(source + (i << 2))));
  }
  for (; i < count; i++) {
    const address = target + (i << 2);
    store<f32>(address, load<f32>(address) + load<f32>(source + (i << 2)));
  }
}
