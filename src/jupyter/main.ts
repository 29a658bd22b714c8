/**
 * The teaching kernel's process: `node main.js CONNECTION_FILE [--history FILE]`.
 *
 * The wire's thread is started first: while this one loads, it answers who the kernel is.
 */
import path from "node:path";
import { Worker } from "node:worker_threads";
import { type FromMain, INPUT_BYTES, Shared, type ToMain, type WireStart } from "./session/between";

const [, , connectionFile, ...options] = process.argv;
const shared = new SharedArrayBuffer(Shared.length * Int32Array.BYTES_PER_ELEMENT);
const input = new SharedArrayBuffer(INPUT_BYTES);
const state = new Int32Array(shared);
state[Shared.uninterruptible] = 1; // until all is loaded
const start: WireStart = {
  connectionFile,
  historyFile:
    process.env.CONVBOOK_HISTORY ?? (options[0] === "--history" ? options[1] : undefined),
  parent: process.ppid,
  shared,
  input,
};
const exit = process.exit.bind(process); // the learner's code is refused it
const thread = new Worker(path.join(__dirname, "wire", "thread.js"), {
  workerData: start,
  execArgv: [],
  env: process.env,
});
thread.on("error", (error) => {
  process.stderr.write(`convbook kernel: ${error.stack}\n`);
  exit(1);
});
thread.on("exit", () => exit(0));
const send = (message: FromMain) => thread.postMessage(message);
const arrived: ToMain[] = [];
let receive: (message: ToMain) => void = (message) => arrived.push(message);
thread.on("message", (message: ToMain) => receive(message));

setImmediate(() => {
  const { assemble } = require("./assemble") as typeof import("./assemble");
  receive = assemble({ shared, input, send });
  Atomics.store(state, Shared.uninterruptible, 0);
  for (const message of arrived.splice(0)) receive(message);
});
