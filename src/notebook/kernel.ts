/** How the tslab kernel sends a display message; `update` replaces an earlier one of the same display_id. */
export type SendDisplay = (
  message: { data: Record<string, unknown>; metadata: object; transient: { display_id?: string } },
  update: boolean,
) => void;

const KERNEL_MODULE = /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/;

/**
 * The sender of the kernel that this process is, or nothing when it is no kernel.
 *
 * tslab's public `display` sends one MIME type a message, but a figure needs several forms in one. Its
 * inner module has the whole sender. It is looked up among the modules already loaded: a kernel has
 * loaded it, and elsewhere loading it would cost a second for nothing.
 */
export function kernelDisplay(): SendDisplay | undefined {
  for (const path in require.cache) {
    if (!KERNEL_MODULE.test(path)) continue;
    const { lastWriteDisplayData } = require.cache[path]?.exports as {
      lastWriteDisplayData?: SendDisplay | null;
    };
    if (lastWriteDisplayData) return lastWriteDisplayData;
  }
  return undefined;
}

/**
 * Whether this code runs in a notebook, where pictures can be shown.
 *
 * @example
 * inNotebook() // → false
 */
export function inNotebook(): boolean {
  return kernelDisplay() !== undefined;
}
