import { asking, type Border, inProcess } from "./border";
import type { Answer, Asked, TestContext } from "./Exercise";

/** How a test calls functions of the library that are to run apart. @param elsewhere this process when left out */
export function apartBy(elsewhere?: (name: string) => Border): TestContext["apart"] {
  return <F extends Answer>(name: string, f: F): Asked<F> =>
    asking<F>(elsewhere?.(name) ?? inProcess(f), () => {});
}
