import { inspect } from "node:util";
import type { MimeBundle, OpenComm } from "../notebook";
import { Comms } from "./comms/Comms";
import type { CellCompiler, RunnableCell } from "./compiler";
import { type Explained, explain } from "./errors/explain";
import { bundleOf } from "./mime/bundle";
import { Cell } from "./runner/Cell";
import { begin, cellNow, cellOfPromise, leave } from "./runner/context";
import type { Modules } from "./runner/Modules";
import { type Outcome, Runner } from "./runner/Runner";
import { stopWork } from "./runner/underWay";
import type { ExecuteReply, FromMain, ToMain } from "./session/between";

type Execute = Extract<ToMain, { kind: "execute" }>;

/** The learner's cells, from their text to their outputs. Lives in the main thread. */
export class Kernel {
  private readonly runner = new Runner();
  private readonly sources = new Map<number, { source: string; compiled?: RunnableCell }>();
  private running: { cell: Cell; request: Execute } | undefined;
  /** A cell that was interrupted stops whatever it has left behind, of which it may still hear. */
  readonly comms: Comms;
  private readonly cells = {
    source: (cell: number) => this.sources.get(cell)?.source,
    sourceMap: (cell: number) => this.sources.get(cell)?.compiled?.sourceMap as never,
    fileMap: (file: string) => this.modules.sourceMap(file),
  };

  /** @param compiler is asked for when it is first needed, since it takes a second to load */
  constructor(
    private readonly compiler: () => CellCompiler,
    private readonly modules: Modules,
    private readonly send: (message: FromMain) => void,
    /** Whether an interrupt is on its way of which this thread has not heard; it counts as heard then. */
    private readonly interruptRequested: () => boolean,
  ) {
    this.comms = new Comms((comms) => this.send({ kind: "comms", comms }));
  }

  get allowsInput(): boolean {
    return this.running?.request.allowStdin ?? false;
  }

  execute(request: Execute): void {
    const cell = new Cell(request.count, request.parent, request.code, this.send, request.silent);
    this.running = { cell, request };
    begin(cell);
    if (request.code.trim() === "") return this.end(this.ok());
    this.sources.set(cell.number, { source: request.code });
    const compiled = this.compiler().compile(request.code, cell.number);
    if (compiled.kind === "refused") {
      const { ename, evalue, text } = compiled;
      return this.fail({ ename, evalue, traceback: text.split("\n") });
    }
    this.sources.set(cell.number, { source: request.code, compiled });
    this.compiler().accept(compiled);
    for (const { line, message, hint } of compiled.warnings)
      cell.write("stderr", `line ${line}: ${message}${hint ? ` ${hint}` : ""}\n`);
    // Requested while the cell was compiled: to run it now, and end it at once, could break what it loads first.
    if (this.interruptRequested()) return this.fail(interruption([]));
    this.runner.run(cell, compiled.javascript, (outcome) => this.ended(cell, outcome));
  }

  /** What completion and its like want to know. @returns the reply's content */
  answer(type: string, content: Record<string, unknown>): Record<string, unknown> {
    const code = typeof content.code === "string" ? content.code : "";
    const cursor = offsetOf(code, content.cursor_pos);
    if (type === "is_complete_request") return { ...this.compiler().isComplete(code) };
    if (type === "complete_request") {
      const { matches, start, end, metadata } = this.compiler().complete(code, cursor);
      const [cursor_start, cursor_end] = [codePoints(code, start), codePoints(code, end)];
      return { status: "ok", matches, cursor_start, cursor_end, metadata };
    }
    const detail = content.detail_level === 1 ? 1 : 0;
    return { status: "ok", metadata: {}, ...this.compiler().inspect(code, cursor, detail) };
  }

  /** Ends the running cell, or, where none runs, what cells have left running. */
  interrupt(interrupted: Cell | undefined): void {
    this.modules.forgetHalfLoaded();
    const listeners = process.listeners("SIGINT").filter((listener) => listener !== this.onSignal);
    if (listeners.length > 0 && !interrupted) {
      for (const listener of listeners) listener("SIGINT"); // work that ends by itself on request
      return;
    }
    if (this.running) {
      const { cell } = this.running;
      if (!this.runner.interrupt()) this.fail(interruption(stopWork(cell)));
      return;
    }
    const stopped = stopWork();
    if (interrupted && stopped.length === 0)
      stopped.push(`what cell ${interrupted.number} had left running`);
    if (stopped.length > 0)
      (interrupted ?? cellNow())?.write("stderr", `Interrupted: ${stopped.join(", ")}.\n`);
  }

