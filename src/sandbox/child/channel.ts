import { readSync, writeSync } from "node:fs";
import { CALL_ID_BYTES, CHANNEL, LARGEST_MESSAGE, LENGTH_BYTES } from "../wire";

/** What the next message to the grader has to repeat. */
let id: Uint8Array = new Uint8Array();

/**
 * Waits for the next call. It blocks the process: between calls nothing of the learner's runs, and the next
 * call's arguments are not there before the last one is answered.
 *
 * @returns its arguments, or undefined when the grader has gone
 */
export function receive(): Buffer | undefined {
  const length = readExactly(LENGTH_BYTES)?.readUInt32LE(0);
  if (length === undefined || length < CALL_ID_BYTES || length > 2 * LARGEST_MESSAGE)
    return undefined;
  const message = readExactly(length);
  if (!message) return undefined;
  id = message.subarray(0, CALL_ID_BYTES);
  return message.subarray(CALL_ID_BYTES);
}

/** Sends one message, whole, behind the id of what came last. */
export function send(...body: readonly Uint8Array[]): void {
  const parts = [id, ...body];
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(parts.reduce((sum, part) => sum + part.length, 0));
  const message = Buffer.concat([length, ...parts]);
  for (let at = 0; at < message.length;) at += writeSync(CHANNEL, message, at);
}

function readExactly(length: number): Buffer | undefined {
  const buffer = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const read = readSync(CHANNEL, buffer, at, length - at, null);
    if (read === 0) return undefined;
    at += read;
  }
  return buffer;
}
