import { Session } from "node:inspector";
import { Shared } from "../session/between";
import { descendantsOf, signalAll } from "./children";

/** How long the main thread may take to notice an interrupt before it is stopped, in milliseconds. */
const PATIENCE = 100;
/** The same while work is under way that ends by itself on request: a training that keeps its history. */
const GRACE = 700;
/** How often it is tried again. */
const INTERVAL = 100;

/**
 * Interrupts the main thread whatever it does. While it is between two tasks, it hears of the
 * interrupt by a message and ends the cell itself. A loop hears nothing: V8 ends whatever runs,
 * which leaves every variable as it is. A thread that waits for a child process hears not even that: the
 * children that the cell has started are ended.
 *
 * Runs in a thread of its own, since the main thread cannot look after itself.
 */
export class Watchdog {
  private readonly inspector = new Session();
  private readonly shared: Int32Array;
  private last = 0;
  private before: Promise<readonly number[]> = Promise.resolve([]);

  /** @param tell sends the main thread the number of the interrupt */
  constructor(
    shared: SharedArrayBuffer,
    private readonly tell: (id: number) => void,
  ) {
    this.shared = new Int32Array(shared);
    this.inspector.connectToMainThread();
  }

  /** A cell begins: children that run already are none of its. */
  cellStarts(): void {
    this.before = descendantsOf(process.pid);
  }

  interrupt(): void {
    const id = ++this.last;
    Atomics.store(this.shared, Shared.interruptRequested, id);
    this.tell(id);
    void this.endChildren("SIGINT"); // as Ctrl+C in a terminal reaches them, too
    const graceful = Atomics.load(this.shared, Shared.graceful) === 1;
    setTimeout(() => this.insist(0), graceful ? GRACE : PATIENCE);
  }

  /** Whether the main thread has not heard of the last interrupt yet. */
  private isUnseen(): boolean {
    return Atomics.load(this.shared, Shared.interruptSeen) < this.last;
  }

  close(): void {
    this.inspector.disconnect();
  }

  private insist(attempt: number): void {
    if (!this.isUnseen()) return;
    // The kernel itself would stumble if V8 ended its answer to the message: so the message goes again, too.
    const wait = Atomics.load(this.shared, Shared.uninterruptible) === 1; // ends soon, and must not be cut short
    if (!wait) this.inspector.post("Runtime.terminateExecution");
    this.tell(this.last);
    if (attempt >= 2 && !wait) void this.endChildren("SIGKILL");
    if (attempt < 600) setTimeout(() => this.insist(attempt + 1), INTERVAL);
  }

  private async endChildren(signal: NodeJS.Signals): Promise<void> {
    const before = new Set(await this.before);
    const now = await descendantsOf(process.pid);
    signalAll(
      now.filter((pid) => !before.has(pid)),
      signal,
    );
  }
}
