import { type NotebookFile, type SourceText, UnreadableNotebook } from "../sources";
import { requireInteger } from "../tensor";
import type { Isolation } from "./Isolation";
import { Child } from "./Child";
import { findLauncher } from "./launch";
import { Pool } from "./Pool";
import { Reader } from "./reading/Reader";
import { LIBRARY_LIMIT, libraryBoundary, type LibraryBoundary } from "./libraryBoundary";
import { openSubmission, type Submission } from "./Submission";

export interface SandboxOptions {
  /** How long one call may take, in milliseconds. 5000 when left out. */
  callLimit?: number | undefined;
  /** How long all calls of one submission together may take, in milliseconds. 60,000 when left out. */
  submissionLimit?: number | undefined;
  /** The memory of one process, in MiB: heap, buffers and WebAssembly together. 512 when left out. */
  memory?: number | undefined;
  /** Processes started ahead. 1 when left out; one more than that for each submission graded at a time. */
  spares?: number | undefined;
  /** False does without bubblewrap also where it works: for tests of what is left. */
  namespaces?: boolean | undefined;
}

/** Where untrusted answers run: see docs/sandbox.md for what it promises. */
export interface Sandbox {
  /** What really stands between an answer and this machine. */
  readonly isolation: Isolation;
  /**
   * Reads a notebook that somebody handed in, within limits of time and memory.
   *
   * @throws UnreadableNotebook which says what is wrong with it
   */
  read(bytes: Uint8Array): Promise<NotebookFile>;
  /**
   * Finds functions in one learner's code.
   *
   * @param cells in the order of the notebook
   * @param entries the names of the functions, or the ids of their exercises, whose checks say which one counts
   * @param others texts that are no code, where a function may stand by mistake
   */
  submission(
    cells: readonly SourceText[],
    entries: readonly string[],
    others?: readonly SourceText[],
  ): Promise<Submission>;
  /**
   * A function of the library in a process of its own, which has seen no answer: for long work on what an answer gave.
   * It has a minute of processor time, and the memory of an answer.
   */
  library(name: string): LibraryBoundary;
  /** Ends all processes. */
  close(): void;
}

/**
 * Opens a sandbox. It tries once what this machine has to offer, and keeps processes ready.
 *
 * ```ts
 * const sandbox = openSandbox();
 * const submission = await sandbox.submission(readCodeCells("work/02-padding.ipynb"), [exercise.entry]);
 * const result = await runExercise(exercise, submission.answer(exercise.entry));
 * submission.end();
 * sandbox.close();
 * ```
 */
export function openSandbox(options: SandboxOptions = {}): Sandbox {
  const { callLimit = 5_000, submissionLimit = 60_000, memory = 512, spares = 1 } = options;
  requireInteger("openSandbox", "callLimit", callLimit, 1);
  requireInteger("openSandbox", "submissionLimit", submissionLimit, 1);
  requireInteger("openSandbox", "memory", memory, 128);
  requireInteger("openSandbox", "spares", spares, 0);
  const reader = new Reader();
  const processor = Math.ceil(Math.max(submissionLimit, LIBRARY_LIMIT) / 1000) + 10;
  const launcher = findLauncher({ memory, processor }, options.namespaces ?? true);
  const pool = new Pool(() => new Child(launcher.command, launcher.nextUser?.()), spares);
  const limits = { callLimit, submissionLimit, memory };
  return {
    isolation: launcher.isolation,
    async read(bytes) {
      const reply = await reader.do({ kind: "read", bytes });
      if ("result" in reply) return reply.result;
      throw new UnreadableNotebook(
        reply.unreadable ? reply.failed : `The file cannot be read: ${reply.failed}.`,
      );
    },
    submission: (cells, entries, others = []) =>
      openSubmission(cells, others, entries, { reader, pool, limits }),
    library: (name) => libraryBoundary(name, pool, memory),
    close() {
      reader.close();
      pool.close();
    },
  };
}
