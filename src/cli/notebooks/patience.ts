import { setTimeout as sleep } from "node:timers/promises";

/** How something stands that is being waited for. */
export interface Standing {
  isReady: boolean;
  /** What has come so far: as long as that changes, it is worth waiting. */
  seen: string;
}

/** Milliseconds without any change after which nothing more is expected, on a machine that does much else. */
const STALLED = 120_000;

/**
 * Waits until something is ready: not for a time, which says nothing on a busy machine, but as long as there is progress.
 *
 * @param what is waited for, for the error: "the notebook is drawn"
 * @throws Error when nothing has changed for long, which says how it stood then
 */
export async function patiently(
  what: string,
  look: () => Promise<Standing>,
  { stalled = STALLED, pause = 200 } = {},
): Promise<void> {
  let [seen, since] = ["", Date.now()];
  for (;;) {
    const standing = await look();
    if (standing.isReady) return;
    const now = Date.now();
    if (standing.seen !== seen) [seen, since] = [standing.seen, now];
    else if (now - since > stalled)
      throw new Error(
        `Waited in vain until ${what}: nothing has changed for ${Math.round(stalled / 1000)} seconds (${seen}).`,
      );
    await sleep(pause);
  }
}