  /** A real signal, from a terminal: the same as Jupyter's message. */
  readonly onSignal = (): void => {
    const listeners = process.listeners("SIGINT").filter((listener) => listener !== this.onSignal);
    if (listeners.length === 0) this.interrupt(leave());
  };

  /** An error that no cell's end reports: nobody awaited a promise, or a timer threw. */
  strayError(reason: unknown, promise?: object): void {
    const cell = (promise && cellOfPromise(promise)) ?? cellNow();
    if (!cell) return;
    const { ename, evalue, traceback } = explain(reason, this.cells);
    const late = "In work that the cell had started and nobody awaited:";
    cell.publish("error", { ename, evalue, traceback: [late, ...traceback] });
  }

  openComm(options: OpenComm) {
    const cell = cellNow();
    if (!cell) throw new Error("openComm(): no cell has run yet.");
    return this.comms.open(cell, options);
  }

  close(): void {
    this.runner.close();
  }

  private ended(cell: Cell, outcome: Outcome): void {
    // A child process that is interrupted fails, and the cell that has waited for it, before it is ended itself.
    const interrupted = outcome.kind === "error" && this.interruptRequested();
    if (outcome.kind === "interrupted" || interrupted)
      return this.fail(interruption(stopWork(cell)));
    if (outcome.kind === "error") return this.fail(explain(outcome.error, this.cells));
    let bundle: MimeBundle | Promise<MimeBundle> | undefined;
    try {
      bundle = bundleOf(outcome.value, (value) => inspect(value, INSPECTED));
    } catch (error) {
      // A getter or a display of the learner's own has thrown.
      return this.fail(explain(error, this.cells));
    }
    if (bundle instanceof Promise) {
      const show = (data: MimeBundle) => cell.publish("display_data", { data, metadata: {} });
      void bundle.then(show, (error: unknown) => this.strayError(error));
      return this.end(this.ok());
    }
    if (!bundle) return this.end(this.ok());
    const content = { execution_count: cell.number, data: bundle, metadata: {} };
    cell.publish("execute_result", content);
    this.end({ ...this.ok(), shown: String(bundle["text/plain"] ?? "") });
  }

  private fail({ ename, evalue, traceback }: Explained): void {
    this.running?.cell.publish("error", { ename, evalue, traceback });
    this.end({ status: "error", ename, evalue, traceback });
  }

  private ok(): Extract<ExecuteReply, { status: "ok" }> {
    const expressions = Object.entries(this.running?.request.userExpressions ?? {});
    const user_expressions = Object.fromEntries(
      expressions.map(([name, expression]) => [name, this.expression(expression)]),
    );
    return { status: "ok", user_expressions, payload: [] };
  }

  private expression(expression: string): object {
    const outcome = this.runner.evaluate(expression);
    if (outcome.kind === "value") {
      const data = { "text/plain": inspect(outcome.value, INSPECTED) };
      return { status: "ok", data, metadata: {} };
    }
    const error = outcome.kind === "error" ? outcome.error : new Error("interrupted");
    return { status: "error", ...explain(error, this.cells) };
  }

  private end(reply: ExecuteReply): void {
    this.running?.cell.end();
    this.running = undefined;
    this.send({ kind: "executed", reply });
  }
}

/** Values are shown to a depth and a length that a reader follows. */
const INSPECTED = { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 100 };

function interruption(stopped: readonly string[]): Explained {
  const evalue = "the cell was stopped; its variables keep what they held";
  const also = stopped.length > 0 ? [`Stopped with it: ${stopped.join(", ")}.`] : [];
  return {
    ename: "Interrupted",
    evalue,
    traceback: [`\u001b[31mInterrupted\u001b[39m: ${evalue}.`, ...also],
  };
}

/** The protocol counts in code points, JavaScript in UTF-16 units. */
function offsetOf(code: string, cursor: unknown): number {
  if (typeof cursor !== "number") return code.length;
  let offset = 0;
  for (const character of code) {
    if (cursor-- <= 0) break;
    offset += character.length;
  }
  return offset;
}

function codePoints(code: string, offset: number): number {
  return [...code.slice(0, offset)].length;
}
