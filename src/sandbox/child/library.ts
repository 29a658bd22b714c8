import { readFileSync } from "node:fs";
import * as arithmetic from "../../arithmetic";
import * as kernels from "../../kernels";
import * as network from "../../network";
import { CHECKED_ANSWER } from "../../sources/caughtAnswer";
import * as tensor from "../../tensor";
import { pictureKey } from "../pictureKey";

/** What checks were given while the code was loaded, by the ids of the exercises. */
const checked = new Map<string, unknown>();

/** For code that asks for an answer which only running the checks shows, see `caughtAnswer`. */
async function checkedAnswer(id: string, declared: unknown): Promise<unknown> {
  await new Promise((resolve) => setImmediate(resolve)); // for checks that nobody awaits
  for (const [key, answer] of checked) if (key === id || key.slice(3) === id) return answer;
  if (declared !== undefined) return declared;
  throw new Error("no cell declares a function of this name, and no check was given one.");
}

type Names = Record<string | symbol, unknown>;

/**
 * What a loose statement calls that an answer depends on, beside what it does for the answer: it does nothing here, where
 * there is no notebook, and the rest of the statement runs. But a check keeps the answer that it is given.
 */
const FOR_NOTEBOOKS: Names = {
  check: async (id: unknown, answer: unknown) => {
    if (typeof id === "string" && typeof answer === "function") checked.set(id, answer);
  },
  hint() {},
  progress() {},
  solution() {},
  submission: async () => {},
};
/** No file is here, and what Node says of that helps nobody. */
async function loadImage(): Promise<never> {
  throw new Error(
    "loadImage(): pictures cannot be read here, since the grader gives an answer no files. It takes pictures as arguments, and photograph() has those of the course.",
  );
}

/**
 * The grader has the photographs of the course, since nothing here can decode one. Each call gives a copy of its own, as
 * reading a file would.
 */
function orWanted(
  read: (...input: unknown[]) => Promise<unknown>,
  ask: (name: unknown, options: unknown) => unknown,
): (...input: unknown[]) => Promise<unknown> {
  const known = new Map<string, tensor.Tensor>();
  return async (...input) => {
    const [name, options = {}] = input;
    const key = input.length <= 2 ? pictureKey(name, options) : undefined;
    if (key === undefined) return read(...input);
    const picture = known.get(key) ?? ask(name, options);
    if (!(picture instanceof tensor.Tensor)) return read(...input);
    known.set(key, picture);
    return picture.clone();
  };
}

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
 * @param names those that the library has: the rooms have tools of their own beside them
 * @param askForPicture gives a photograph of the course, or undefined
 */
export function libraryOnDemand(
  loadWhole: () => Names,
  names: ReadonlySet<string>,
  askForPicture: (name: unknown, options: unknown) => unknown,
): Names {
  const rooms: Names = { ...tensor, ...arithmetic, ...kernels, ...network };
  const open = Object.entries(rooms).filter(([name]) => names.has(name));
  const known: Names = { ...Object.fromEntries(open), ...FOR_NOTEBOOKS };
  Object.defineProperty(known, "__esModule", { value: true }); // what a compiled import looks for
  Object.defineProperty(known, CHECKED_ANSWER, { value: checkedAnswer });
  let isWhole = false;
  const complete = (): void => {
    if (isWhole) return;
    isWhole = true;
    const whole = loadWhole();
    Object.assign(known, whole, FOR_NOTEBOOKS);
    const read = whole.photograph as (...input: unknown[]) => unknown;
    known.photograph = orWanted(orUnread(read), askForPicture);
    known.loadImage = orUnread(loadImage);
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

/** The names that a compiled module exports, read and not run: to run the library's list is to load all of it. */
export function exportedNames(file: string): ReadonlySet<string> {
  return new Set([...readFileSync(file, "utf8").matchAll(/\bexports\.(\w+) =/g)].map(([, n]) => n));
}
