import { Network } from "../network";
import { random } from "../tensor";
import { asking, type Boundary, inProcess, type Outcome } from "./boundary";
import { commonMistakes } from "./commonMistakes";
import { countValues, sameData } from "./data";
import type { Answer, Data, Exercise, ExerciseTest, TestContext, WrongAnswer } from "./Exercise";
import { type Observed, observe, parameterNames } from "./observations";

type Input = readonly Data[];
/** The input of a call, the right answer, and what the learner's function made of it. */
interface AnsweredCall {
  input: Input;
  right: Outcome;
  outcome: Outcome;
}

/**
 * More values than all tests of an exercise ask for. To hold so many against every known mistake would take minutes,
 * and who returns a million values for nine has made a mistake that has no name.
 */
const MOST_VALUES = 2_000_000;

/** In milliseconds, for one call: an answer that the tests have waited for comes at once. */
const LONGEST_WAIT = 10_000;

const NOTHING = "Your function returns nothing. Is there a `return` before its result?";

/**
 * Names the mistake in an answer by its behaviour: an answer that gives the very same results on the very same
 * inputs made the same mistake, however it is written.
 *
 * A test stops at its first wrong result, which many mistakes share (0 where 1 was expected, say), so the answer
 * is called once more, for every input of every test. A mistake is named as a fact only where it gives what the
 * answer gives on all of them. Where it does so on all inputs of the tests that fail, on several, and would
 * pass the tests that pass, it is put as a question. In any other case no mistake is named, for a false name is
 * worse than none: what is said then, if anything, is what the wrong results have in common.
 *
 * @param failing whether each test failed
 * @param apart where tests let the library work on what came back
 */
export async function diagnose<F extends Answer>(
  exercise: Exercise<F>,
  boundary: Boundary,
  failing: readonly boolean[],
  seed: number,
  apart: TestContext["apart"],
): Promise<string | undefined> {
  if (!failing.includes(true)) return undefined;
  const answeredByTest: AnsweredCall[][] = [];
  for (const [index, test] of exercise.tests.entries()) {
    const answered = await answersTo(
      await callsOf(test, exercise.solution, contextOf(seed, index, apart)),
      boundary,
    );
    if (!answered) return undefined;
    answeredByTest.push(answered);
  }
  const outcomes = answeredByTest.flat().map(({ outcome }) => outcome);
  if (outcomes.length > 0 && outcomes.every(isNothing)) return NOTHING;
  if (areMany(outcomes)) return undefined;
  const known = [...exercise.wrongAnswers, ...commonMistakes(exercise)];
  for (const wrong of known)
    if ((await agreement(wrong, answeredByTest.flat())) === "on all") return wrong.says;
  const decisive = answeredByTest.filter((_, index) => failing[index]).flat();
  if (showsSeveral(decisive))
    for (const wrong of known)
      if (await mayBe(wrong, exercise, decisive, failing, (i) => contextOf(seed, i, apart)))
        return `Could it be this? ${wrong.says}`;
  return commonToDifferences(exercise, answeredByTest, failing);
}

/** What no mistake explains, but what is seen: in what kind of call, or in which part of a result, it differs from ours. */
function commonToDifferences<F extends Answer>(
  { manyAnswers, starter, entry }: Exercise<F>,
  answeredByTest: readonly AnsweredCall[][],
  failing: readonly boolean[],
): string | undefined {
  const observed = answeredByTest.map((calls) => calls.map(observedIn));
  // Who differs from ours in a test that passes has another right answer: then a difference is no fault.
  const isOurs = observed.every((calls, k) => failing[k] || calls.every(({ agrees }) => agrees));
  const calls = observed.flat();
  if (manyAnswers || !isOurs || calls.some(({ right }) => right instanceof Network))
    return undefined;
  // What throws is explained by its error.
  const showsValue = answeredByTest
    .flat()
    .some(({ right, outcome }) => "value" in outcome && !sameValue(right, outcome));
  return showsValue ? observe(calls, parameterNames(starter, entry)) : undefined;
}

function observedIn({ input, right, outcome }: AnsweredCall): Observed {
  return {
    input,
    right: "value" in right ? right.value : undefined,
    value: "value" in outcome ? outcome.value : undefined,
    agrees: sameValue(right, outcome) || sameError(right, outcome),
  };
}

/** What a test was given: the same draws once more. */
function contextOf(seed: number, index: number, apart: TestContext["apart"]): TestContext {
  return { random: random(seed + index), seed, apart };
}

