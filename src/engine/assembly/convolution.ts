import { activate, NONE } from "./activation";
import { gatherWindows, listPixels } from "./gather";
import { Convolution } from "./jobs";
import { ASIDE, multiplyPanel, noLimits, PANEL, STRIP } from "./microKernel";

/** Where in the scratch memory limits lie that let everything through. */
const LIMITS: i32 = ASIDE;
/** Where the lists of addresses begin. */
const LISTS: i32 = ASIDE + 32;

/**
 * One tile of a convolution: a block of output pixels times a block of output channels.
 *
 *                              panels of the filter
 *                           ┌────┬────┬────┬────┐
 *                depthBlock │    │    │    │    │   a panel's block (16 kB) stays in the L1 cache
 *                           ├────┼────┼────┼────┤   while all strips of the block pass by
 *                           │    │    │    │    │
 *     gathered windows      └────┴────┴────┴────┘
 *     ┌─────────┬──────     ┌────┬────┬────┬────┐
 *   5 ├ strip ──┤           │    │    │    │    │
 *   5 ├ strip ──┤           │    │    │    │    │   y
 *     └─────────┴──────     └────┴────┴────┴────┘
 *      (in the L2 cache)
 *
 * A 1x1 convolution without padding needs no gathering: its windows are pixels of x, and the micro-kernel
 * reads them where they are, whatever the stride.
 */
export function convolveTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Convolution>(address);
  const depth = job.kernelHeight * job.kernelWidth * job.channels;
  const totalPixels = job.batch * job.outputHeight * job.outputWidth;
  const pixelBlocks = (totalPixels + job.pixelBlock - 1) / job.pixelBlock;
  const columnBlocks = (job.columns + job.columnBlock - 1) / job.columnBlock;

  const group = tile / (pixelBlocks * columnBlocks);
  const firstColumn = ((tile / pixelBlocks) % columnBlocks) * job.columnBlock;
  const lastColumn = min(firstColumn + job.columnBlock, job.columns);
  const firstPixel = (tile % pixelBlocks) * job.pixelBlock;
  const pixels = min(job.pixelBlock, totalPixels - firstPixel);
  const padded = ((pixels + STRIP - 1) / STRIP) * STRIP;

  const input = job.input + ((group * job.channels) << 2);
  const output = job.output + ((group * job.columns) << 2);
  const panelsPerGroup = (job.columns + PANEL - 1) / PANEL;
  const panels = job.panels + group * panelsPerGroup * depth * (PANEL * 4);
  const bias = job.bias + ((group * panelsPerGroup * PANEL) << 2);

  const addresses = scratch + LISTS;
  const others = addresses + (padded << 2);
  const rows = others + (padded << 2);
  const windows = (rows + (padded << 2) + 63) & ~63;
  listPixels(
    job,
    output,
    job.outputImage,
    job.outputRow,
    job.outputPixel,
    firstPixel,
    pixels,
    padded,
    addresses,
  );
  if (job.added)
    listPixels(
      job,
      job.added + ((group * job.columns) << 2),
      job.addedImage,
      job.addedRow,
      job.addedPixel,
      firstPixel,
      pixels,
      padded,
      others,
    );
  const allThrough = noLimits(scratch + LIMITS);
  const limits = offsetof<Convolution>("low") + address;

  const direct = job.kernelHeight == 1 && job.kernelWidth == 1 && reachesOnlyInside(job);
  const rowBytes: usize = min(depth, job.depthBlock) << 2;
  if (direct) listWindows(job, input, firstPixel, pixels, padded, rows);
  else
    for (let p = 0; p < padded; p++)
      store<u32>(rows + (p << 2), <u32>(windows + min(p, pixels - 1) * rowBytes));

  // A window without taps, as gradients at a stride larger than the kernel have it, still writes its bias.
  let k = 0;
  do {
    const thick = min(job.depthBlock, depth - k);
    if (!direct && thick > 0)
      gatherWindows(job, input, firstPixel, pixels, k, k + thick, windows, rowBytes);
    for (let column = firstColumn; column < lastColumn; column += PANEL) {
      const panel = panels + (column * depth + k * PANEL) * 4;
      // What is added comes with the first block of the sums, before the address of the result, which may be the
      // same, is written; limits come with the last.
      const start = k == 0 ? bias + (column << 2) : 0;
      const added = k > 0 ? addresses : job.added ? others : 0;
      multiplyPanel(
        rows,
        padded,
        direct ? k << 2 : 0,
        4,
        panel,
        thick,
        addresses,
        column << 2,
        lastColumn - column,
        start,
        added,
        k + job.depthBlock < depth ? allThrough : limits,
        scratch,
      );
    }
    k += job.depthBlock;
  } while (k < depth);
  if (job.activation == NONE) return;
  for (let p = 0; p < pixels; p++) {
    const target = load<u32>(addresses + (p << 2)) + (firstColumn << 2);
    activate(job.activation, target, lastColumn - firstColumn);
  }
}

/** Whether each window of a 1x1 kernel lies on a pixel of x, none on padding. */
function reachesOnlyInside(job: Convolution): bool {
  return (
    job.top <= 0 &&
    job.left <= 0 &&
    (job.outputHeight - 1) * job.strideHeight - job.top < job.height &&
    (job.outputWidth - 1) * job.strideWidth - job.left < job.width
  );
}

/** The address of the one pixel that each window of a 1x1 kernel sees. */
function listWindows(
  job: Convolution,
  input: usize,
  firstPixel: i32,
  pixels: i32,
  padded: i32,
  rows: usize,
): void {
  for (let p = 0; p < padded; p++) {
    const pixel = firstPixel + min(p, pixels - 1);
    const j = pixel % job.outputWidth;
    const i = (pixel / job.outputWidth) % job.outputHeight;
    const m = pixel / job.outputWidth / job.outputHeight;
    const row = i * job.strideHeight - job.top;
    const column = j * job.strideWidth - job.left;
    const address = input + m * job.inputImage + row * job.inputRow + column * job.inputPixel;
    store<u32>(rows + (p << 2), <u32>address);
  }
}
