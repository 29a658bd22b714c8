import { type Boundary, type Call, type Data, type Outcome } from "../exercises";
import { printable } from "../notebook";
import type { Child, Ending, Reaction } from "./Child";
import { decode, weighedDecode } from "./decode";
import { encode } from "./encode";
import { Pictures } from "./pictures";
import type { Pool } from "./Pool";
import { LONGEST_ERROR, MOST_OUTPUT, Reply, WireError } from "./wire";

/** What one learner's code may take. */
export interface SubmissionLimits {
  /** Milliseconds. */
  callLimit: number;
  submissionLimit: number;
  /** MiB, for messages. */
  memory: number;
}

/** What is left to all answers of a submission together. */
export interface Budget {
  milliseconds: number;
  /** Of results, in memory: a test may keep them all. */
  bytes: number;
}

/** Loading may run what a notebook runs between its functions: it is given several times as long as a call. */
const LOADING = 2;
/** An answer that was late once is given this part of the time from then on: it may be late for every test. */
const HASTE = 1 / 4;

/**
 * The boundary to an answer in a child process. Calls are made one after the other. A child that dies of one
 * is replaced for the next, so that a loop on one input costs the tests that ask for it and no others.
 */
export class ProcessBoundary implements Boundary {
  private request?: Uint8Array;
  private child: Child | undefined;
  private last: Promise<unknown> = Promise.resolve();
  /** Why it cannot be loaded, once that is known. */
  private unloadable?: Outcome;
  /** For one call, in milliseconds. */
  private callLimit: number;
  private printed = "";
  private ended = false;
  /** Whether a value has come back: a test may ask for it to be sent again. */
  private returned = false;
  private readonly pictures = new Pictures();

  constructor(
    private readonly javascript: string,
    private readonly entry: string,
    private readonly pool: Pool,
    private readonly limits: SubmissionLimits,
    private readonly budget: Budget,
  ) {
    this.callLimit = limits.callLimit;
  }

  call(input: readonly Data[]): Promise<Call> {
    const call = this.last.then(() => this.callNext(input));
    this.last = call.catch(() => {});
    return call;
  }

  /** What it has printed so far. */
  output(): string {
    return printable(this.printed + (this.child?.output ?? "")).slice(0, MOST_OUTPUT);
  }

  /** Ends its process. */
  end(): void {
    this.ended = true;
    this.release();
  }

  private async callNext(input: readonly Data[]): Promise<Call> {
    let body: Uint8Array;
    try {
      body = encode(input);
    } catch (error) {
      if (!this.returned) throw error; // the fault of the test
      return unfit(error, "it was to be given back");
    }
    if (!this.child) {
      const failed = this.unloadable ?? (await this.load());
      if (failed) return { outcome: failed };
    }
    return this.ask(this.child!, body, this.callLimit);
  }

  private async load(): Promise<Outcome | undefined> {
    if (this.ended) throw new Error(`The answer ${this.entry} was called after its end.`);
    this.request ??= encode({ code: this.javascript, entry: this.entry });
    this.child = await this.pool.take();
    const limit = LOADING * this.limits.callLimit;
    const { outcome } = await this.ask(this.child, this.request, limit);
    if ("value" in outcome) return undefined;
    this.release();
    this.unloadable = outcome;
    if ("error" in outcome) {
      const { name, message } = outcome.error;
      const described = `the code of ${this.entry} cannot be loaded: ${message}`;
      this.unloadable = { error: { name, message: described } };
    }
    return this.unloadable;
  }

  /** What the child makes of a message. Its time, and the time that its answer takes to read, come off the budget. */
  private async ask(child: Child, body: Uint8Array, callLimit: number): Promise<Call> {
    let start = child.now();
    const limit = Math.min(callLimit, this.budget.milliseconds);
    const left = (): number => limit - (child.now() - start);
    const say = async (message: Uint8Array): Promise<Reaction> => {
      const time = left();
      return time > 0 ? child.ask(message, time) : { ended: "timeout" };
    };
    let reaction = await say(body);
    while ("answer" in reaction && reaction.answer[0] === Reply.Picture) {
      const since = child.now();
      const picture = await this.pictures
        .answerTo(reaction.answer.subarray(1))
        .catch(() => undefined);
      start += child.now() - since; // it waited for the grader
      reaction = picture ? await say(picture) : { ended: "forgery" };
    }
    const call = this.read(reaction, limit);
    this.budget.milliseconds -= child.now() - start;
    return call;
  }

  /** What was said, understood; a child that said nothing to the point has ended, and is let go. */
  private read(reaction: Reaction, limit: number): Call {
    if (!("answer" in reaction)) {
      this.release();
      if (reaction.ended === "timeout") this.callLimit = HASTE * this.limits.callLimit;
      return this.stopped(reaction.ended, limit);
    }
    try {
      return this.readReply(reaction.answer);
    } catch (error) {
      return unfit(error, "it returned");
    }
  }

  /** @throws WireError when the bytes are no reply */
  private readReply(reply: Buffer): Call {
    switch (reply[0]) {
      case Reply.Value: {
        const { value, weight } = weighedDecode(reply.subarray(2));
        this.budget.bytes -= weight;
        if (this.budget.bytes < 0) throw new WireError("is too much, after all that came before");
        this.returned = true;
        return { outcome: { value }, changedInput: reply[1] === 1 };
      }
      case Reply.Error:
        return { outcome: { error: errorIn(decode(reply.subarray(1))) } };
      case Reply.Unsettled: {
        const message = "It did not come to an end. Is a promise never resolved?";
        return { outcome: { stopped: { verdict: "timeout", message } } };
      }
      default:
        throw new WireError("cannot be read");
    }
  }

  private stopped(by: Ending, limit: number): Call {
    const messages: Record<Ending, string> = {
      timeout:
        this.budget.milliseconds > limit
          ? `It did not come to an end within ${limit / 1000} seconds. Does a loop never stop?`
          : "All calls together took too long: the time for this notebook is used up.",
      death: `Your code ended the process: it called exit, crashed, or used more than ${this.limits.memory} MiB of memory.`,
      forgery: "Your code wrote to the grader in the place of an answer.",
      flood: "Your code printed without end.",
    };
    const verdict = by === "timeout" ? "timeout" : "error";
    return { outcome: { stopped: { verdict, message: messages[by] } } };
  }

  private release(): void {
    if (!this.child) return;
    this.printed = this.output();
    this.pool.release(this.child);
    this.child = undefined;
  }
}

/** The outcome of a call with a value that cannot cross. */
function unfit(error: unknown, what: string): Call {
  if (!(error instanceof WireError)) throw error;
  const message = `${what} a value that ${error.message}`.slice(0, LONGEST_ERROR);
  return { outcome: { error: { name: "Error", message } } };
}

function errorIn(data: unknown): { name: string; message: string } {
  const { name, message } = (data ?? {}) as { name?: unknown; message?: unknown };
  if (typeof name !== "string" || typeof message !== "string")
    throw new WireError("cannot be read");
  return { name: name.slice(0, 100), message: message.slice(0, LONGEST_ERROR) };
}
