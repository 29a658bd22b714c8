import { asking, type Boundary, inProcess } from "./boundary";
import type { Answer, AsyncAnswer, TestContext } from "./Exercise";

/** How a test calls functions of the library that are to run apart. @param elsewhere this process when left out */
export function apartBy(elsewhere?: (name: string) => Boundary): TestContext["apart"] {
  return <F extends Answer>(name: string, f: F): AsyncAnswer<F> =>
    asking<F>(elsewhere?.(name) ?? inProcess(f), () => {});
}
