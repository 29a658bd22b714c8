import { Console } from "node:console";
import { Writable } from "node:stream";
import { cellNow } from "./context";

/**
 * Sends what is printed to the cell that prints it: by `console`, and by what writes to the process's own
 * streams. The console is one of our own, because Node's keeps for a debugger, and so for this kernel, every
 * object that was ever printed.
 */
export function redirectOutput(clear: () => void): void {
  for (const name of ["stdout", "stderr"] as const) redirect(name);
  const own = new Console({
    stdout: through("stdout"),
    stderr: through("stderr"),
    colorMode: false,
    ignoreErrors: false,
  });
  own.clear = clear;
  Object.defineProperty(globalThis, "console", {
    value: own,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

function redirect(name: "stdout" | "stderr"): void {
  const stream = process[name];
  const write = stream.write.bind(stream);
  const redirected = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error) => void),
    callback?: (error?: Error) => void,
  ): boolean => {
    const cell = cellNow();
    if (!cell) return write(chunk);
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    cell.write(name, text);
    const done = typeof encoding === "function" ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
  stream.write = redirected as typeof stream.write;
}

/** A stream for the console that hands on every text before its write returns. */
function through(name: "stdout" | "stderr"): Writable {
  const stream = new Writable({ decodeStrings: false });
  stream.write = ((chunk: string | Uint8Array) =>
    process[name].write(chunk)) as typeof stream.write;
  return stream;
}
