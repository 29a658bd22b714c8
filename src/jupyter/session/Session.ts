import type { Header, Message } from "../wire/message";
import { StreamBatch } from "../wire/StreamBatch";
import type { Channel, Outgoing, Wire } from "../wire/Wire";
import type { ExecuteReply, ExecuteRequest, FromMain, ToMain } from "./between";
import type { History } from "./History";
import { kernelInfo } from "./kernelInfo";

interface Queued {
  message: Message;
  channel: Channel;
  request: ExecuteRequest & { stopOnError: boolean };
}

/** How long is waited for requests that are on their way when a cell fails, in milliseconds. */
const READING_TIME = 20;

/** What the session needs of the thread that it runs in. */
export interface Surroundings {
  wire: Wire;
  history: History;
  toMain(message: ToMain): void;
  cellStarts(): void;
  interrupt(): void;
  /** The kernel is to end. */
  end(): void;
  log(line: string): void;
}

/**
 * The conversation with the front ends: which requests are answered at once, which wait for the cells before
 * them, and what is published meanwhile. It never runs the learner's code, and so is there at all times.
 */
export class Session {
  private readonly queue: Queued[] = [];
  private running: (Queued & { count: number }) | undefined;
  private count = 0;
  private readonly pending = new Map<number, { message: Message; channel: Channel }>();
  private questions = 0;
  private comms: Record<string, { target_name: string }> = {};
  /** Who waits for a line of input, and with what the main thread is woken. */
  private readonly stream: StreamBatch;

  constructor(private readonly around: Surroundings) {
    this.stream = new StreamBatch((message) => this.around.wire.publish(message));
  }

  start(): void {
    this.publish({ type: "status", content: { execution_state: "starting" } });
  }

  /** A message has come from a front end. */
  receive(channel: Channel, message: Message): void {
    const type = message.header.msg_type;
    if (Object.hasOwn(this.handlers, type)) this.handlers[type](message, channel);
    else this.around.log(`unknown on ${channel}: ${type.slice(0, 100)}`);
  }

  /** The main thread has something to say. */
  hear(message: FromMain): void {
    switch (message.kind) {
      case "stream":
        return this.stream.add(message.name, message.text, message.parent);
      case "publish":
        return this.publish(message.message);
      case "executed":
        return this.executed(message.reply);
      case "answer":
        return this.answered(message.id, message.content);
      case "comms":
        this.comms = message.comms;
    }
  }

  /** Asks the front end that runs the current cell for a line of input. */
  askForInput(prompt: string, password: boolean): boolean {
    if (!this.running) return false;
    const { message } = this.running;
    this.stream.flush();
    this.around.wire.reply("stdin", message.identities, {
      type: "input_request",
      content: { prompt, password },
      parent: message.header,
    });
    return true;
  }

  private readonly handlers: Record<string, (message: Message, channel: Channel) => void> = {
    kernel_info_request: (message, channel) => this.respond(message, channel, kernelInfo()),
    execute_request: (message, channel) => this.enqueue(message, channel),
    complete_request: (message, channel) => this.ask(message, channel),
    inspect_request: (message, channel) => this.ask(message, channel),
    is_complete_request: (message, channel) => this.ask(message, channel),
    history_request: (message, channel) =>
      this.respond(message, channel, {
        status: "ok",
        history: this.around.history.answer(message.content),
      }),
    comm_info_request: (message, channel) => {
      const target = message.content.target_name;
      const all = Object.entries(this.comms);
      const wanted = all.filter(([, comm]) => !target || comm.target_name === target);
      this.respond(message, channel, { status: "ok", comms: Object.fromEntries(wanted) });
    },
    comm_open: (message) => this.comm(message),
    comm_msg: (message) => this.comm(message),
    comm_close: (message) => this.comm(message),
    interrupt_request: (message, channel) => {
      this.around.interrupt();
      this.respond(message, channel, { status: "ok" });
    },
    shutdown_request: (message, channel) => {
      const restart = message.content.restart === true;
      this.respond(message, channel, { status: "ok", restart });
      this.around.end();
    },
  };

