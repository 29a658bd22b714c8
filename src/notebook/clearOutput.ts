import { notebookKernel } from "./kernel";

/**
 * Takes away what the running cell has shown so far; outside a notebook it does nothing.
 *
 * @param options `wait`: not now, but when the next output comes, so that nothing flickers
 *
 * @example
 * clearOutput({ wait: true }) // → undefined
 */
export function clearOutput({ wait = false }: { wait?: boolean } = {}): void {
  notebookKernel()?.clearOutput?.(wait);
}
