import type Mocha from "mocha";
import { whereInstalled } from "../project";
import { random } from "../tensor";
import { apartBy } from "./apart";
import { asking, type Boundary, type Outcome, StoppedError } from "./boundary";
import { type Thrown, thrownBy } from "./thrown";
import { diagnose } from "./diagnose";
import { AnswerError, type Difference } from "./expect";
import { printable } from "../notebook";
import { type Answer, type Exercise, type ExerciseTest, NOT_ATTEMPTED, yourCode } from "./Exercise";

/** `"refused"`: the code asks for what an answer may not have, and was not run. */
export type Verdict = "passed" | "failed" | "error" | "timeout" | "refused" | "not attempted";

export interface TestResult {
  title: string;
  points: number;
  earned: number;
  verdict: Verdict;
  /** What went wrong, to the learner. Absent when passed. */
  message?: string;
  /** Of an error that the answer threw: where, and how it was called. */
  thrown?: Thrown;
  difference?: Difference;
}

export interface ExerciseResult {
  id: string;
  title: string;
  points: number;
  earned: number;
  /** Passed when every test did; otherwise the verdict of the first test that did not. */
  verdict: Verdict;
  tests: TestResult[];
  /** The mistake, by name, where the answer behaves just like a known wrong one. */
  diagnosis?: string;
  /** The answer wrote into a tensor it was given: no point lost, but worth a remark. */
  changedInput: boolean;
  /** The function that is not written yet, where the answer calls one. */
  unfinished?: string;
  seed: number;
}

export interface RunOptions {
  /** Where the random inputs come from. The same seed gives the same inputs. */
  seed?: number | undefined;
  /** How long one test may take, in milliseconds. It stops a promise that hangs; loops are the boundary's business. */
  timeout?: number | undefined;
  /** Where functions of the library run that a test wants apart. In this process when left out. */
  apart?: ((name: string) => Boundary) | undefined;
}

export const DEFAULT_SEED = 2026;
const DEFAULT_TIMEOUT = 60_000;
/** In characters: nobody reads more, and it would swell a report. */
const LONGEST_MESSAGE = 2000;

/**
 * Runs the tests of one exercise through mocha, without output, and names the mistake where it is known.
 *
 * @throws what the boundary throws, and an Error when a test passes without a call of the answer: faults of
 * the checker, from which no mark may come
 */
export async function runExercise<F extends Answer>(
  exercise: Exercise<F>,
  boundary: Boundary,
  options: RunOptions = {},
): Promise<ExerciseResult> {
  const { seed = DEFAULT_SEED, timeout = DEFAULT_TIMEOUT } = options;
  // Mocha is loaded when the first exercise is checked: it would slow every notebook's first import.
  const MochaClass = whereInstalled("check()", () => require("mocha") as typeof Mocha);
  const mocha = new MochaClass({ reporter: MochaClass.reporters.Base }); // silent: a card is shown
  mocha.suite.timeout(timeout);

  let changedInput = false;
  let unfinished: string | undefined;
  const faults: unknown[] = [];
  const thrown = new Map<number, Thrown>();
  const noting = (boundary: Boundary): Boundary => ({
    call: (input) =>
      boundary.call(input).catch((fault: unknown) => {
        faults.push(fault);
        throw fault;
      }),
  });
  const watched = noting(boundary);
  const elsewhere = options.apart;
  const apart = apartBy(elsewhere && ((name) => noting(elsewhere(name))));
  const records = exercise.tests.map((test, index) => {
    const mochaTest = new MochaClass.Test(test.title, async function (this: Mocha.Context) {
      const seen: Outcome[] = [];
      const recorded = asking<F>(watched, (input, { outcome, changedInput: changed }) => {
        changedInput ||= changed ?? false;
        seen.push(outcome);
        if (!("error" in outcome)) return;
        thrown.set(index, thrownBy(exercise.entry, input, outcome.error));
        if (outcome.error.name === NOT_ATTEMPTED) unfinished ??= outcome.error.location?.within;
      });
      try {
        await test.run(recorded, { random: random(seed + index), seed, apart });
        requireAnswers(test.title, seen);
      } catch (error) {
        if (error instanceof UncalledAnswerError) faults.push(error);
        if (error instanceof Error && error.name === NOT_ATTEMPTED) this.skip();
        throw shortened(seen.some((outcome) => "error" in outcome) ? error : notTheAnswers(error));
      }
    });
    if (test.timeout !== undefined) mochaTest.timeout(Math.max(test.timeout, timeout));
    mocha.suite.addTest(mochaTest);
    return { test, mochaTest };
  });

  await new Promise((resolve) => mocha.run(resolve));
  mocha.dispose(); // takes mocha's listeners off the process, which a notebook keeps using
  if (faults.length > 0) throw faults[0];

  const tests = records.map(({ test, mochaTest }, index) =>
    testResult(test, mochaTest, thrown.get(index)),
  );
  const failing = tests.map(({ verdict }) => verdict === "failed" || verdict === "error");
  // An answer that did not come to an end once is not called again: it might never come back.
  const stopped = records.some(
    ({ mochaTest }) => mochaTest.timedOut || mochaTest.err instanceof StoppedError,
  );
  const diagnosis = stopped ? undefined : await diagnose(exercise, boundary, failing, seed, apart);
  return {
    id: exercise.id,
    title: exercise.title,
    points: exercise.points,
    earned: tests.reduce((sum, test) => sum + test.earned, 0),
    verdict: tests.find(({ verdict }) => verdict !== "passed")?.verdict ?? "passed",
    tests,
    ...(diagnosis !== undefined && { diagnosis }),
    changedInput,
    ...(unfinished && { unfinished }),
    seed,
  };
}

