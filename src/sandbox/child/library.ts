import * as arithmetic from "../../arithmetic";
import * as kernels from "../../kernels";
import * as network from "../../network";
import * as tensor from "../../tensor";

type Names = Record<string | symbol, unknown>;

/**
 * The library as an answer imports it. It begins with what most answers stay with; the first other name loads the
 * rest, which takes a process longer than to start. Each answer starts one.
 *
 * @param loadWhole gives all names
 */
export function libraryOnDemand(loadWhole: () => Names): Names {
  const known: Names = { ...tensor, ...arithmetic, ...kernels, ...network };
  Object.defineProperty(known, "__esModule", { value: true }); // what a compiled import looks for
  let isWhole = false;
  const complete = (): void => {
    if (isWhole) return;
    isWhole = true;
    Object.assign(known, loadWhole());
  };
  return new Proxy(known, {
    get(_, name) {
      if (!(name in known)) complete();
      return known[name];
    },
    has(_, name) {
      complete();
      return name in known;
    },
    ownKeys() {
      complete();
      return Reflect.ownKeys(known);
    },
  });
}
