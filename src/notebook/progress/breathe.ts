/** Lets everything else have its turn: an interrupt is heard, the notebook is answered. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
