/** The thread of the wire: started by main.ts, it lives as long as the kernel. */
import fs from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import {
  type FromMain,
  INPUT_BYTES,
  Shared,
  type ToMain,
  type WireStart,
} from "../session/between";
import { History } from "../session/History";
import { Session } from "../session/Session";
import { descendantsOf, signalAll } from "./children";
import { Watchdog } from "./Watchdog";
import { type Connection, Wire } from "./Wire";

/** How long the main thread may take to leave before it is ended, in milliseconds. */
const PATIENCE_AT_THE_END = 800;

const { connectionFile, historyFile, parent, shared, input } = workerData as WireStart;
const port = parentPort!;
const state = new Int32Array(shared);
const toMain = (message: ToMain) => port.postMessage(message);
/** Jupyter shows a kernel's own output in its log. */
const log = (line: string) => void fs.write(2, `convbook kernel: ${line}\n`, () => undefined);

const connection = JSON.parse(fs.readFileSync(connectionFile, "utf8")) as Connection;
const wire = new Wire(connection, log);
const watchdog = new Watchdog(shared, (id) => toMain({ kind: "interrupt", id }));
const session = new Session({
  wire,
  history: new History(historyFile),
  toMain,
  cellStarts: () => watchdog.cellStarts(),
  interrupt: () => watchdog.interrupt(),
  end: () => void end(),
  log,
});

void wire
  .open((channel, message) => {
    if (message.header.msg_type === "input_reply") giveInput(message.content.value);
    else session.receive(channel, message);
  })
  .then(() => session.start());

port.on("message", (message: FromMain) => {
  if (message.kind === "input") {
    if (!session.askForInput(message.prompt, message.password)) wakeWithout();
  } else if (message.kind === "left") void leave();
  else session.hear(message);
});

setInterval(() => {
  if (process.ppid !== parent) void kill();
}, 1000);

/** Writes the line where the main thread, which waits for it, finds it, and wakes it. */
function giveInput(value: unknown): void {
  const bytes = Buffer.from(typeof value === "string" ? value : "").subarray(0, INPUT_BYTES);
  new Uint8Array(input).set(bytes);
  Atomics.store(state, Shared.inputState, bytes.length + 1);
  Atomics.notify(state, Shared.inputState);
}

function wakeWithout(): void {
  Atomics.store(state, Shared.inputState, -1);
  Atomics.notify(state, Shared.inputState);
}

/**
 * Lets the main thread leave in its own way, and does not wait long for it: it may be in a loop. When this
 * thread has ended, the main one ends the process.
 */
async function end(): Promise<void> {
  toMain({ kind: "shutdown" });
  setTimeout(() => void kill(), PATIENCE_AT_THE_END);
  await wire.flushed();
}

/** The main thread has let go of everything. */
async function leave(): Promise<void> {
  signalAll(await descendantsOf(process.pid), "SIGTERM");
  await wire.flushed();
  watchdog.close();
  wire.close();
  process.exit();
}

/** Ends the process and those that it has started, whatever the main thread does. */
async function kill(): Promise<void> {
  signalAll(await descendantsOf(process.pid), "SIGKILL");
  await Promise.race([wire.flushed(), new Promise((resolve) => setTimeout(resolve, 200))]);
  process.kill(process.pid, "SIGKILL");
}
