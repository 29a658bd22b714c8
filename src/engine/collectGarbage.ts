import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Has the garbage collector look for memories that nobody holds any more. It does not see how large they are, since
 * they lie outside of JavaScript's own memory, and would come too late.
 */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}
