import type { Header } from "../wire/message";
import type { Outgoing } from "../wire/Wire";

/**
 * What the two threads of the kernel say to each other. The learner's code has the main thread for itself; the
 * wire, the queue of cells and the watchdog live in a thread of their own, which answers whatever the main
 * one is busy with.
 */
export type ToMain =
  | ({ kind: "execute"; count: number; parent: Header } & ExecuteRequest)
  | { kind: "ask"; id: number; type: string; content: Record<string, unknown> }
  | {
      kind: "comm";
      type: string;
      parent: Header;
      content: Record<string, unknown>;
      metadata: Record<string, unknown>;
      buffers: Uint8Array[];
    }
  | { kind: "interrupt"; id: number }
  | { kind: "shutdown" };

export type FromMain =
  | { kind: "publish"; message: Outgoing }
  | { kind: "stream"; name: "stdout" | "stderr"; text: string; parent: Header }
  | { kind: "executed"; reply: ExecuteReply }
  | { kind: "answer"; id: number; content: Record<string, unknown> }
  | { kind: "input"; prompt: string; password: boolean; parent: Header }
  | { kind: "comms"; comms: Record<string, { target_name: string }> }
  | { kind: "left" };

export interface ExecuteRequest {
  code: string;
  silent: boolean;
  storeHistory: boolean;
  allowStdin: boolean;
  userExpressions: Record<string, string>;
}

/** How a cell has ended: the content of `execute_reply` without the count. */
export type ExecuteReply =
  | { status: "ok"; user_expressions: Record<string, unknown>; payload: unknown[]; shown?: string }
  | { status: "error"; ename: string; evalue: string; traceback: string[] };

/** Indices of the 32-bit integers in the memory that both threads share. */
export const Shared = {
  /** The last interrupt that the main thread has taken notice of. */
  interruptSeen: 0,
  /** The last interrupt that a front end has requested. */
  interruptRequested: 4,
  /** Whether long work is under way that ends by itself on request, and for which the watchdog waits longer. */
  graceful: 1,
  /** 0 while an answer is waited for, then its length + 1 in bytes, or -1 where none will come. */
  inputState: 2,
  /** Whether the kernel loads, or its compiler is at work, which an interrupt would leave in disorder. */
  uninterruptible: 3,
  length: 5,
} as const;

/** How long a line of input may be, in bytes of UTF-8. */
export const INPUT_BYTES = 1 << 20;

/** What the wire's thread is started with. */
export interface WireStart {
  connectionFile: string;
  historyFile: string | undefined;
  parent: number;
  shared: SharedArrayBuffer;
  input: SharedArrayBuffer;
}
