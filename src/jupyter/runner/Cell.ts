import type { FromMain } from "../session/between";
import type { Header } from "../wire/message";

/** How much text one cell may print, in characters: 100,000 short lines. More makes a notebook hard to open. */
export const LARGEST_OUTPUT = 1.1 * 1024 * 1024;
/** Writes that are passed on at once within each window of time; those that follow are collected. */
const AT_ONCE = 200;
const WINDOW = 20; // milliseconds
const LARGEST_CHUNK = 1 << 16; // characters

const setTimer = setTimeout; // Node's own: the learner's is another

/** A cell that has begun to run: its number, whom its output belongs to, and the output. */
export class Cell {
  /** Text that has been printed in all, shown or not, in characters. */
  private printed = 0;
  private cut = 0;
  private windowStart = 0;
  private inWindow = 0;
  /** What waits to be sent, by stream; the one that wrote first goes first. */
  private readonly collected = new Map<"stdout" | "stderr", string[]>();
  private length = 0;
  private waiting = false;
  /** The cell has ended; what it prints now is late. */
  private over = false;

  constructor(
    readonly number: number,
    readonly parent: Header,
    /** What the learner wrote, to quote from. */
    readonly source: string,
    private readonly send: (message: FromMain) => void,
    private readonly silent = false,
  ) {}

  /** Prints text below the cell, also after its end. */
  write(name: "stdout" | "stderr", text: string): void {
    if (text === "") return;
    const room = LARGEST_OUTPUT - this.printed;
    this.printed += text.length;
    if (room <= 0) {
      if (this.over && this.cut === 0) this.sayCut();
      this.cut += text.length;
      return;
    }
    if (text.length > room) {
      this.cut += text.length - room;
      text = text.slice(0, room);
    }
    this.collect(name, text);
    if (this.cut > 0 && this.over) this.sayCut();
  }

  publish(
    type: string,
    content: Record<string, unknown>,
    more: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] } = {},
  ): void {
    if (this.silent && type !== "error") return;
    this.flush();
    this.send({ kind: "publish", message: { type, content, ...more, parent: this.parent } });
  }

  /** The cell has come to its end: says what was not shown, and sends what is left. */
  end(): void {
    this.over = true;
    this.flush();
    if (this.cut > 0) this.sayCut();
  }

  flush(): void {
    for (const [name, texts] of this.collected)
      this.send({ kind: "stream", name, text: texts.join(""), parent: this.parent });
    this.collected.clear();
    this.length = 0;
  }

  private sayCut(): void {
    const all = (this.printed / 2 ** 20).toFixed(1);
    const shown = (LARGEST_OUTPUT / 2 ** 20).toFixed(1);
    const text =
      `\n... cut here: this cell prints ${all} MB, and a notebook shows the first ${shown} MB of a cell.\n` +
      `To see the rest, print less at a time (every hundredth line, or a slice), or write it to a file:\n` +
      `require("fs").writeFileSync("output.txt", text)\n`;
    this.send({ kind: "stream", name: "stderr", text, parent: this.parent });
  }

  /**
   * A few writes are sent at once, in their order. Of many, those to one stream are sent together: a message for each
   * change of streams would be more than the wire's thread can pass on, and no interrupt would be heard.
   */
  private collect(name: "stdout" | "stderr", text: string): void {
    const texts = this.collected.get(name);
    if (texts) texts.push(text);
    else this.collected.set(name, [text]);
    this.length += text.length;
    const now = performance.now();
    if (now - this.windowStart > WINDOW) [this.windowStart, this.inWindow] = [now, 0];
    if (++this.inWindow <= AT_ONCE || this.length > LARGEST_CHUNK) this.flush();
    else if (!this.waiting) {
      this.waiting = true;
      setTimer(() => {
        this.waiting = false;
        this.flush();
      }, WINDOW);
    }
  }
}
