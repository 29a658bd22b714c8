import { readSync, writeSync } from "node:fs";
import { CALL_ID_BYTES, CHANNEL, LARGEST_MESSAGE, LENGTH_BYTES } from "../wire";

/** A call as it arrives: what the answer has to repeat, and the arguments. */
export interface Request {
  id: Buffer;
  body: Buffer;
}

/**
 * Waits for the next call. It blocks the process: between calls nothing of the learner's runs, and the next
 * call's arguments are not there before the last one is answered.
 *
 * @returns undefined when the grader has gone
 */
export function receive(): Request | undefined {
  const length = readExactly(LENGTH_BYTES)?.readUInt32LE(0);
  if (length === undefined || length < CALL_ID_BYTES || length > 2 * LARGEST_MESSAGE)
    return undefined;
  const message = readExactly(length);
  return (
    message && { id: message.subarray(0, CALL_ID_BYTES), body: message.subarray(CALL_ID_BYTES) }
  );
}

/** Sends one message, whole. */
export function send(...parts: readonly Uint8Array[]): void {
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
