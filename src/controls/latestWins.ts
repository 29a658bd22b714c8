import { setImmediate as turn } from "node:timers"; // Node's own: an interrupt stops the learner's

/**
 * Work that is slower than the values come: while it is under way only the latest of them is kept, and is next. So
 * no value is worked on that was passed meanwhile, and the last is never left out.
 *
 * @param work must not throw
 */
export function latestWins<Value>(work: (value: Value) => unknown): (value: Value) => void {
  let next: { value: Value } | undefined;
  let run = 0; // the number of the run that is under way, or 0
  let runs = 0;
  let computing = false;
  const go = async (own: number): Promise<void> => {
    while (run === own && next) {
      // What came while the thread was busy is still to be heard.
      await new Promise<void>((resolve) => turn(resolve));
      const { value } = next;
      next = undefined;
      computing = true;
      const working = work(value);
      computing = false;
      await working;
    }
    if (run === own) run = 0;
  };
  return (value) => {
    next = { value };
    // Nobody can be heard while the work computes: an interrupt has ended it, without a trace.
    if (computing) [computing, run] = [false, 0];
    if (run === 0) void go((run = ++runs));
  };
}
