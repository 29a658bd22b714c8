import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { ExecuteReply, FromMain } from "#dist/jupyter/session/between.js";
import type { ChildRequest } from "./kernelChild";
import { plain } from "./driveKernel";

/** What a cell has shown, as a learner reads it. */
export interface Shown {
  reply: ExecuteReply;
  stdout: string;
  stderr: string;
  /** The errors that were shown, with what is advised, without colours. */
  errors: string;
  /** The value of the last line, as text. */
  value: string;
  types: string[];
}

/**
 * The teaching kernel without sockets, Python and the thread of the wire: a second instead of ten, for tests of
 * what a learner reads.
 */
export class WirelessKernel {
  private readonly child: ChildProcess;
  private count = 0;
  private interrupts = 0;
  private readonly messages: FromMain[] = [];
  private ended: ((reply: ExecuteReply) => void) | undefined;

  /** @param folder where the notebook stands */
  constructor(folder: string) {
    this.child = fork(join(__dirname, "kernelChild.js"), [], {
      cwd: folder,
      serialization: "advanced",
      execArgv: [], // none of mocha's
    });
    this.child.on("message", (message: FromMain) => {
      this.messages.push(message);
      if (message.kind === "executed") this.ended?.(message.reply);
    });
  }

  /**
   * Runs a cell.
   *
   * @param more milliseconds after its end in which late output is waited for, and after which it is interrupted
   */
  async run(code: string, more: { late?: number; interruptAfter?: number } = {}): Promise<Shown> {
    this.messages.length = 0;
    const reply = new Promise<ExecuteReply>((resolve, reject) => {
      this.ended = resolve;
      this.child.once("exit", () => reject(new Error(`The kernel ended while it ran: ${code}`)));
    });
    this.ask({ code, count: ++this.count });
    if (more.interruptAfter !== undefined) {
      await wait(more.interruptAfter);
      this.ask({ interrupt: ++this.interrupts });
    }
    const ended = await reply;
    this.child.removeAllListeners("exit");
    if (more.late !== undefined) await wait(more.late);
    return { reply: ended, ...shown(this.messages) };
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL"); // it is its own debugger, and would wait for itself
    await ended;
  }

  private ask(request: ChildRequest): void {
    this.child.send(request);
  }
}

function shown(messages: readonly FromMain[]): Omit<Shown, "reply"> {
  const text = (name: "stdout" | "stderr") =>
    messages
      .map((each) => (each.kind === "stream" && each.name === name ? each.text : ""))
      .join("");
  const published = messages.flatMap((each) => (each.kind === "publish" ? [each.message] : []));
  const errors = published
    .filter(({ type }) => type === "error")
    .map(({ content }) => (content.traceback as string[]).join("\n"));
  const result = published.find(({ type }) => type === "execute_result");
  const data = (result?.content.data ?? {}) as Record<string, string>;
  return {
    stdout: text("stdout"),
    stderr: text("stderr"),
    errors: plain(errors.join("\n")),
    value: data["text/plain"] ?? "",
    types: published.map(({ type }) => type),
  };
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
