import type { Header } from "./message";
import type { Outgoing } from "./Wire";

/** How long text waits for more of its kind, in milliseconds: shorter than the eye sees. */
const PATIENCE = 15;
/** How much text one message takes, in characters. */
const LARGEST = 1 << 18;

/**
 * Joins what a cell prints in quick succession into one message. A message for each of 100,000 lines would
 * take a front end minutes.
 */
export class StreamBatch {
  private waiting: { name: string; parent: Header; texts: string[]; length: number } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly publish: (message: Outgoing) => void) {}

  add(name: string, text: string, parent: Header): void {
    const { waiting } = this;
    if (waiting && (waiting.name !== name || waiting.parent.msg_id !== parent.msg_id)) this.flush();
    this.waiting ??= { name, parent, texts: [], length: 0 };
    this.waiting.texts.push(text);
    this.waiting.length += text.length;
    if (this.waiting.length >= LARGEST) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), PATIENCE);
  }

  /** Before any other message, so that the order stays. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { waiting } = this;
    if (!waiting) return;
    this.waiting = undefined;
    const { name, parent, texts } = waiting;
    this.publish({ type: "stream", content: { name, text: texts.join("") }, parent });
  }
}
