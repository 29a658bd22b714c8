import type Mocha from "mocha";
import { random } from "../tensor";
import type { Border, Call } from "./border";
import { copyData } from "./data";
import { diagnose } from "./diagnose";
import { AnswerError, type Difference } from "./expect";
import {
  type Answer,
  type Asked,
  type Exercise,
  type ExerciseTest,
  NOT_ATTEMPTED,
} from "./Exercise";

export type Verdict = "passed" | "failed" | "error" | "timeout" | "not attempted";

export interface TestResult {
  title: string;
  points: number;
  earned: number;
  verdict: Verdict;
  /** What went wrong, to the learner. Absent when passed. */
  message?: string;
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
  seed: number;
}

export interface RunOptions {
  /** Where the random inputs come from. The same seed gives the same inputs. */
  seed?: number;
  /** How long one test may take, in milliseconds. It cannot stop a loop in this process, only a promise that hangs. */
  timeout?: number;
}

export const DEFAULT_SEED = 2026;
const DEFAULT_TIMEOUT = 20_000;

/** Runs the tests of one exercise through mocha, without output. */
export async function runExercise<F extends Answer>(
  exercise: Exercise<F>,
  border: Border,
  options: RunOptions = {},
): Promise<ExerciseResult> {
  const mocha = newMocha();
  const result = addExercise(mocha, exercise, border, options);
  await runMocha(mocha);
  return result();
}

/**
 * Mocha is loaded when the first exercise is checked: it would slow every notebook's first import.
 *
 * @param reporter one of mocha's; silent when left out, since the notebook shows a card of its own
 */
export function newMocha(reporter?: string): Mocha {
  const MochaClass = require("mocha") as typeof Mocha;
  return new MochaClass({ reporter: reporter ?? MochaClass.reporters.Base });
}

/** Runs what was added; then takes mocha's listeners off the process, which a notebook keeps using. */
export async function runMocha(mocha: Mocha): Promise<void> {
  await new Promise((resolve) => mocha.run(resolve));
  mocha.dispose();
}

/**
 * Adds an exercise to a mocha run as a suite, one mocha test for each of its own. Afterwards the
 * returned function gives the result, with the mistake named where it is known.
 */
export function addExercise<F extends Answer>(
  mocha: Mocha,
  exercise: Exercise<F>,
  border: Border,
  options: RunOptions = {},
): () => Promise<ExerciseResult> {
  const { Suite, Test } = require("mocha") as typeof Mocha;
  const { seed = DEFAULT_SEED, timeout = DEFAULT_TIMEOUT } = options;
  const suite = Suite.create(mocha.suite, `${exercise.id} ${exercise.title}`);
  suite.timeout(timeout);

  const records = exercise.tests.map((test, position) => {
    const calls: Call[] = [];
    const mochaTest = new Test(test.title, async function (this: Mocha.Context) {
      try {
        await test.run(asking(border, calls), { random: random(seed + position) });
      } catch (error) {
        if (error instanceof Error && error.name === NOT_ATTEMPTED) this.skip();
        throw error;
      }
    });
    suite.addTest(mochaTest);
    return { test, mochaTest, calls };
  });

  return () => {
    const tests = records.map(({ test, mochaTest }) => testResult(test, mochaTest));
    const calls = records.map((record) => record.calls);
    return summarise(exercise, tests, calls, seed);
  };
}

/** The learner's function as the tests call it: over the border, each call written down. */
function asking<F extends Answer>(border: Border, calls: Call[]): Asked<F> {
  return async (...input: Parameters<F>): Promise<Awaited<ReturnType<F>>> => {
    const call = await border.call(input);
    // The record keeps a copy: a test may go on to change its own input before the mistakes are compared.
    calls.push({ ...call, input: input.map(copyData) });
    if ("value" in call.outcome) return call.outcome.value as Awaited<ReturnType<F>>;
    const error = new Error(call.outcome.error.message);
    error.name = call.outcome.error.name;
    throw error;
  };
}

function testResult<F extends Answer>(test: ExerciseTest<F>, ran: Mocha.Test): TestResult {
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
  if (error instanceof AnswerError)
    return { ...base, verdict: "failed", message: error.message, difference: error.difference };
  if (error)
    return {
      ...base,
      verdict: "error",
      message: `Your code threw ${error.name}: ${error.message}`,
    };
  throw new Error(
    `The test "${test.title}" did not run. This is a fault of the checker, not of the answer.`,
  );
}

async function summarise<F extends Answer>(
  exercise: Exercise<F>,
  tests: TestResult[],
  calls: Call[][],
  seed: number,
): Promise<ExerciseResult> {
  const verdict = tests.find((test) => test.verdict !== "passed")?.verdict ?? "passed";
  const failing = tests.map(
    (test) => test.verdict !== "passed" && test.verdict !== "not attempted",
  );
  return {
    id: exercise.id,
    title: exercise.title,
    points: exercise.points,
    earned: tests.reduce((sum, test) => sum + test.earned, 0),
    verdict,
    tests,
    diagnosis: await diagnose(exercise.wrongAnswers, calls, failing),
    changedInput: calls.flat().some((call) => call.changedInput),
    seed,
  };
}
