import { NOT_ATTEMPTED, type Boundary, type Outcome } from "../exercises";
import { functionOf, type PassedCheck, type SourceLocation, type SourceText } from "../sources";
import { ALLOWED_MODULES } from "./allowedModules";
import type { TypeErrorReport } from "./Isolation";
import { LineLocations } from "./LineLocations";
import type { Pool } from "./Pool";
import { type Budget, ProcessBoundary, type SubmissionLimits } from "./ProcessBoundary";
import type { Reader } from "./reading/Reader";
import type { NotFound, ReadAnswer } from "./reading/task";
import { type Refusals, readCells } from "./readCells";

/** A learner's function behind the boundary, and what is known of it besides. */
export interface SandboxedAnswer extends Boundary {
  /** Why all tests share one fate: no cell declares the function, an import was refused. */
  readonly message?: string;
  /** What is worth knowing and costs no point: the function is declared in three cells. */
  readonly remarks: readonly string[];
  /** The function with the helpers it calls, as it is run. Absent when not attempted. */
  readonly code?: string;
  /** Why the kernel refuses cells in which something of it stands, in the order of the notebook. */
  readonly typeErrors: readonly TypeErrorReport[];
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

/** All results of a submission together, in bytes of memory. */
const MOST_RESULTS = 2 ** 29;
/** Statements, and checks, of which a remark says where they stand. */
const MOST_STATEMENTS = 5;

/**
 * Reads a learner's code: afterwards it is known which of the functions are there.
 *
 * @param others texts that are no code, where a function may stand by mistake
 * @param entries names of functions, or ids of exercises: `"05.twin"`
 */
export async function openSubmission(
  cells: readonly SourceText[],
  others: readonly SourceText[],
  entries: readonly string[],
  { reader, pool, limits }: { reader: Reader; pool: Pool; limits: SubmissionLimits },
): Promise<Submission> {
  const { found, refusals } = await readCells(cells, others, entries, reader);
  const locations = new LineLocations(cells);
  const budget: Budget = { milliseconds: limits.submissionLimit, bytes: MOST_RESULTS };
  const answers = new Map(
    entries.map((entry, i) => {
      const read = "failed" in found ? found : found.result[i];
      return [entry, answerFor(functionOf(entry), read)] as const;
    }),
  );
  return {
    answer: (entry) => answers.get(entry) ?? notAttempted(functionOf(entry), []),
    end: () => answers.forEach((answer) => answer.end()),
  };

  function answerFor(
    entry: string,
    read: ReadAnswer | NotFound | { failed: string },
  ): SandboxedAnswer {
    if ("failed" in read) return refused(`The code cannot be read: ${read.failed}.`);
    if (!("module" in read))
      return notAttempted(entry, [
        ...(read.nearMiss === undefined ? [] : [read.nearMiss]),
        ...passedChecks(read.passedChecks, entry, refusals, locations, false),
      ]);
    const remarks = remarksOn(entry, read, refusals, cells, locations);
    const typeErrors = refusals.problems
      .filter(({ cell }) => read.sources.includes(cell))
      .map(({ cell, offset, message }) => ({ ...locations.at({ source: cell, offset }), message }));
    const known = { remarks, code: read.listing, typeErrors };
    const strange = read.imports.filter((module) => !ALLOWED_MODULES.has(module));
    if (strange.length > 0) {
      const modules = strange.map((module) => JSON.stringify(module)).join(", ");
      const message = `It imports ${modules}. An answer may import "convbook" only, and of Node's own modules assert, path, perf_hooks and util.`;
      return { ...refused(message), ...known };
    }
    const notRun = whyNotRun(read, refusals, locations);
    if (notRun !== undefined) {
      const stopped = { verdict: "error", message: notRun } as const;
      return { ...withoutProcess(notRun, { stopped }), ...known };
    }
    const boundary = new ProcessBoundary(read.javascript, entry, pool, limits, budget);
    return {
      ...known,
      call: (input) => boundary.call(input),
      output: () => boundary.output(),
      end: () => boundary.end(),
    };
  }
}

function notAttempted(entry: string, remarks: readonly string[]): SandboxedAnswer {
  const message = `No cell declares a function ${entry}.`;
  const answer = withoutProcess(message, { error: { name: NOT_ATTEMPTED, message } });
  return { ...answer, remarks };
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
    typeErrors: [],
    output: () => "",
    end() {},
  };
}

/** A cell that the kernel refuses has not run: what stands in it is not there. */
function whyNotRun(
  { sources, syntaxErrors }: ReadAnswer,
  refusals: Refusals,
  locations: LineLocations,
): string | undefined {
  const [broken] = syntaxErrors;
  if (broken)
    return `It does not parse (${locations.inWords(broken.location)}): ${broken.message} The kernel refuses such a cell, all of it.`;
  const problem = refusals.problems.find(({ cell }) => sources.includes(cell));
  if (!problem) return undefined;
  const { cell, offset, message } = problem;
  return `The kernel refuses a cell that it needs (${locations.inWords({ source: cell, offset })}): ${message}`;
}

