/**
 * What the kernel asks of the compiler. The compiler knows nothing of Node: it reads files through what it is
 * given, so that the same cells can be compiled in a browser.
 *
 * Text offsets are UTF-16 offsets into the cell's source; lines and columns are counted from 1.
 *
 * The JavaScript of a cell expects one hidden object on `globalThis`, `__convbook`, with two functions:
 * `__convbook.import(specifier, cell)` gives a promise of the module's namespace, for `import()` and for static
 * imports, which become `let { a, b: c } = await __convbook.import(...)`; `__convbook.require(specifier, cell)`
 * gives at once what `require(specifier)` does, for `import x = require("...")`. And it expects a hidden function
 * that does nothing, `__convbookLoop`, which each loop calls so that it can be interrupted. Everything else is
 * plain JavaScript for `Runtime.evaluate({ replMode: true, awaitPromise: true })`.
 */
export interface CellCompiler {
  /** Loads what a first cell needs while the kernel is idle. */
  warm(): void;

  /**
   * Type checks a cell and rewrites it for V8's REPL mode: top-level names are declared by `let`, `import()` and
   * imports go through the kernel's functions, lines and columns are kept (or there is a source map), and the
   * value of the script is that of the cell's last expression.
   */
  compile(source: string, cell: number): CompiledCell;

  /**
   * The cell has begun to run: later cells see its names and types, also those of a cell that fails while it
   * runs.
   */
  accept(compiled: RunnableCell): void;

  /** Whether a console should ask for another line. `indent` is what that line begins with. */
  isComplete(source: string): {
    status: "complete" | "incomplete" | "invalid" | "unknown";
    indent?: string;
  };

  /** What may stand at the offset; `matches` replace the text from `start` to `end`. */
  complete(
    source: string,
    offset: number,
  ): { matches: string[]; start: number; end: number; metadata: Record<string, unknown> };

  /** What is known of the name at the offset, as a MIME bundle. */
  inspect(
    source: string,
    offset: number,
    detail: 0 | 1,
  ): { found: boolean; data: Record<string, string> };
}

export type CompiledCell = RunnableCell | RefusedCell;

export interface RunnableCell {
  kind: "runnable";
  cell: number;
  source: string;
  javascript: string;
  /** A source map (version 3) from `javascript` to `source`, where lines and columns could not be kept. */
  sourceMap?: unknown;
  /** The names that the cell declares at its top level. */
  names: string[];
  /** What is only sloppy, such as a parameter without a type: to be said on stderr, and the cell runs. */
  warnings: CellProblem[];
}

export interface RefusedCell {
  kind: "refused";
  cell: number;
  source: string;
  problems: CellProblem[];
  /** Ready text with quoted lines, carets and hints. */
  text: string;
  ename: string;
  evalue: string;
}

export interface CellProblem {
  /** TypeScript's number of the message; 0 for a message of our own. */
  code: number;
  message: string;
  start: number;
  length: number;
  line: number;
  column: number;
  /** One sentence in plain words: what to do. */
  hint?: string;
  related?: { message: string; start?: number; line?: number }[];
}
