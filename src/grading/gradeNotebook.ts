import { inspect } from "node:util";
import {
  type Boundary,
  type Exercise,
  type ExerciseResult,
  runExercise,
  type TestResult,
} from "../exercises";
import type { ExerciseReport, TestReport } from "./report";
import type { LibraryBoundary, Sandbox, SandboxedAnswer, TypeErrorReport } from "../sandbox";
import type { NotebookFile } from "../sources";

/**
 * What the tests gave for a notebook: all that depends on its code alone. Who handed it in and when, what they
 * may see of it and what the instructor decides come later.
 */
export interface GradedNotebook {
  exercises: GradedExercise[];
}

export type GradedExercise = Omit<ExerciseReport, "awarded" | "override" | "tests"> & {
  tests: GradedTest[];
};

export type GradedTest = Omit<TestReport, "feedback" | "private">;

/** The most that is kept of what a submission printed, in characters. */
const LONGEST_OUTPUT = 64 * 1024;
const LONGEST_MESSAGE = 2000;
const LONGEST_VALUE = 600;
/** Of an exercise. More tell a reader nothing new. */
const MOST_TYPE_ERRORS = 50;
/** A boundary ends its calls itself; this is for a test that never comes back for another reason. */
const LONGEST_TEST = 300_000;

/**
 * Puts the answers in a notebook to the tests. The answers run in the sandbox, the tests and every comparison
 * here.
 *
 * @throws Error when the grader failed: no mark may come of it
 */
export async function gradeNotebook(
  { cells, others }: NotebookFile,
  exercises: readonly Exercise[],
  seed: number,
  sandbox: Sandbox,
): Promise<GradedNotebook> {
  const ids = exercises.map(({ id }) => id);
  const submission = await sandbox.submission(cells, ids, others);
  try {
    const graded: GradedExercise[] = [];
    let left = LONGEST_OUTPUT;
    for (const exercise of exercises) {
      const answer = submission.answer(exercise.id);
      const library = new Map<string, LibraryBoundary>();
      const apart = (name: string): Boundary => {
        const boundary = library.get(name) ?? sandbox.library(name);
        library.set(name, boundary);
        return boundary;
      };
      const result = await runExercise(exercise, answer, { seed, timeout: LONGEST_TEST, apart });
      library.forEach((boundary) => boundary.end());
      requireTested(exercise, result);
      const report = exerciseReport(result, answer);
      const output = answer.output();
      answer.end();
      graded.push(output === "" ? report : { ...report, output: cut(output, left) });
      left = Math.max(0, left - output.length);
    }
    return { exercises: graded };
  } finally {
    submission.end();
  }
}

/** A mark without a test behind it would be made up. */
function requireTested({ id, tests }: Exercise, result: ExerciseResult): void {
  if (tests.length > 0 && result.tests.length === tests.length) return;
  throw new Error(`${result.tests.length} of the ${tests.length} tests of ${id} were run.`);
}

function exerciseReport(
  result: ExerciseResult,
  { message, remarks, code, typeErrors }: SandboxedAnswer,
): GradedExercise {
  const { id, title, points, earned, verdict, diagnosis, changedInput } = result;
  return {
    id,
    title,
    points,
    earned,
    verdict,
    ...(message === undefined ? {} : { message: cut(message, LONGEST_MESSAGE) }),
    ...(diagnosis === undefined ? {} : { diagnosis }),
    changedInput,
    remarks: [...remarks.map((remark) => cut(remark, LONGEST_MESSAGE)), ...tooMany(typeErrors)],
    tests: result.tests.map(testReport),
    ...(code === undefined ? {} : { code: cut(code, LONGEST_OUTPUT) }),
    typeErrors: typeErrors
      .slice(0, MOST_TYPE_ERRORS)
      .map((error) => ({ ...error, message: cut(error.message, LONGEST_MESSAGE) })),
  };
}

function tooMany({ length }: readonly TypeErrorReport[]): string[] {
  if (length <= MOST_TYPE_ERRORS) return [];
  return [`It has ${length} type errors: the first ${MOST_TYPE_ERRORS} are shown.`];
}

function testReport({
  title,
  points,
  earned,
  verdict,
  message,
  difference,
}: TestResult): GradedTest {
  return {
    title,
    points,
    earned,
    verdict,
    ...(message === undefined ? {} : { message: cut(message, LONGEST_MESSAGE) }),
    ...(difference && {
      expected: shortText(difference.expected),
      actual: shortText(difference.actual),
    }),
  };
}

/** Keys of records that are looked at before a text is cut, which takes long with very many. */
const MANY_KEYS = 1000;

function shortText(value: unknown): string {
  const limits = {
    depth: keysIn(value) > MANY_KEYS ? 0 : 4,
    maxArrayLength: 60,
    maxStringLength: 200,
    breakLength: 100,
  };
  return cut(inspect(value, limits), LONGEST_VALUE);
}

/**
 * How many keys the records of a value have, as far as it matters. Lists count for nothing, whatever their length:
 * `inspect` cuts them itself. (`countValues` of the exercises counts everything, to bound what is kept.)
 */
function keysIn(value: unknown): number {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return 0;
  const isList = Array.isArray(value);
  let count = 0;
  for (const part of isList ? value : Object.values(value)) {
    count += (isList ? 0 : 1) + keysIn(part);
    if (count > MANY_KEYS) break;
  }
  return count;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)} ... (shortened)`;
}
