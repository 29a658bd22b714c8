import { Packing } from "./jobs";
import { PANEL } from "./microKernel";

/**
 * Copies a filter into panels of eight columns, one panel a tile. The micro-kernel then walks through
 * each panel from front to back, 32 bytes a step, and finds in the cache what it needs next.
 *
 *       filter, row by row                  panels
 *     ┌────────┬────────┬──┐     ┌────────┐ ┌────────┐ ┌────────┐
 *     │  0     │  1     │2 │     │  0     │ │  1     │ │2 zeros │
 *     │        │        │  │  →  │        │ │        │ │        │
 *     └────────┴────────┴──┘     └────────┘ └────────┘ └────────┘
 *
 * The gradient to the input wants the filter transposed, and its taps in another order: rows and columns
 * have a step each, and the taps come from a list.
 */
export function packPanel(address: usize, scratch: usize, tile: i32): void {
  const job = changetype<Packing>(address);
  const panelCount = (job.columns + PANEL - 1) / PANEL;
  const group = tile / panelCount;
  const column = (tile % panelCount) * PANEL;
  const wanted = min(PANEL, job.columns - column);
  const source = job.source + group * job.sourceGroup + column * job.sourceColumn;
  let target = job.panels + tile * job.tapCount * job.rows * (PANEL * 4);

  for (let t = 0; t < job.tapCount; t++) {
    let row = source + load<u32>(job.taps + (t << 2));
    for (let r = 0; r < job.rows; r++) {
      if (wanted == PANEL && job.sourceColumn == 4) {
        v128.store(target, v128.load(row));
        v128.store(target, v128.load(row, 16), 16);
      } else {
        for (let i = 0; i < PANEL; i++)
          store<f32>(target + (i << 2), i < wanted ? load<f32>(row + i * job.sourceColumn) : 0);
      }
      row += job.sourceRow;
      target += PANEL * 4;
    }
  }
}
