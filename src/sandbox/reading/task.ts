import type { Extracted, NotebookFile, PassedCheck, SourceText } from "../../sources";

/** What the thread that reads learners' files and code is asked to do. */
export type Task =
  | { kind: "read"; bytes: Uint8Array }
  | {
      kind: "extract";
      sources: readonly SourceText[];
      /** Texts that are no code, in which a function may stand by mistake. */
      others: readonly SourceText[];
      entries: readonly string[];
      /** Sources that the kernel refuses though they parse. */
      refused: readonly number[];
    }
  | {
      kind: "check";
      sources: readonly SourceText[];
      /** The sources to look at. */
      wanted: readonly number[];
      /** Those that are known to be refused. */
      refused: readonly number[];
    };

/** An answer found in a notebook, with the JavaScript that its process runs. */
export interface ReadAnswer extends Extracted {
  javascript: string;
}

/** Of a function that no source declares: what looks like it. */
export interface NotFound {
  nearMiss?: string;
  /** Checks that may be its own, but do not say so. */
  passedChecks: PassedCheck[];
}

/** A type error. */
export interface CellProblem {
  /** The index of its source. */
  cell: number;
  /** How many characters of the source stand before it. */
  offset: number;
  message: string;
}

/** What the compiler says of sources, as the kernel's does. */
export interface CheckedCells {
  problems: CellProblem[];
  /** The indices of those that it refuses. */
  refused: number[];
}

export interface TaskResults {
  read: NotebookFile;
  /** One for each entry. */
  extract: (ReadAnswer | NotFound)[];
  check: CheckedCells;
}

export type TaskReply<K extends Task["kind"]> =
  | { result: TaskResults[K] }
  | {
      failed: string;
      /** The file is no notebook, and the message is for whoever handed it in. */
      unreadable?: true;
    };
