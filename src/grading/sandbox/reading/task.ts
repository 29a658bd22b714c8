import type { Extracted, SourceText } from "../../../exercises";

/** What the thread that reads code is asked to do. */
export type Task =
  | { kind: "extract"; pieces: readonly SourceText[]; entries: readonly string[] }
  | { kind: "check"; module: string };

/** An answer found in a notebook, with the JavaScript that its process runs. */
export interface ReadAnswer extends Extracted {
  javascript: string;
}

/** A type error, at a place of the module that was checked; line and column count from 0. */
export interface ModuleProblem {
  line: number;
  column: number;
  message: string;
}

export interface TaskResults {
  /** One for each entry; undefined where no piece declares it. */
  extract: (ReadAnswer | undefined)[];
  check: ModuleProblem[];
}

export type TaskReply<K extends Task["kind"]> = { result: TaskResults[K] } | { failed: string };
