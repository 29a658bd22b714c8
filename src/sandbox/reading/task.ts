import type { Extracted, SourceText } from "../../sources";

/** What the thread that reads code is asked to do. */
export type Task =
  | { kind: "extract"; pieces: readonly SourceText[]; entries: readonly string[] }
  | { kind: "check"; modules: readonly string[] };

/** An answer found in a notebook, with the JavaScript that its process runs. */
export interface ReadAnswer extends Extracted {
  javascript: string;
}

/** A type error in a module. */
export interface ModuleProblem {
  /** How many characters of the module stand before it. */
  offset: number;
  message: string;
}

export interface TaskResults {
  /** One for each entry; undefined where no piece declares it. */
  extract: (ReadAnswer | undefined)[];
  /** One list for each module. */
  check: ModuleProblem[][];
}

export type TaskReply<K extends Task["kind"]> = { result: TaskResults[K] } | { failed: string };