/**
 * Every input that a test asks about, and our answer, for which the test does not stop before its end.
 *
 * @throws Error when the solution does not pass: then nobody's answer can be judged by this test
 */
async function callsOf<F extends Answer>(
  test: ExerciseTest<F>,
  solution: F,
  context: TestContext,
): Promise<Omit<AnsweredCall, "outcome">[]> {
  const calls: Omit<AnsweredCall, "outcome">[] = [];
  const recorded = asking<F>(inProcess(solution), (input, { outcome }) => {
    calls.push({ input: [...input], right: outcome });
  });
  try {
    await test.run(recorded, context);
  } catch (error) {
    const { message } = error as Error;
    const { seed } = context;
    throw new Error(`Our own solution does not pass "${test.title}" with seed ${seed}: ${message}`);
  }
  return calls;
}

/** Undefined when a call was stopped: it might never come back the next time. */
async function answersTo(
  calls: readonly Omit<AnsweredCall, "outcome">[],
  boundary: Boundary,
): Promise<AnsweredCall[] | undefined> {
  const answered: AnsweredCall[] = [];
  for (const call of calls) {
    const answer = await soon(boundary.call(call.input));
    if (!answer || "stopped" in answer.outcome) return undefined;
    const { outcome } = answer;
    answered.push({ ...call, outcome });
  }
  return answered;
}

/** Undefined where it does not come in time: a promise that nobody keeps has no other end. */
async function soon<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), LONGEST_WAIT);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** How far a known mistake gives what the answer gives: an answer that threw may hide the very same mistake. */
async function agreement<F extends Answer>(
  { answer }: WrongAnswer<F>,
  calls: readonly AnsweredCall[],
): Promise<"on all" | "but where it throws" | "no"> {
  const wrong = inProcess(answer);
  let isEverywhere = true;
  let shows = false; // somewhere the answer differs from ours: a call that both get right proves nothing
  for (const { input, right, outcome } of calls) {
    const { outcome: known } = await wrong.call(input);
    if ("error" in outcome) {
      if (!sameError(known, outcome)) isEverywhere = false;
      else shows ||= !sameError(right, outcome);
      continue;
    }
    // A mistake that does not apply to this kind of answer gives undefined, and so does who forgot `return`.
    if (isNothing(known) || !sameValue(known, outcome)) return "no";
    shows ||= !sameValue(right, outcome);
  }
  if (!shows) return "no";
  return isEverywhere ? "on all" : "but where it throws";
}

async function mayBe<F extends Answer>(
  wrong: WrongAnswer<F>,
  exercise: Exercise<F>,
  decisive: readonly AnsweredCall[],
  failing: readonly boolean[],
  contextAt: (index: number) => TestContext,
): Promise<boolean> {
  if ((await agreement(wrong, decisive)) === "no") return false;
  for (const [index, test] of exercise.tests.entries()) {
    if (!failing[index] && !(await passes(test, wrong.answer, contextAt(index)))) return false;
  }
  return true;
}

/** Whether the answer is wrong in at least two ways: one number alone is no evidence. */
function showsSeveral(calls: readonly AnsweredCall[]): boolean {
  const wrong = calls.filter(
    ({ right, outcome }) => "value" in outcome && !sameValue(right, outcome),
  );
  return wrong.some(({ outcome }) => !sameValue(wrong[0].outcome, outcome));
}

async function passes<F extends Answer>(
  test: ExerciseTest<F>,
  answer: F,
  context: TestContext,
): Promise<boolean> {
  try {
    await test.run(
      asking<F>(inProcess(answer), () => {}),
      context,
    );
    return true;
  } catch {
    return false;
  }
}

function areMany(outcomes: readonly Outcome[]): boolean {
  let left = MOST_VALUES;
  for (const outcome of outcomes)
    if ("value" in outcome) left -= countValues(outcome.value, Math.max(0, left));
  return left < 0;
}

function isNothing(outcome: Outcome): boolean {
  return "value" in outcome && outcome.value === undefined;
}

function sameValue(a: Outcome, b: Outcome): boolean {
  return "value" in a && "value" in b && sameData(a.value, b.value);
}

function sameError(a: Outcome, b: Outcome): boolean {
  return "error" in a && "error" in b && messageOf(a.error) === messageOf(b.error);
}

/** Without the name that the network was given, which the error of a layer begins with: `mine/concat1: layers.concat(): …` */
function messageOf({ name, message }: { name: string; message: string }): string {
  return name === "NetworkError" ? message.slice(message.indexOf("/")) : message;
}