/** A test that came to its end without a call of the answer: it would pass for everybody. */
class UncalledAnswerError extends Error {}

/** A test that expects an error has seen none of the function's where the call was stopped, or nothing is written yet. */
function requireAnswers(title: string, outcomes: readonly Outcome[]): void {
  if (outcomes.length === 0)
    throw new UncalledAnswerError(
      `The test "${title}" never calls the answer. This is a fault of the test.`,
    );
  for (const outcome of outcomes) {
    if ("stopped" in outcome) throw new StoppedError(outcome.stopped);
    if ("error" in outcome && outcome.error.name === NOT_ATTEMPTED) yourCode();
  }
}

/**
 * An error that no call of the answer has thrown: the test has stumbled over what came back, a text where it
 * wanted a number, say. To the learner this is a wrong result.
 */
function notTheAnswers(error: unknown): unknown {
  const isTheTests = error instanceof AnswerError || error instanceof StoppedError;
  if (isTheTests || error instanceof UncalledAnswerError || !(error instanceof Error)) return error;
  const { name, message } = error;
  return new AnswerError(`What came back is not what was asked for (${name}: ${message}).`);
}

/** With a message of a length to be read: what came back may be in it, and mocha takes it apart line by line. */
function shortened(error: unknown): unknown {
  if (!(error instanceof Error) || error.message.length <= LONGEST_MESSAGE) return error;
  error.message = error.message.slice(0, LONGEST_MESSAGE);
  error.stack = `${error.name}: ${error.message}`;
  return error;
}

function testResult<F extends Answer>(
  test: ExerciseTest<F>,
  ran: Mocha.Test,
  thrown?: Thrown,
): TestResult {
  const points = test.points ?? 1;
  const base = { title: test.title, points, earned: 0 };
  if (ran.isPassed()) return { ...base, earned: points, verdict: "passed" };
  if (ran.isPending()) return { ...base, verdict: "not attempted" };
  const error = ran.err as Error | undefined;
  if (ran.timedOut)
    return {
      ...base,
      verdict: "timeout",
      message: "It did not come to an end. Is a promise never resolved?",
    };
  const message = printable(error?.message ?? "");
  if (error instanceof StoppedError) return { ...base, verdict: error.stop.verdict, message };
  if (error instanceof AnswerError) {
    const { difference } = error;
    return { ...base, verdict: "failed", message, ...(difference && { difference }) };
  }
  if (error) {
    const said = `Your code threw ${printable(error.name)}: ${message}`;
    return { ...base, verdict: "error", message: said, ...(thrown && { thrown }) };
  }
  throw new Error(
    `The test "${test.title}" did not run. This is a fault of the checker, not of the answer.`,
  );
}
