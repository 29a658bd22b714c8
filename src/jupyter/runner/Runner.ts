import { Session } from "node:inspector";
import type { Cell } from "./Cell";
import { runAs } from "./context";

export type Outcome =
  { kind: "value"; value: unknown } | { kind: "error"; error: unknown } | { kind: "interrupted" };

interface RemoteObject {
  objectId?: string;
  value?: unknown;
  unserializableValue?: string;
  type: string;
}
interface Evaluated {
  result: RemoteObject;
  exceptionDetails?: { exception?: RemoteObject; text: string };
}

/**
 * Runs cells in V8's REPL mode, which lets a name be declared again and a cell await. V8 offers that mode to
 * debuggers: the kernel debugs itself.
 *
 * Everything here goes by callbacks. An interrupt by V8 drops whatever promises are waiting, also the
 * kernel's own, had it any.
 */
export class Runner {
  private readonly inspector = new Session();
  private handed: unknown;
  private running: { done: (outcome: Outcome) => void } | undefined;

  constructor() {
    this.inspector.connect();
    const hand = (value: unknown) => void (this.handed = value);
    Object.defineProperty(globalThis, "__convbookHand", { value: hand });
  }

  /** Runs a cell's JavaScript; `done` is called once, when the cell has ended in whatever way. */
  run(cell: Cell, javascript: string, done: (outcome: Outcome) => void): void {
    const run = { done };
    this.running = run;
    const expression = `${javascript}\n//# sourceURL=cell-${cell.number}.ts`;
    runAs(cell, () =>
      this.inspector.post(
        "Runtime.evaluate",
        { expression, replMode: true, awaitPromise: true, objectGroup: "cell" } as never,
        (error: Error | null, evaluated?: object) => {
          if (this.running !== run) return; // it has been interrupted, and says so
          const outcome = error ? ({ kind: "interrupted" } as const) : this.outcome(evaluated);
          this.settle(outcome);
        },
      ),
    );
  }

  /** Ends the running cell, whose promise may never settle. @returns whether there was one */
  interrupt(): boolean {
    if (!this.running) return false;
    this.settle({ kind: "interrupted" });
    return true;
  }

  /** The value of a plain expression, as the protocol's user_expressions want it. */
  evaluate(expression: string): Outcome {
    let outcome: Outcome = { kind: "interrupted" };
    this.inspector.post(
      "Runtime.evaluate",
      { expression, replMode: true, objectGroup: "cell" } as never,
      (error: Error | null, evaluated?: object) => {
        if (!error) outcome = this.outcome(evaluated);
      },
    );
    return outcome;
  }

  /** Without this, Node waits at its end for the debugger to go. */
  close(): void {
    this.inspector.disconnect();
  }

  private settle(outcome: Outcome): void {
    const { running } = this;
    this.running = undefined;
    this.inspector.post("Runtime.releaseObjectGroup", { objectGroup: "cell" });
    running?.done(outcome);
  }

  private outcome(evaluated: object | undefined): Outcome {
    const { result, exceptionDetails } = evaluated as Evaluated;
    if (!exceptionDetails) return { kind: "value", value: this.take(result) };
    if (!exceptionDetails.exception)
      return { kind: "error", error: new Error(exceptionDetails.text) };
    return { kind: "error", error: this.take(exceptionDetails.exception) };
  }

  /** The value behind the debugger's handle. */
  private take({ type, value, unserializableValue: text, objectId }: RemoteObject): unknown {
    if (text !== undefined) return text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text);
    if (objectId === undefined) return type === "undefined" ? undefined : value;
    this.inspector.post("Runtime.callFunctionOn", {
      functionDeclaration: 'function () { "use strict"; __convbookHand(this); }',
      objectId,
      silent: true,
    });
    const { handed } = this;
    this.handed = undefined;
    return handed;
  }
}
