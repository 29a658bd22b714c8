import { type Border, NOT_ATTEMPTED, type Outcome } from "../exercises";
import { type Place, type SourceText, type SyntaxProblem } from "../sources";
import type { TypeErrorReport } from "./Isolation";
import type { Pool } from "./Pool";
import { type Budget, ProcessBorder } from "./ProcessBorder";
import { placeOf } from "../sources/placeOf";
import type { Reader } from "./reading/Reader";
import type { ModuleProblem, ReadAnswer, TaskReply } from "./reading/task";

export interface SubmissionLimits {
  /** Milliseconds. */
  callLimit: number;
  submissionLimit: number;
  /** MiB, for messages. */
  memory: number;
}

/** A learner's function behind the border, and what is known of it besides. */
export interface SandboxedAnswer extends Border {
  /** Why all tests share one fate: no cell declares the function, an import was refused. */
  readonly message?: string;
  /** What is worth knowing and costs no point: the function is declared in three cells. */
  readonly remarks: readonly string[];
  /** The function with the helpers it calls, as it is run. Absent when not attempted. */
  readonly code?: string;
  /** The type errors in that code, in the order of the notebook. They cost no point by themselves. */
  typeErrors(): Promise<TypeErrorReport[]>;
  /** What it has printed so far, the first 64 KiB. */
  output(): string;
  /** Ends its process. */
  end(): void;
}

/** One learner's code. All its answers share one limit of time; each has a process of its own. */
export interface Submission {
  /** The function of this name, one of those that were asked for. Its process starts with the first call. */
  answer(entry: string): SandboxedAnswer;
  /** Ends all processes. */
  end(): void;
}

/** The code of a course is small. More than this, in bytes, is not read. */
const MOST_CODE = 2 ** 20;
/** All results of a submission together, in bytes of memory. */
const MOST_RESULTS = 2 ** 29;
/** Names of which a remark says that they are changed elsewhere. */
const MOST_CHANGES = 5;
/** What an answer may import. */
const ALLOWED = "convbook";

/** Reads a learner's code: afterwards it is known which of the functions are there. */
export async function openSubmission(
  cells: readonly SourceText[],
  entries: readonly string[],
  { reader, pool, limits }: { reader: Reader; pool: Pool; limits: SubmissionLimits },
): Promise<Submission> {
  const found = await readAnswers(cells, entries, reader);
  const budget: Budget = { milliseconds: limits.submissionLimit, bytes: MOST_RESULTS };
  let checked: ReturnType<typeof typeErrors> | undefined;
  const answers = new Map(
    entries.map((entry, i) => {
      const read = "failed" in found ? found : found.result[i];
      return [entry, answerFor(entry, read)] as const;
    }),
  );
  return {
    answer: (entry) => answers.get(entry) ?? notAttempted(entry),
    end: () => answers.forEach((answer) => answer.end()),
  };

  function answerFor(
    entry: string,
    read: ReadAnswer | { failed: string } | undefined,
  ): SandboxedAnswer {
    if (!read) return notAttempted(entry);
    if ("failed" in read) return refused(`The code cannot be read: ${read.failed}.`);
    const remarks = [...declaredAgain(entry, read, cells), ...changedElsewhere(read, cells)];
    const strange = strangeImports(read);
    if (strange.length > 0) {
      const modules = strange.map((module) => JSON.stringify(module)).join(", ");
      const message = `It imports ${modules}. An answer may import "${ALLOWED}" only.`;
      return { ...refused(message), remarks, code: read.listing };
    }
    const [broken] = read.syntaxErrors;
    if (broken) {
      const message = unparsed(broken, cells);
      const stopped = { verdict: "error", message } as const;
      return { ...withoutProcess(message, { stopped }), remarks, code: read.listing };
    }
    const border = new ProcessBorder(read.javascript, entry, pool, limits, budget);
    return {
      remarks,
      code: read.listing,
      call: (input) => border.call(input),
      async typeErrors() {
        const types = await (checked ??= typeErrors(found, cells, reader)); // of all at once
        return types.get(read) ?? [];
      },
      output: () => border.output(),
      end: () => border.end(),
    };
  }
}

