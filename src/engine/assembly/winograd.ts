import { activate, NONE } from "./activation";
import { gatherWindows } from "./gather";
import { Winograd } from "./jobs";
import { ASIDE, clamp, multiplyPanel, noLimits, PANEL, storeLanes, STRIP } from "./microKernel";
import { transformedPanelBytes, transformInput, transformOutput } from "./winogradTransforms";

/** Side of a patch of output pixels, and of the patch of x that it depends on. */
const OUT: i32 = 4;
const IN: i32 = 6;
/** Products that a patch takes for each pair of channels. */
export const PRODUCTS: i32 = IN * IN;

/**
 * One tile of a 3x3 convolution by Winograd's method: a block of 4x4 patches of the output, times a block of
 * output channels.
 *
 *      x, 6x6          36 matrix products                    y, 4x4
 *     ┌──────┐   Bᵀ·B   ┌─┐   ┌──────┐   ┌─┐     Aᵀ·A     ┌────┐
 *     │      │  ─────→  │V│ × │  U   │ = │M│    ─────→    │    │
 *     │      │          └─┘   └──────┘   └─┘              └────┘
 *     └──────┘      [patches, cin] · [cin, cout], 36 times
 *
 * The 16 results of a patch take 36 products for each pair of channels, where the definition takes
 * 16 · 9 = 144. The price are the transforms before and after, whose cost does not grow with both numbers
 * of channels, only with each.
 *
 * Each of the 36 positions (row, column) of the 6x6 squares makes a matrix product of its own, for which the
 * micro-kernel is the same as ever.
 */
export function winogradTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Winograd>(address);
  const total = job.batch * job.outputHeight * job.outputWidth;
  const blocks = (total + job.patchBlock - 1) / job.patchBlock;
  const first = (tile % blocks) * job.patchBlock;
  const patches = min(job.patchBlock, total - first);
  const firstColumn = (tile / blocks) * job.columnBlock;
  const columns = min(job.columnBlock, job.columns - firstColumn);

  const padded = ((patches + STRIP - 1) / STRIP) * STRIP;
  const thickest = min(job.channels, job.depthBlock);
  const rowBytes: usize = ((thickest + 3) & ~3) << 2;
  const productBytes = ((columns + PANEL - 1) / PANEL) * PANEL * 4;
  const workspace = scratch + ASIDE;
  const zeros = workspace + PRODUCTS * 16;
  const rows = zeros + PANEL * 4 + 32;
  const addresses = rows + PRODUCTS * padded * 4;
  const edge = (addresses + PRODUCTS * padded * 4 + 63) & ~63;
  const transformed = edge + PRODUCTS * job.channels * 4 + 64; // V, [36, patches, thickest]
  const products = transformed + PRODUCTS * patches * rowBytes + 64; // M, [36, patches, columns]

  v128.store(zeros, f32x4.splat(0));
  v128.store(zeros, f32x4.splat(0), 16);
  const allThrough = noLimits(zeros + PANEL * 4);
  for (let e = 0; e < PRODUCTS; e++)
    for (let p = 0; p < padded; p++) {
      const patch = e * patches + min(p, patches - 1);
      store<u32>(rows + ((e * padded + p) << 2), <u32>(transformed + patch * rowBytes));
      store<u32>(addresses + ((e * padded + p) << 2), <u32>(products + patch * productBytes));
    }

  for (let k = 0; k < job.channels; k += job.depthBlock) {
    const thick = min(job.depthBlock, job.channels - k);
    for (let p = 0; p < patches; p++)
      transformPatch(
        job,
        first + p,
        k,
        thick,
        workspace,
        edge,
        transformed + p * rowBytes,
        patches * rowBytes,
      );
    for (let e = 0; e < PRODUCTS; e++)
      for (let column = 0; column < columns; column += PANEL) {
        const panel = ((firstColumn + column) / PANEL) * PRODUCTS + e;
        multiplyPanel(
          rows + ((e * padded) << 2),
          padded,
          0,
          4,
          job.panels + panel * transformedPanelBytes(job.channels) + k * (PANEL * 4),
          thick,
          addresses + ((e * padded) << 2),
          column << 2,
          PANEL,
          k == 0 ? zeros : 0,
          k == 0 ? 0 : addresses + ((e * padded) << 2),
          allThrough,
          scratch,
        );
      }
  }

  for (let p = 0; p < patches; p++)
    finishPatch(
      job,
      first + p,
      firstColumn,
      columns,
      workspace,
      products + p * productBytes,
      patches * productBytes,
    );
}

