import { ArgumentError, requireFinite, requirePositive, requireFraction } from "../../tensor";
import type { Control } from "../Control";

/** What the function that `interact` calls tells how far it is. */
export interface ProgressReport {
  /** @throws ArgumentError unless `done` is from 0 to `total` */
  report(done: number, total: number): void;
}

/**
 * A bar for `interact` that fills as your function reports: `bar.report(epoch, 10)`. For the page to show it, the
 * function must await between its steps.
 *
 * @example
 * progressBar().start // → 0
 */
export function progressBar(): Control<ProgressReport> {
  let show: ((fraction: number) => void) | undefined;
  const report = (done: number, total: number): void => {
    requirePositive("report", "total", total);
    requireFinite("report", "done", done);
    if (done < 0 || done > total)
      throw new ArgumentError({
        call: "report",
        argument: "done",
        expected: `from 0 to total (${total})`,
        received: done,
      });
    show?.(done / total);
  };
  return {
    part: { kind: "progressBar" },
    start: 0,
    read: (state) => (requireFraction("progressBar", "the fraction", state), { report }),
    connect: (way) => void (show = way),
  };
}
