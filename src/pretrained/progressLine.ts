import { inNotebook, liveDisplay } from "../notebook";

/** A bar for one fetch, below the cell or in the terminal. Nothing shows where nothing has to be fetched. */
export function progressLine(title: string): { update(fraction: number): void; end(): void } {
  return inNotebook() ? notebookLine(title) : terminalLine(title);
}

const CELLS = 40;

function notebookLine(title: string) {
  const line = liveDisplay();
  let shown = -1;
  const show = (cells: number, note: string): void => {
    if (cells === shown) return;
    shown = cells;
    const bar = "█".repeat(cells) + "░".repeat(CELLS - cells);
    line.update({ "text/plain": `${bar} ${note}` });
  };
  return {
    update: (fraction: number) =>
      show(Math.floor(fraction * CELLS), `${Math.round(fraction * 100)}%  ${title}`),
    end: () => void (shown >= 0 && show(CELLS, title)),
  };
}

function terminalLine(title: string) {
  const { SingleBar } = require("cli-progress") as typeof import("cli-progress"); // loaded when first needed
  const bar = new SingleBar({ format: `{bar} {percentage}%  ${title}`, clearOnComplete: true });
  let started = false;
  return {
    update(fraction: number) {
      if (!started) bar.start(1, 0);
      started = true;
      bar.update(fraction);
    },
    end: () => void (started && bar.stop()),
  };
}
