import { gatherWindows } from "./gather";
import { FilterGradient } from "./jobs";
import { ASIDE, multiplyPanel, noLimits, PANEL, STRIP } from "./microKernel";

/**
 * One tile of the gradient to the filter: some rows (kernel row, kernel column, channel) and some columns
 * (output channels) of dFilter, summed over every pixel of the batch.
 *
 *      windows, transposed          dy                       dFilter
 *     ┌───────────────────┐     ┌────────┐
 *     │ k                 │     │        │ pixels           ┌────────┐
 *     │    pixels →       │  ×  │        │ ↓          →     │ k      │
 *     └───────────────────┘     └────────┘                  └────────┘
 *
 * The windows are gathered as for the forward pass, one pixel a row. The micro-kernel reads them down the
 * columns (its `step` is then a whole row), so nothing is transposed. No two tiles share a result, so
 * threads need no sums of their own.
 */
export function filterGradientTile(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<FilterGradient>(address);
  const depth = job.kernelHeight * job.kernelWidth * job.channels;
  const depthBlocks = (depth + job.depthBlock - 1) / job.depthBlock;
  const columnBlocks = (job.columns + job.columnBlock - 1) / job.columnBlock;
  const totalPixels = job.batch * job.outputHeight * job.outputWidth;

  const group = tile / (depthBlocks * columnBlocks);
  const firstColumn = ((tile / depthBlocks) % columnBlocks) * job.columnBlock;
  const lastColumn = min(firstColumn + job.columnBlock, job.columns);
  const firstRow = (tile % depthBlocks) * job.depthBlock;
  const thick = min(job.depthBlock, depth - firstRow);
  const padded = ((thick + STRIP - 1) / STRIP) * STRIP;

  const input = job.input + ((group * job.channels) << 2);
  const output = job.output + ((group * job.columns + firstColumn) << 2);
  const gradient = job.gradient + ((group * job.columns) << 2) + firstRow * job.gradientRow;

  // An odd number of cache lines from row to row: powers of two would share a few lines of the L1 cache.
  const rowBytes: usize = ((((thick << 2) + 63) >> 6) | 1) << 6;
  const zeros = scratch + ASIDE;
  const allThrough = noLimits(zeros + PANEL * 4);
  const addresses = allThrough + 32;
  const rows = addresses + (padded << 2);
  const windows = (rows + (padded << 2) + 63) & ~63;
  const panels = windows + job.pixelBlock * rowBytes + 64;

  v128.store(zeros, f32x4.splat(0));
  v128.store(zeros, f32x4.splat(0), 16);
  for (let k = 0; k < padded; k++) {
    const row = min(k, thick - 1);
    store<u32>(addresses + (k << 2), <u32>(gradient + row * job.gradientRow));
    store<u32>(rows + (k << 2), <u32>(windows + (row << 2)));
  }

  for (let pixel = 0; pixel < totalPixels; pixel += job.pixelBlock) {
    const pixels = min(job.pixelBlock, totalPixels - pixel);
    gatherWindows(job, input, pixel, pixels, firstRow, firstRow + thick, windows, rowBytes);
    packRows(
      output + pixel * job.outputPixel,
      job.outputPixel,
      pixels,
      lastColumn - firstColumn,
      panels,
    );
    for (let column = firstColumn; column < lastColumn; column += PANEL) {
      const panel = panels + (column - firstColumn) * pixels * 4;
      multiplyPanel(
        rows,
        padded,
        0,
        rowBytes,
        panel,
        pixels,
        addresses,
        column << 2,
        lastColumn - column,
        pixel == 0 ? zeros : 0,
        pixel == 0 ? 0 : addresses,
        allThrough,
        scratch,
      );
    }
  }
}

/** Packs rows of dy into panels of eight columns. What a last narrow panel has too much is never stored. */
function packRows(source: usize, rowBytes: usize, rows: i32, columns: i32, panels: usize): void {
  for (let column = 0; column < columns; column += PANEL) {
    let row = source + (column << 2);
    for (let r = 0; r < rows; r++) {
      v128.store(panels, v128.load(row));
      v128.store(panels, v128.load(row, 16), 16);
      row += rowBytes;
      panels += PANEL * 4;
    }
  }
}
