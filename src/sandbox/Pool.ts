import type { Child } from "./Child";

/**
 * Children started ahead, so that an answer need not wait for a process to start. One that has loaded an
 * answer never comes back: each answer has a process that has seen no other.
 */
export class Pool {
  private readonly spares: Child[] = [];
  private readonly taken = new Set<Child>();

  constructor(
    private readonly start: () => Child,
    private readonly size: number,
  ) {
    this.fill();
  }

  /** A child that has started, or an error when none does: the fault of this machine, not of an answer. */
  async take(): Promise<Child> {
    let complaint = "";
    for (let attempt = 0; attempt < 3; attempt++) {
      const child = this.spares.shift() ?? this.start();
      this.fill();
      this.taken.add(child);
      if (await child.started()) return child;
      complaint = child.complaint;
    }
    throw new SandboxFault(`No process for an answer starts on this machine: ${complaint}`);
  }

  /** Ends a child that was taken. */
  release(child: Child): void {
    child.kill();
    this.taken.delete(child);
  }

  /** Ends all children, those that were taken too. */
  close(): void {
    for (const child of [...this.spares.splice(0), ...this.taken]) child.kill();
  }

  private fill(): void {
    while (this.spares.length < this.size) this.spares.push(this.start());
  }
}

/** A failure of the grader's own. No mark may come of it. */
export class SandboxFault extends Error {
  override readonly name = "SandboxFault";
}
