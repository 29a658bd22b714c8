import { Publisher, Reply, Router } from "zeromq";
import { Envelopes, type Header, MalformedMessage, type Message } from "./message";

/** What Jupyter's connection file holds. */
export interface Connection {
  transport: string;
  ip: string;
  key: string;
  signature_scheme: string;
  shell_port: number;
  control_port: number;
  stdin_port: number;
  iopub_port: number;
  hb_port: number;
}

/** The sockets on which requests come. */
export type Channel = "shell" | "control" | "stdin";

export interface Outgoing {
  type: string;
  content: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
  /** The request that this belongs to. */
  parent?: Header;
}

/** The kernel's five sockets. Messages leave each of them in the order in which they were given. */
export class Wire {
  private readonly envelopes: Envelopes;
  private readonly publisher = new Publisher({ sendHighWaterMark: 0, linger: 500 });
  private readonly heartbeat = new Reply({ linger: 0 });
  private readonly routers: Record<Channel, Router>;
  /** The last message under way on each socket: zeromq takes one at a time. */
  private readonly underWay = new Map<object, Promise<void>>();

  constructor(
    private readonly connection: Connection,
    private readonly log: (line: string) => void,
  ) {
    if (connection.key !== "" && connection.signature_scheme !== "hmac-sha256")
      throw new Error(`signatures by ${connection.signature_scheme} are not known here`);
    this.envelopes = new Envelopes(connection.key);
    const router = () => new Router({ sendHighWaterMark: 0, linger: 500 });
    this.routers = { shell: router(), control: router(), stdin: router() };
  }

  /** Opens the sockets; `receive` gets every message that is what it should be. */
  async open(receive: (channel: Channel, message: Message) => void): Promise<void> {
    const { transport, ip, iopub_port, hb_port } = this.connection;
    const at = (port: number) => `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${port}`;
    await this.publisher.bind(at(iopub_port));
    await this.heartbeat.bind(at(hb_port));
    for (const channel of ["stdin", "control", "shell"] as const) {
      await this.routers[channel].bind(at(this.connection[`${channel}_port`]));
      void this.listen(channel, receive);
    }
    void this.beat();
  }

  publish(outgoing: Outgoing): void {
    this.send(this.publisher, [Buffer.from(`kernel.${outgoing.type}`)], outgoing);
  }

  reply(channel: Channel, to: readonly Uint8Array[], outgoing: Outgoing): void {
    this.send(this.routers[channel], to, outgoing);
  }

  /** Resolves when all that was given has left. */
  async flushed(): Promise<void> {
    await Promise.all(this.underWay.values());
  }

  close(): void {
    for (const socket of [this.publisher, this.heartbeat, ...Object.values(this.routers)])
      socket.close();
  }

  private send(
    socket: Publisher | Router,
    identities: readonly Uint8Array[],
    { type, content, metadata = {}, buffers = [], parent }: Outgoing,
  ): void {
    const frames = this.envelopes.seal({
      identities: [...identities],
      header: this.envelopes.header(type),
      parent_header: parent ?? {},
      metadata,
      content,
      buffers,
    });
    const before = this.underWay.get(socket) ?? Promise.resolve();
    const sent = before
      .then(() => socket.send(frames as Buffer[]))
      .catch((error: unknown) => this.log(`${type} could not be sent: ${String(error)}`));
    this.underWay.set(socket, sent);
  }

  private async listen(
    channel: Channel,
    receive: (channel: Channel, message: Message) => void,
  ): Promise<void> {
    for await (const frames of this.routers[channel]) {
      try {
        receive(channel, this.envelopes.open(frames));
      } catch (error) {
        const reason = error instanceof MalformedMessage ? error.message : describe(error);
        this.log(`dropped on ${channel}: ${reason}`);
      }
    }
  }

  private async beat(): Promise<void> {
    for await (const frames of this.heartbeat) await this.heartbeat.send(frames);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
