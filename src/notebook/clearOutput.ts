import { notebookKernel } from "./kernel";
import { requireKnown } from "./requireKnown";

/**
 * Takes away what the running cell has shown so far; outside a notebook it does nothing.
 *
 * @param options `wait`: not now, but when the next output comes, so that nothing flickers
 *
 * @example
 * clearOutput({ wait: true }) // → undefined
 */
export function clearOutput(options: { wait?: boolean | undefined } = {}): void {
  requireKnown("clearOutput", options, { wait: true });
  const { wait = false } = options;
  notebookKernel()?.clearOutput?.(wait);
}
