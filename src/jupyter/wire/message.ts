import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** The version of Jupyter's messaging protocol that this kernel speaks. */
export const PROTOCOL_VERSION = "5.4";

export interface Header {
  msg_id: string;
  session: string;
  username: string;
  date: string;
  msg_type: string;
  version: string;
}

/** A message as the protocol has it: https://jupyter-client.readthedocs.io/en/stable/messaging.html */
export interface Message {
  /** Who is to get it, or has sent it; on the publishing socket a topic. */
  identities: Uint8Array[];
  header: Header;
  parent_header: Header | Record<string, never>;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
  /** Binary parts, such as those of a widget's state. */
  buffers: Uint8Array[];
}

/** A message that cannot be read or that nobody has signed: it is dropped, and logged without its secrets. */
export class MalformedMessage extends Error {}

const DELIMITER = Buffer.from("<IDS|MSG>");
const SIGNED_PARTS = ["header", "parent_header", "metadata", "content"] as const;

/** Signs and reads messages with the key of the connection file; an empty key means no signatures. */
export class Envelopes {
  /** The kernel's own session, in every header that it writes. */
  readonly session = randomUUID();

  constructor(private readonly key: string) {}

  header(type: string): Header {
    return {
      msg_id: randomUUID(),
      session: this.session,
      username: "kernel",
      date: new Date().toISOString(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    };
  }

  /** The frames that go over the wire. */
  seal(message: Message): Uint8Array[] {
    const parts = SIGNED_PARTS.map((part) => Buffer.from(JSON.stringify(message[part])));
    return [
      ...message.identities,
      DELIMITER,
      Buffer.from(this.signature(parts)),
      ...parts,
      ...message.buffers,
    ];
  }

  /**
   * Reads the frames of a message.
   *
   * @throws MalformedMessage when the delimiter, the signature or a part is missing or wrong
   */
  open(frames: readonly Uint8Array[]): Message {
    const delimiter = frames.findIndex((frame) => DELIMITER.equals(frame));
    if (delimiter < 0) throw new MalformedMessage("a message without a delimiter");
    const [signature, ...rest] = frames.slice(delimiter + 1);
    const parts = rest.slice(0, SIGNED_PARTS.length);
    if (parts.length < SIGNED_PARTS.length)
      throw new MalformedMessage(`a message of ${frames.length} frames, which are too few`);
    this.requireSignature(signature, parts);
    const [header, parent, metadata, content] = parts.map(parse);
    for (const name of ["msg_id", "msg_type", "session"])
      if (typeof header[name] !== "string")
        throw new MalformedMessage(`a message whose header has no ${name}`);
    return {
      identities: frames.slice(0, delimiter),
      header: header as unknown as Header,
      parent_header: parent as unknown as Header,
      metadata,
      content,
      buffers: rest.slice(SIGNED_PARTS.length),
    };
  }

  private requireSignature(signature: Uint8Array, parts: readonly Uint8Array[]): void {
    const wanted = Buffer.from(this.signature(parts));
    if (wanted.length === 0) return;
    if (signature.length !== wanted.length || !timingSafeEqual(wanted, signature))
      throw new MalformedMessage("a message with a wrong signature");
  }

  private signature(parts: readonly Uint8Array[]): string {
    if (this.key === "") return "";
    const hash = createHmac("sha256", this.key);
    for (const part of parts) hash.update(part);
    return hash.digest("hex");
  }
}

function parse(frame: Uint8Array, part: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(frame).toString("utf8"));
  } catch {
    throw new MalformedMessage(`a message whose ${SIGNED_PARTS[part]} is no JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new MalformedMessage(`a message whose ${SIGNED_PARTS[part]} is no object`);
  return value as Record<string, unknown>;
}
