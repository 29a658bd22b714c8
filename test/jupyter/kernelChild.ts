/**
 * The kernel's main thread without its wire, in a process of its own: cells come by messages, and what they show
 * goes back. Started by WirelessKernel.ts.
 */
import { assemble } from "#dist/jupyter/assemble.js";
import { type FromMain, INPUT_BYTES, Shared } from "#dist/jupyter/session/between.js";

/** A cell to run, or an interrupt of the one that runs. */
export type ChildRequest = { code: string; count: number } | { interrupt: number };

const HEADER = { msg_type: "execute_request", session: "", username: "", date: "", version: "5.3" };
const send = process.send!.bind(process);
const later = setImmediate; // Node's own: the learner's is another
const waiting: FromMain[] = [];
/** Sends when the stack is empty: in one that is full, Node's channel is left in disorder, and sends no more. */
function sendLater(message: FromMain): void {
  if (waiting.push(message) > 1) return;
  later(() => waiting.splice(0).forEach((each) => void send(each)));
}
const receive = assemble({
  shared: new SharedArrayBuffer(Shared.length * Int32Array.BYTES_PER_ELEMENT),
  input: new SharedArrayBuffer(INPUT_BYTES),
  send: sendLater,
});

process.on("message", (received: ChildRequest) => {
  // Through setImmediate, so that no frame of this file is in a learner's stack.
  if ("interrupt" in received) setImmediate(receive, { kind: "interrupt", id: received.interrupt });
  else {
    const { code, count } = received;
    const parent = { ...HEADER, msg_id: String(count) };
    const request = { silent: false, storeHistory: true, allowStdin: false, userExpressions: {} };
    setImmediate(receive, { kind: "execute", count, parent, code, ...request });
  }
});
