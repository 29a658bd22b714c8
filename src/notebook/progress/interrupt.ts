import { notebookKernel } from "../kernel";

/** Whether somebody wants a long task to end: by Ctrl-C, or by the notebook's button. */
export interface Interrupt {
  readonly requested: boolean;
  /** Listens no longer. */
  release(): void;
}

/** The tasks that are under way. */
const waiting = new Set<{ requested: boolean }>();
/** Those who listened before, and do so again afterwards. */
let others: NodeJS.SignalsListener[] = [];

/**
 * Takes interrupts (SIGINT) as a wish to end the work, and not the process or the notebook's cell: without
 * this, Ctrl-C ends Node, and a notebook drops what the cell was about to return. A second interrupt does
 * what interrupts do otherwise.
 */
export function listenForInterrupt(): Interrupt {
  const state = { requested: false };
  if (waiting.size === 0) {
    others = process.listeners("SIGINT");
    process.removeAllListeners("SIGINT");
    process.on("SIGINT", onInterrupt);
    notebookKernel()?.endsByItself?.(true);
  }
  waiting.add(state);
  return {
    get requested() {
      return state.requested;
    },
    release: () => {
      waiting.delete(state);
      if (waiting.size === 0) stopListening();
    },
  };
}

function onInterrupt(): void {
  const again = [...waiting].every(({ requested }) => requested);
  for (const state of waiting) state.requested = true;
  if (!again) return;
  waiting.clear();
  stopListening();
  process.kill(process.pid, "SIGINT");
}

function stopListening(): void {
  notebookKernel()?.endsByItself?.(false);
  process.removeListener("SIGINT", onInterrupt);
  for (const listener of others.splice(0)) process.on("SIGINT", listener);
}