async function readAnswers(
  pieces: readonly SourceText[],
  entries: readonly string[],
  reader: Reader,
): Promise<TaskReply<"extract">> {
  const bytes = pieces.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes > MOST_CODE)
    return { failed: `there are ${bytes} bytes of it, ${MOST_CODE} is the most` };
  return reader.do({ kind: "extract", pieces, entries });
}

function strangeImports({ imports }: ReadAnswer): string[] {
  return imports.filter((module) => module !== ALLOWED);
}

function notAttempted(entry: string): SandboxedAnswer {
  const message = `No cell declares a function ${entry}.`;
  return withoutProcess(message, { error: { name: NOT_ATTEMPTED, message } });
}

function refused(message: string): SandboxedAnswer {
  return withoutProcess(message, { stopped: { verdict: "refused", message } });
}

/** An answer of which nothing is run: each call comes to the same. */
function withoutProcess(message: string, outcome: Outcome): SandboxedAnswer {
  return {
    message,
    remarks: [],
    call: async () => ({ outcome }),
    typeErrors: async () => [],
    output: () => "",
    end() {},
  };
}

function declaredAgain(
  entry: string,
  { declaredIn }: ReadAnswer,
  cells: readonly SourceText[],
): string[] {
  const places = [...new Set(declaredIn.map((piece) => cells[piece].origin))];
  if (places.length < 2) return [];
  const last = places.at(-1);
  return [`${entry} is declared in ${places.length} cells; the last one counts, ${last}.`];
}

/** What an answer lacks here that it has in the notebook, each name once. */
function changedElsewhere({ changes }: ReadAnswer, cells: readonly SourceText[]): string[] {
  const names = [...new Set(changes.map(({ name }) => name))].slice(0, MOST_CHANGES);
  return names.map((name) => {
    const { place } = changes.find((change) => change.name === name)!;
    const where = `${cells[place.piece].origin}, line ${lineAndColumn(place, cells).line}`;
    return (
      `${name} is changed by a statement of its own (${where}), and such statements are not run here: ` +
      "give it its value where it is declared."
    );
  });
}

/** The compiler mends as it reads; what it would make of such code is not what the kernel does, which refuses it. */
function unparsed({ place, message }: SyntaxProblem, cells: readonly SourceText[]): string {
  const { line, column } = lineAndColumn(place, cells);
  const where = `${cells[place.piece].origin}, line ${line}, column ${column}`;
  return `It does not parse (${where}): ${message} Such a cell does not run in the notebook either.`;
}

/** The type errors of the answers that are run. None where the compiler does not come to an end. */
async function typeErrors(
  found: TaskReply<"extract">,
  cells: readonly SourceText[],
  reader: Reader,
): Promise<Map<ReadAnswer, TypeErrorReport[]>> {
  const answers = "failed" in found ? [] : found.result.filter((read) => read !== undefined);
  const run = answers.filter((read) => strangeImports(read).length === 0);
  const checked = await reader.do({ kind: "check", modules: run.map(({ module }) => module) });
  if ("failed" in checked) return new Map();
  return new Map(
    run.map((answer, i) => [
      answer,
      checked.result[i]
        .flatMap((problem) => typeErrorIn(cells, answer, problem) ?? [])
        .sort((a, b) => a.cell - b.cell || a.line - b.line || a.column - b.column),
    ]),
  );
}

function typeErrorIn(
  cells: readonly SourceText[],
  { origins }: ReadAnswer,
  { offset, message }: ModuleProblem,
): TypeErrorReport | undefined {
  const place = placeOf(origins, offset);
  if (!place) return undefined;
  const { origin } = cells[place.piece];
  const cell = Number(/\d+$/.exec(origin)?.[0] ?? place.piece + 1);
  return { cell, ...lineAndColumn(place, cells), message };
}

function lineAndColumn(
  { piece, offset }: Place,
  cells: readonly SourceText[],
): { line: number; column: number } {
  const lines = cells[piece].text.slice(0, offset).split(/\r\n?|\n/); // as editors count them
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