/** Bᵀ·x·B for each channel of a 6x6 patch of x; entry e of the result goes to `target + e * step`. */
function transformPatch(
  job: Winograd,
  patch: i32,
  firstChannel: i32,
  channels: i32,
  workspace: usize,
  edge: usize,
  target: usize,
  step: usize,
): void {
  const j = patch % job.outputWidth;
  const i = (patch / job.outputWidth) % job.outputHeight;
  const m = patch / job.outputWidth / job.outputHeight;
  const row = i * OUT - job.top;
  const column = j * OUT - job.left;
  let pixelBytes = job.inputPixel;
  let rowBytes = job.inputRow;
  let source = job.input + m * job.inputImage + row * rowBytes + column * pixelBytes;
  if (row < 0 || column < 0 || row + IN > job.height || column + IN > job.width) {
    // The patch hangs over the edge: work on a copy with zeros around.
    pixelBytes = job.channels << 2;
    rowBytes = pixelBytes * IN;
    source = edge;
    gatherWindows(job, job.input, patch, 1, 0, PRODUCTS * job.channels, edge, 0);
  }
  source += firstChannel << 2;
  for (let c = 0; c < channels; c += 4) {
    for (let b = 0; b < IN; b++)
      transformInput(source + b * pixelBytes + (c << 2), rowBytes, workspace + (b << 4), IN * 16);
    for (let a = 0; a < IN; a++)
      transformInput(workspace + a * IN * 16, 16, target + a * IN * step + (c << 2), step);
  }
}

/** Aᵀ·M·A plus bias for each output channel of a patch; entry e of M lies at `source + e * step`. */
function finishPatch(
  job: Winograd,
  patch: i32,
  firstColumn: i32,
  columns: i32,
  workspace: usize,
  source: usize,
  step: usize,
): void {
  const j = (patch % job.outputWidth) * OUT;
  const i = ((patch / job.outputWidth) % job.outputHeight) * OUT;
  const m = patch / job.outputWidth / job.outputHeight;
  const height = min(OUT, job.resultHeight - i);
  const width = min(OUT, job.resultWidth - j);
  const output = job.output + m * job.outputImage + i * job.outputRow + j * job.outputPixel;
  const added = job.added + m * job.addedImage + i * job.addedRow + j * job.addedPixel;
  const low = f32x4.splat(job.low);
  const high = f32x4.splat(job.high);
  for (let c = 0; c < columns; c += 4) {
    const bias = v128.load(job.bias + ((firstColumn + c) << 2));
    for (let b = 0; b < IN; b++)
      transformOutput(source + b * step + (c << 2), IN * step, workspace + (b << 4), IN * 16);
    for (let a = 0; a < height; a++) {
      transformOutput(workspace + a * IN * 16, 16, workspace + a * IN * 16, 16);
      for (let b = 0; b < width; b++) {
        const address = output + a * job.outputRow + b * job.outputPixel + ((firstColumn + c) << 2);
        let value = f32x4.add(v128.load(workspace + a * IN * 16 + (b << 4)), bias);
        if (job.added) {
          const other = added + a * job.addedRow + b * job.addedPixel + ((firstColumn + c) << 2);
          value = f32x4.add(value, v128.load(other));
        }
        storeLanes(address, clamp(value, low, high), columns - c);
      }
    }
  }
  if (job.activation == NONE) return;
  for (let a = 0; a < height; a++)
    for (let b = 0; b < width; b++) {
      const address = output + a * job.outputRow + b * job.outputPixel + (firstColumn << 2);
      activate(job.activation, address, columns);
    }
}
