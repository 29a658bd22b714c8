import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { deadline } from "./deadline";
import { ProcessClock } from "./ProcessClock";
import { CALL_ID_BYTES, CHANNEL, LARGEST_MESSAGE, LENGTH_BYTES, MOST_OUTPUT } from "./wire";

/** What became of a message: the answer's bytes behind the id of its call, or why there is none. */
export type Reaction = { answer: Buffer } | { ended: Ending };
/** Why a child was ended: it was late, died, wrote what nobody asked for, or printed without end. */
export type Ending = "timeout" | "death" | "forgery" | "flood";

/** Longer does no child take to start, unless something is wrong with this machine. */
const START_LIMIT = 30_000;
/** Bytes of output. */
const FLOOD = 16 * MOST_OUTPUT;
/** What may stand before the value in an answer. */
const HEADER = 64;
/** All that run, so that none outlives the grader. */
const alive = new Set<Child>();
process.on("exit", () => alive.forEach((child) => child.kill()));

/**
 * A child process, seen from the grader's side. One message is under way at a time; the answer must repeat
 * its random id. Whatever else comes, when nothing was asked or too much of it, ends the child.
 */
export class Child {
  private readonly process: ChildProcess;
  private readonly channel: Socket;
  private readonly ready: Promise<Reaction>;
  private readonly length = Buffer.alloc(LENGTH_BYTES);
  private message: Buffer | undefined;
  /** Bytes that have come of the present message, its length included. */
  private received = 0;
  private settle: ((reaction: Reaction) => void) | undefined;
  /** Its own, once it has started. */
  private clock: Pick<ProcessClock, "now"> = performance;
  private printed: Buffer[] = [];
  private printedBytes = 0;
  private dead?: Reaction;
  /** What the program said of itself before it was ready. */
  private complaints = "";

  /** @param user whom it runs as, when not as this process */
  constructor([program, ...rest]: readonly string[], user?: number) {
    this.process = spawn(program, rest, {
      cwd: "/",
      uid: user,
      gid: user,
      env: {},
      detached: true, // a process group of its own, to be ended as a whole
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    alive.add(this);
    this.channel = this.process.stdio[CHANNEL] as Socket;
    this.ready = this.nextMessage(START_LIMIT);
    this.channel.on("data", (bytes: Buffer) => this.receive(bytes));
    this.channel.on("error", () => this.end("death"));
    this.process.stdout!.on("data", (bytes: Buffer) => this.keepPrinted(bytes));
    this.process.stderr!.on("data", (bytes: Buffer) => (this.complaints += bytes.toString()));
    this.process.on("error", (error) => {
      this.complaints += error.message;
      this.end("death");
    });
    this.process.on("close", () => this.end("death"));
    // Idle, it keeps no grader from its end; a message that is waited for has a timer that does.
    const { stdout, stderr } = this.process as { stdout: unknown; stderr: unknown };
    for (const handle of [this.process, this.channel, stdout as Socket, stderr as Socket])
      handle.unref();
  }

  /** Whether it can be asked. */
  get living(): boolean {
    return this.dead === undefined;
  }

  /** What it printed, the first 64 KiB. */
  get output(): string {
    return Buffer.concat(this.printed).toString("utf8");
  }

  /** Waits until it has started. */
  async started(): Promise<boolean> {
    const reaction = await this.ready;
    if (!("answer" in reaction)) return false;
    if (this.clock === performance) this.clock = new ProcessClock(this.process.pid!);
    this.process.stderr!.destroy(); // from now on it would be the answer's
    return true;
  }

  /** Why it did not start, in its own words. */
  get complaint(): string {
    const words = this.complaints.split("\n").filter((line) => /\w/.test(line));
    return words.find((line) => /error/i.test(line)) ?? words[0] ?? "It ended without a word.";
  }

  /** Milliseconds, while it waits for a processor not counted. */
  now(): number {
    return this.clock.now();
  }

  /** Sends a message, and waits for the answer for some milliseconds of `now`. Without one, the child is ended. */
  async ask(body: Uint8Array, limit: number): Promise<Reaction> {
    if (this.dead) return this.dead;
    const id = randomBytes(CALL_ID_BYTES);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(CALL_ID_BYTES + body.length);
    const reaction = this.nextMessage(limit);
    this.channel.write(Buffer.concat([length, id, body]));
    const came = await reaction;
    if (!("answer" in came)) return came;
    if (!came.answer.subarray(0, CALL_ID_BYTES).equals(id)) return this.end("forgery");
    return { answer: came.answer.subarray(CALL_ID_BYTES) };
  }

  kill(): void {
    this.end("death");
  }

  private nextMessage(limit: number): Promise<Reaction> {
    return new Promise((resolve) => {
      const late = (): void => void this.end("timeout");
      const stopWatch = deadline(limit, () => this.now(), late);
      this.settle = (reaction) => {
        stopWatch();
        this.settle = undefined;
        resolve(reaction);
      };
    });
  }

  private receive(bytes: Buffer): void {
    if (this.dead) return;
    if (!this.settle) return void this.end("forgery"); // nobody asked
    const ofLength = bytes.copy(this.length, Math.min(this.received, LENGTH_BYTES));
    this.received += ofLength;
    if (this.received < LENGTH_BYTES) return;
    const length = this.length.readUInt32LE(0);
    const at = this.received - LENGTH_BYTES;
    const rest = bytes.subarray(ofLength);
    if (length > LARGEST_MESSAGE + HEADER || at + rest.length > length)
      return void this.end("forgery");
    this.message ??= Buffer.allocUnsafe(length);
    this.received += rest.copy(this.message, at);
    if (at + rest.length < length) return;
    const answer = this.message;
    this.message = undefined;
    this.received = 0;
    this.settle({ answer });
  }

  /** The runner prints no more than is kept. Who prints past it floods on purpose. */
  private keepPrinted(bytes: Buffer): void {
    const kept = bytes.subarray(0, Math.max(0, MOST_OUTPUT - this.printedBytes));
    if (kept.length > 0) this.printed.push(Buffer.from(kept));
    this.printedBytes += bytes.length;
    if (this.printedBytes > FLOOD) this.end("flood");
  }

  private end(reason: Ending): Reaction {
    if (this.dead) return this.dead;
    const reaction = { ended: reason };
    this.dead = reaction;
    alive.delete(this);
    try {
      if (this.process.pid !== undefined) process.kill(-this.process.pid, "SIGKILL");
    } catch {
      // it has ended by itself
    }
    this.channel.destroy();
    this.process.stdout!.destroy();
    this.process.stderr!.destroy();
    this.settle?.(reaction);
    return reaction;
  }
}
