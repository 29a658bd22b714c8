import * as arithmetic from "../../arithmetic";
import * as kernels from "../../kernels";
import * as network from "../../network";
import * as tensor from "../../tensor";

type Names = Record<string | symbol, unknown>;

/**
 * What a loose statement calls that an answer depends on, beside what it does for the answer: it does nothing here, where
 * there is no notebook, and the rest of the statement runs.
 */
const FOR_NOTEBOOKS: Names = {
  check: async () => {},
  hint() {},
  progress() {},
  solution() {},
  submission: async () => {},
};
const PICTURES = ["photograph", "loadImage"];

/** Where pictures cannot be read: something that says so when it is used, for a cell may load one that no answer needs. */
function orUnread(
  read: (...input: unknown[]) => unknown,
): (...input: unknown[]) => Promise<unknown> {
  return async (...input) => {
    try {
      return await read(...input);
    } catch (error) {
      const refuse = (): never => {
        throw error;
      };
      return new Proxy(
        {},
        {
          get: (_, name) => (name === "then" ? undefined : refuse()), // awaited, it is what it is
          has: refuse,
          set: refuse,
          ownKeys: refuse,
          getPrototypeOf: refuse,
          getOwnPropertyDescriptor: refuse,
        },
      );
    }
  };
}

/**
 * The library as an answer imports it. It begins with what most answers stay with; the first other name loads the
 * rest, which takes a process longer than to start. Each answer starts one.
 *
 * @param loadWhole gives all names
 */
export function libraryOnDemand(loadWhole: () => Names): Names {
  const known: Names = { ...tensor, ...arithmetic, ...kernels, ...network, ...FOR_NOTEBOOKS };
  Object.defineProperty(known, "__esModule", { value: true }); // what a compiled import looks for
  let isWhole = false;
  const complete = (): void => {
    if (isWhole) return;
    isWhole = true;
    const whole = loadWhole();
    Object.assign(known, whole, FOR_NOTEBOOKS);
    for (const name of PICTURES) {
      const read = whole[name];
      if (typeof read === "function")
        known[name] = orUnread(read as (...input: unknown[]) => unknown);
    }
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
