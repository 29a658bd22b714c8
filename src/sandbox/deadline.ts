/** However busy the machine is: this many times the limit by the clock on the wall, and no work lasts longer. */
const PATIENCE = 4;
/** How often work under way is looked after, in milliseconds. */
const LOOK = 100;

/**
 * Calls `late` when work has taken too long, and the work alone: neither what other programs take of the processor
 * counts, by the clock that is given, nor the time in which this thread is busy. It keeps the process from its end.
 *
 * @param limit milliseconds of `now`
 * @param now the time of whoever does the work, in milliseconds
 * @returns ends the watch
 */
export function deadline(limit: number, now: () => number, late: () => void): () => void {
  let due = now() + limit;
  let latest = performance.now() + PATIENCE * limit;
  const pause = Math.min(LOOK, limit);
  let ended = false;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const begun = performance.now();
    timer = setTimeout(() => {
      // While this thread was busy it heard nobody: an answer that lies there unread is not late.
      const deaf = Math.max(0, performance.now() - begun - pause);
      due += deaf;
      latest += deaf;
      setImmediate(look);
    }, pause);
  };
  const look = (): void => {
    if (ended) return;
    if (now() >= due || performance.now() >= latest) late();
    else wait();
  };
  wait();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
