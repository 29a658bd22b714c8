import { INPUT_BYTES, Shared } from "../session/between";

/** A front end that shows no box to type in, such as one that executes a notebook unattended. */
class InputError extends Error {
  override name = "InputError";
}

/**
 * Gives the learner's code `prompt(question)`, which waits for a line as the browser's does. The main thread
 * sleeps meanwhile; the wire's thread asks, and wakes it.
 *
 * @param allowed whether the running cell's front end can ask
 * @param ask sends the question
 */
export function offerInput(
  shared: SharedArrayBuffer,
  input: SharedArrayBuffer,
  allowed: () => boolean,
  ask: (prompt: string, password: boolean) => void,
): void {
  const state = new Int32Array(shared);
  const bytes = new Uint8Array(input, 0, INPUT_BYTES);
  const prompt = (message: unknown = "", preset?: string): string => {
    if (!allowed())
      throw new InputError(
        "prompt(): nobody can be asked here; this front end has no box to type in.",
      );
    Atomics.store(state, Shared.inputState, 0);
    ask(String(message), false);
    Atomics.wait(state, Shared.inputState, 0);
    const length = Atomics.load(state, Shared.inputState) - 1;
    if (length < 0) throw new InputError("prompt(): nobody can be asked while no cell is running.");
    const line = Buffer.from(bytes.slice(0, length)).toString("utf8");
    return line === "" && preset !== undefined ? preset : line;
  };
  Object.defineProperty(globalThis, "prompt", {
    value: prompt,
    writable: true,
    configurable: true,
  });
}