function remarksOn(
  entry: string,
  read: ReadAnswer,
  refusals: Refusals,
  cells: readonly SourceText[],
  locations: LineLocations,
): string[] {
  const { declaredIn, declaredLater, sources, statements, checkedAs, checkedIn } = read;
  const { refused, problems, unknown } = refusals;
  const remarks: string[] = [];
  const ran = [...new Set(declaredIn)].filter((source) => !refused.has(source));
  const later = [...new Set(declaredLater)].map((source) => locations.originOf(source));
  const before = ran.filter((source) => !declaredLater.includes(source));
  if (checkedAs !== undefined) remarks.push(`${checkedAs} was checked, and so it counts.`);
  if (before.length > 1)
    remarks.push(
      `${entry} is declared in ${before.length} cells; the last one counts, ${locations.originOf(before.at(-1)!)}.`,
    );
  if (later.length > 0 && ran.length === declaredLater.length)
    remarks.push(
      `${entry} is declared only behind its check, in ${later.join(", ")}: run in this order, the check finds nothing in the kernel.`,
    );
  else if (later.length > 0)
    remarks.push(
      `${entry} is declared again behind its check, in ${later.join(", ")}: what was checked counts.`,
    );
  for (const source of new Set(declaredIn)) {
    if (!refused.has(source) || sources.includes(source)) continue;
    const problem = problems.find(({ cell }) => cell === source);
    const why = problem ? `: ${problem.message}` : "";
    remarks.push(
      `${entry} is declared in ${locations.originOf(source)} too, which the kernel refuses${why}`,
    );
  }
  if (statements.length > 0)
    remarks.push(
      `It depends on statements outside of functions, which were run with it: ${listed(statements, locations)}.`,
    );
  if (read.leftOut.length > 0)
    remarks.push(
      `Not run, though it gives what the answer uses to an imported function, which may change it: ${listed(read.leftOut, locations)}.`,
    );
  for (const { name, location } of read.reassigned.slice(0, MOST_STATEMENTS))
    remarks.push(
      `${locations.inWords(location, "line")} gives ${name} another value, which an earlier cell declares: functions above it see that here and in the teaching kernel, and in stock tslab they keep the old one.`,
    );
  for (const { source, what } of read.strange)
    remarks.push(
      `${locations.originOf(source)} has ${what}: stock tslab refuses such a cell, all of it, or fails there, and the teaching kernel does not. Here it counts.`,
    );
  if (checkedIn !== undefined && !sources.includes(checkedIn) && cells[checkedIn].failed)
    remarks.push(
      `${locations.originOf(checkedIn)}, which checks it, ended in an error when it was last run: whether the check ran is not known.`,
    );
  for (const source of sources)
    if (cells[source].failed)
      remarks.push(
        `${locations.originOf(source)}, of which it needs something, ended in an error when it was last run: in the kernel, what stands behind the fault was not there.`,
      );
  if (read.takenLater.length > 0)
    remarks.push(
      `It takes from cells further down, which have to be run before: ${read.takenLater.slice(0, MOST_STATEMENTS).join(", ")}.`,
    );
  remarks.push(...passedChecks(read.passedChecks, entry, refusals, locations, read.runsChecks));
  if (unknown !== undefined)
    remarks.push(`Whether the kernel refuses its cells is not known: ${unknown}.`);
  return remarks;
}

/** Some locations in words, for there may be thousands. */
function listed(all: readonly SourceLocation[], locations: LineLocations): string {
  const named = all
    .slice(0, MOST_STATEMENTS)
    .map((location) => locations.inWords(location, "line"));
  const others = all.length > named.length ? ` and ${all.length - named.length} more` : "";
  return `${named.join("; ")}${others}`;
}

/** Checks that may have shown something in the kernel, or would have, and that do not say which function counts. */
function passedChecks(
  checks: readonly PassedCheck[],
  entry: string,
  { problems }: Refusals,
  locations: LineLocations,
  areRun: boolean,
): string[] {
  const remarks: string[] = [];
  const refused = checks.filter(({ hasRun, id }) => !hasRun && id !== undefined);
  for (const source of new Set(refused.map((check) => check.source))) {
    const problem = problems.find(({ cell }) => cell === source);
    const why = problem ? `: ${problem.message}` : "";
    remarks.push(
      `The kernel refuses the cell that checks it, ${locations.originOf(source)}, so that it shows no points there${why}`,
    );
  }
  const unseen = checks.filter(({ hasRun }) => hasRun);
  if (areRun)
    remarks.push(
      unseen.length > 0
        ? `What a check checks shows only when it runs (${listed(unseen, locations)}): it was run, and the function that it was given counts, or else the last one called ${entry}.`
        : `A check under another name was run, and the function that it was given counts, or else the last one called ${entry}.`,
    );
  else if (unseen.length > 0)
    remarks.push(
      `A check does not say which exercise it checks by a text, or stands in a function, so that it is not seen (${listed(unseen, locations)}): ` +
        `the last function called ${entry} counts.`,
    );
  return remarks;
}