  // --- cells, one after the other ---

  private enqueue(message: Message, channel: Channel): void {
    const { code, silent, store_history, allow_stdin, user_expressions, stop_on_error } =
      message.content;
    const quiet = silent === true;
    const request = {
      code: typeof code === "string" ? code : "",
      silent: quiet,
      storeHistory: store_history !== false && !quiet,
      allowStdin: allow_stdin === true,
      userExpressions: (user_expressions ?? {}) as Record<string, string>,
      stopOnError: stop_on_error !== false,
    };
    this.queue.push({ message, channel, request });
    if (!this.running) this.next();
  }

  private next(): void {
    const cell = this.queue.shift();
    if (!cell) return;
    const { message, request } = cell;
    if (request.storeHistory) this.count++;
    this.running = { ...cell, count: this.count };
    this.status("busy", message.header);
    if (!request.silent)
      this.publish({
        type: "execute_input",
        content: { code: request.code, execution_count: this.count },
        parent: message.header,
      });
    this.around.cellStarts();
    this.around.toMain({ kind: "execute", count: this.count, parent: message.header, ...request });
  }

  private executed(reply: ExecuteReply): void {
    const cell = this.running;
    if (!cell) return;
    const { message, channel, request, count } = cell;
    if (request.storeHistory)
      this.around.history.add(count, request.code, reply.status === "ok" ? reply.shown : undefined);
    const { ...content } = reply;
    if (content.status === "ok") delete content.shown;
    const finish = () => {
      this.reply(message, channel, { ...content, execution_count: count });
      this.status("idle", message.header);
      this.running = undefined;
    };
    if (reply.status !== "error" || !request.stopOnError) {
      finish();
      this.next();
      return;
    }
    // What was sent before this reply is aborted. It is read first; what comes after the reply is run.
    setTimeout(() => {
      finish();
      for (const queued of this.queue.splice(0)) this.abort(queued);
    }, READING_TIME);
  }

  private abort({ message, channel }: Queued): void {
    this.status("busy", message.header);
    this.reply(message, channel, { status: "aborted", execution_count: this.count });
    this.status("idle", message.header);
  }

  // --- questions that only the main thread can answer, between two steps of a running cell, too ---

  private ask(message: Message, channel: Channel): void {
    const id = ++this.questions;
    this.pending.set(id, { message, channel });
    this.status("busy", message.header);
    const { header, content } = message;
    this.around.toMain({ kind: "ask", id, type: header.msg_type, content });
  }

  private answered(id: number, content: Record<string, unknown>): void {
    const question = this.pending.get(id);
    if (!question) return;
    this.pending.delete(id);
    this.reply(question.message, question.channel, content);
    this.idleAgain(question.message.header);
  }

  private comm({ header, content, metadata, buffers }: Message): void {
    this.status("busy", header);
    const type = header.msg_type;
    this.around.toMain({ kind: "comm", type, parent: header, content, metadata, buffers });
    this.idleAgain(header);
  }

  // --- sending ---

  private respond(message: Message, channel: Channel, content: Record<string, unknown>): void {
    this.status("busy", message.header);
    this.reply(message, channel, content);
    this.idleAgain(message.header);
  }

  private reply(message: Message, channel: Channel, content: Record<string, unknown>): void {
    this.stream.flush();
    this.around.wire.reply(channel, message.identities, {
      type: message.header.msg_type.replace(/_request$/, "_reply"),
      content,
      parent: message.header,
    });
  }

  /** `idle` ends this request alone; a cell that is still running is said to be so again. */
  private idleAgain(parent: Header): void {
    this.status("idle", parent);
    if (this.running) this.status("busy", this.running.message.header);
  }

  private status(state: "busy" | "idle", parent: Header): void {
    this.publish({ type: "status", content: { execution_state: state }, parent });
  }

  private publish(message: Outgoing): void {
    this.stream.flush();
    this.around.wire.publish(message);
  }
}
