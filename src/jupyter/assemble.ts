import { KERNEL, type NotebookKernel } from "../notebook";
import type { CellCompiler } from "./compiler";
import { Kernel } from "./Kernel";
import { cellNow, followPromises, leave } from "./runner/context";
import { redirectOutput } from "./runner/console";
import { IdleCollection } from "./runner/IdleCollection";
import { offerInput } from "./runner/input";
import { offerLoopCall } from "./runner/loopCalls";
import { Modules } from "./runner/Modules";
import { replaceTimers } from "./runner/timers";
import { replaceWorkers } from "./runner/workers";
import { type FromMain, Shared, type ToMain } from "./session/between";

export interface Parts {
  shared: SharedArrayBuffer;
  input: SharedArrayBuffer;
  send(message: FromMain): void;
}

/** Puts the main thread together. @returns what is to get the wire's messages */
export function assemble({ shared, input, send }: Parts): (message: ToMain) => void {
  const state = new Int32Array(shared);
  const modules = new Modules();
  const undisturbed = withoutInterrupts(state);
  const compiler = undisturbedCompiler(theCompiler, undisturbed);
  const collection = new IdleCollection(undisturbed);
  const kernel = new Kernel(
    () => compiler,
    modules,
    (message) => {
      send(message);
      if (message.kind === "executed") collection.quiet();
    },
    () => {
      const requested = Atomics.load(state, Shared.interruptRequested);
      return Atomics.exchange(state, Shared.interruptSeen, requested) < requested;
    },
  );
  const setImmediate = global.setImmediate;
  const clearOutput = (wait: boolean) => cellNow()?.publish("clear_output", { wait });

  followPromises();
  offerLoopCall();
  replaceTimers();
  replaceWorkers();
  redirectOutput(() => clearOutput(false));
  offerInput(
    shared,
    input,
    () => kernel.allowsInput,
    (prompt, password) => {
      const cell = cellNow()!;
      cell.flush();
      send({ kind: "input", prompt, password, parent: cell.parent });
    },
  );
  const forCells: NotebookKernel = {
    display: (message, update) =>
      cellNow()?.publish(update ? "update_display_data" : "display_data", { ...message }),
    clearOutput,
    openComm: (comm) => kernel.openComm(comm),
    endsByItself: (underWay) => Atomics.store(state, Shared.graceful, underWay ? 1 : 0),
  };
  define(KERNEL, forCells);
  define("__convbook", { import: modules.import, require: modules.require });
  define("require", modules.require);

  process.exit = refuseExit;

  process.on("unhandledRejection", (reason, promise) => kernel.strayError(reason, promise));
  process.on("uncaughtException", (error) => kernel.strayError(error));
  process.on("SIGINT", kernel.onSignal);
  setImmediate(() => {
    compiler.warm();
    collection.quiet();
  });

  return (message) => {
    const interrupted = leave();
    switch (message.kind) {
      case "execute":
        collection.busy();
        return kernel.execute(message);
      case "ask":
        return send({ kind: "answer", id: message.id, content: answer(kernel, message) });
      case "comm": {
        const { type, content, buffers, parent } = message;
        return kernel.comms.hear(type, content, buffers, (type, content, buffers = []) =>
          send({ kind: "publish", message: { type, content, buffers, parent } }),
        );
      }
      case "interrupt":
        if (Atomics.load(state, Shared.interruptSeen) >= message.id) return;
        Atomics.store(state, Shared.interruptSeen, message.id);
        return kernel.interrupt(interrupted);
      case "shutdown":
        kernel.close();
        send({ kind: "left" });
    }
  };
}

/** A cell that ends the process would take the learner's variables with it, and leave the front end waiting. */
function refuseExit(): never {
  throw new Error(
    "process.exit() would end the notebook's kernel, with all its variables. To leave a function, return; to begin anew, restart the kernel in the Kernel menu.",
  );
}

/** A question that the compiler stumbles over gets an answer all the same: the front end waits for one. */
function answer(
  kernel: Kernel,
  { type, content }: { type: string; content: Record<string, unknown> },
) {
  try {
    return kernel.answer(type, content);
  } catch (error) {
    const { name, message } = error as Error;
    return { status: "error", ename: name, evalue: message, traceback: [] };
  }
}

function define(name: string | symbol, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

/** Marks work for the watchdog, who is not to end it midway. */
function withoutInterrupts(state: Int32Array): <T>(work: () => T) => T {
  return (work) => {
    Atomics.store(state, Shared.uninterruptible, 1);
    try {
      return work();
    } finally {
      Atomics.store(state, Shared.uninterruptible, 0);
    }
  };
}

/** The compiler, all of whose work, and its loading at the first, is done undisturbed. */
function undisturbedCompiler(
  load: () => CellCompiler,
  undisturbed: <T>(work: () => T) => T,
): CellCompiler {
  return new Proxy({} as CellCompiler, {
    get(_, name: keyof CellCompiler) {
      return (...args: unknown[]) =>
        undisturbed(() => {
          const target = load();
          return (target[name] as (...args: unknown[]) => unknown).apply(target, args);
        });
    },
  });
}

let loaded: CellCompiler | undefined;

function theCompiler(): CellCompiler {
  if (!loaded) {
    const { cellCompiler } = require("./cellCompiler") as typeof import("./cellCompiler");
    loaded = cellCompiler();
  }
  return loaded;
}
