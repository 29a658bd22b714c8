import { realpathSync } from "node:fs";
import { createRequire } from "node:module";

/** A display message; one with an id may be replaced by a later one of the same id. */
export interface DisplayMessage {
  data: Record<string, unknown>;
  metadata: object;
  transient: { display_id?: string };
}

/** A channel between the kernel and a part of the page: Jupyter's comm. */
export interface Comm {
  readonly id: string;
  send(data: Record<string, unknown>, buffers?: readonly Uint8Array[]): void;
  close(): void;
}

/** What the page has sent. */
export interface CommMessage {
  data: Record<string, unknown>;
  buffers: Uint8Array[];
  /** Answers this very message: a front end may wait for an answer that names it. */
  reply: Comm["send"];
}

export interface OpenComm {
  target: string;
  data: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  buffers?: readonly Uint8Array[];
  receive(message: CommMessage): void;
}

/** What a kernel offers to the code that runs in it, at `globalThis[Symbol.for("convbook.kernel")]`. */
export interface NotebookKernel {
  /** Shows something below the running cell; `update` replaces what has the same display_id. */
  display(message: DisplayMessage, update: boolean): void;
  /** Takes away what the running cell has shown; with `wait`, when the next output comes. */
  clearOutput?(wait: boolean): void;
  openComm?(comm: OpenComm): Comm;
  /** Work is under way, or no longer, that ends by itself when SIGINT's listeners are called. */
  endsByItself?(underWay: boolean): void;
}

export const KERNEL = Symbol.for("convbook.kernel");

/**
 * The kernel that this process is, or nothing when it is none.
 *
 * @example
 * notebookKernel() // → undefined
 */
export function notebookKernel(): NotebookKernel | undefined {
  return (globalThis as { [KERNEL]?: NotebookKernel })[KERNEL] ?? stockTslab();
}

/**
 * Stock tslab, when this process was started as its kernel. Its public `display` sends one MIME type a
 * message, but a figure needs several forms in one, which its inner module can send.
 */
function stockTslab(): NotebookKernel | undefined {
  const [, program, command] = process.argv;
  if (command !== "kernel" || !/[\\/]tslab(?:[\\/]bin[\\/]tslab)?$/.test(program ?? ""))
    return undefined;
  const { lastWriteDisplayData } = createRequire(realpathSync(program))("../dist/jupyter") as {
    lastWriteDisplayData?: NotebookKernel["display"] | null;
  };
  return lastWriteDisplayData ? { display: lastWriteDisplayData } : undefined;
}

/**
 * Whether this code runs in a notebook, where pictures can be shown.
 *
 * @example
 * inNotebook() // → false
 */
export function inNotebook(): boolean {
  return notebookKernel() !== undefined;
}
